"""A bureau's desk with a certificate: what travels is sealed, and nothing goes without it."""

from __future__ import annotations

import datetime
import re
import ssl
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.cli.shell import run
from tests.desk.running import Desk, desk

pytestmark = [pytest.mark.slow, pytest.mark.covers]

PORT = "18486"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "desk.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, secret


def serving(folder: Path) -> tuple[Path, list[str]]:
    """The certificate of a desk to start, and the options that start it."""
    chain, secret = certificate(folder)
    data = str(folder / "data")
    options = ["--certificate", str(chain), "--certificate-key", str(secret)]
    return chain, ["--serve", data, "--port", PORT, *options]


def test_everything_goes_by_tls_and_the_cookie_only_there(tmp_path: Path) -> None:
    chain, options = serving(tmp_path)
    with desk(tmp_path, *options) as running:
        base = f"https://127.0.0.1:{PORT}"
        trusted = ssl.create_default_context(cafile=str(chain))
        key = address(running)
        with httpx.Client(base_url=base, verify=trusted, headers={"Origin": base}) as client:
            answer = client.get(key)
            assert answer.status_code == 303
            assert "secure" in answer.headers["set-cookie"].lower()
            assert client.get("/bureau").status_code == 200
            assert "没有加密" not in client.get("/").text
            assert client.post("/bureau/backup").status_code != 403
            http = {"Origin": base.replace("https", "http")}
            assert client.post("/bureau/backup", headers=http).status_code == 403
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{PORT}/")
        code, said, _ = running.end()
    assert code == 0
    assert "没有用证书加密" not in said


def address(running: Desk) -> str:
    """The bureau's address, as the desk told it; departments' are by TLS too."""
    found = re.search(r"https://127\.0\.0\.1:\d+(/bureau\?key=\S+)", running.first)
    assert found, running.first
    return found[1]


@pytest.mark.parametrize("wrong", ["no certificate", "another key"])
def test_a_certificate_that_will_not_do_is_told(tmp_path: Path, wrong: str) -> None:
    chain, options = serving(tmp_path)
    if wrong == "no certificate":
        chain.write_text("nothing", encoding="ascii")
    else:
        (tmp_path / "other").mkdir()
        _, other = certificate(tmp_path / "other")
        options[-1] = str(other)
    ran = run("desk", *options)
    assert ran.code == 2
    assert "证书" in ran.err
