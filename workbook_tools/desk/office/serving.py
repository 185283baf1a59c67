"""A bureau's desk started on the network, and ended by Ctrl-C."""

from __future__ import annotations

import secrets
import signal
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn

from workbook_tools.desk.guard import OWN_NAMES
from workbook_tools.desk.office.application import application
from workbook_tools.desk.office.hall import Hall
from workbook_tools.desk.opening import open_page
from workbook_tools.desk.refusals import DeskRefused

_ANYWHERE = "10.255.255.254"
_USUAL = {"http": 80, "https": 443}
_GOODBYE = 10  # seconds for requests under way


def serve(
    say: Callable[[str], None],
    data: Path,
    *,
    port: int,
    browser: bool = True,
    names: Sequence[str] = (),
    certificate: Path | None = None,
    certificate_key: Path | None = None,
) -> None:
    """Serve the departments of a bureau until somebody ends it.

    ``data``: the folder in which everything is kept. ``browser``: open the bureau's page.
    ``names``: further names and addresses by which departments call this machine.
    ``certificate`` and its key: PEM files for TLS.
    Raises DeskRefused, also where the certificate will not do, and OSError where the port is taken
    or the folder cannot be written.
    """
    if certificate is not None:
        _check(certificate, certificate_key)
    called = list(dict.fromkeys([*names, *_own_addresses()]))
    scheme = "https" if certificate else "http"
    hall = Hall(data)
    try:
        with socket.create_server(("", port)) as listening:
            port = listening.getsockname()[1]
            key = secrets.token_urlsafe(24)
            hosts = [f"{name}:{port}" for name in (*OWN_NAMES, *called)]
            if port == _USUAL[scheme]:  # which browsers leave out
                hosts += [*OWN_NAMES, *called]
            app = application(hall, key=key, addresses=hosts, secure=certificate is not None)
            address = f"{scheme}://127.0.0.1:{port}/bureau?key={key}"
            say(f"财政局的页面（只能在本机打开）：{address}")
            for name in called:
                say(f"单位打开的地址：{scheme}://{name}:{port}/")
            if not called:
                say("没有认出本机在内网的地址，请用 --name 写明单位打开它用的地址。")
            if certificate is None:
                say("没有用证书加密，同一网络里的人有可能看到传送的内容。")
            say("按 Ctrl-C 结束。")
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
            if browser:
                open_page(address)
            uvicorn.Server(
                uvicorn.Config(
                    app,
                    log_level="error",
                    access_log=False,  # the key stands in an address
                    server_header=False,
                    proxy_headers=False,  # whoever asks is who the connection says
                    ssl_certfile=certificate,
                    ssl_keyfile=certificate_key,
                    timeout_graceful_shutdown=_GOODBYE,
                )
            ).run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn raises it again when it has ended
        pass
    finally:
        hall.close()
    say("收件台已经结束，收到的都保存在数据文件夹里。")


def _check(certificate: Path, key: Path | None) -> None:
    try:
        # an empty password: nobody is asked for one in the middle of the start
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, "")
    except (ssl.SSLError, ValueError) as error:
        raise DeskRefused(
            "证书或私钥不能用：要是 PEM 格式，私钥要与证书配套、不设密码。"
            "私钥不在证书文件里的，请用 --certificate-key 写明。"
        ) from error


def _own_addresses() -> list[str]:
    """The addresses of this machine in its network, as far as the system knows them."""
    found: list[str] = []
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        outward.connect((_ANYWHERE, 9))  # sends nothing; the system says by which way it would
        found.append(outward.getsockname()[0])
    return [one for one in dict.fromkeys(found) if not one.startswith("127.")]
