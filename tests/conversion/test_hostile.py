"""Documents that would burst, spy or hide: refused before LibreOffice sees them, or read bare."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

import workbook_tools as wt
from tests import lo
from tests.conversion.test_guard import compound, stand_in
from workbook_tools.conversion.libreoffice import ELSEWHERE
from workbook_tools.importing.opening import read_document

REGISTRY = "http://openoffice.org/2001/registry"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = (
    f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0" '
    f'xmlns:draw="{OFFICE}:drawing:1.0" xmlns:svg="{OFFICE}:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
    "<office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def package(content: str | bytes, *, kind: str = "text", more: Mapping[str, bytes] = {}) -> bytes:
    """An OpenDocument file; its type stands first and unpacked, as the format has it."""
    mime = f"application/vnd.oasis.opendocument.{kind}"
    listed = (
        f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
            for name in ("content.xml", *more)
        )
        + "</manifest:manifest>"
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime, zipfile.ZIP_STORED)
        for name, data in {
            "content.xml": content, "META-INF/manifest.xml": listed, **more
        }.items():  # fmt: skip
            archive.writestr(name, data)
    return whole.getvalue()


def entities() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE d [<!ENTITY e0 "零">{levels}]>'
    return package(head + TEXT.format("<text:p>&e11;</text:p>"))


def sealed() -> bytes:
    encrypted = (
        b'<manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></manifest>'
    )
    return package(b"\x93" * 400, more={"META-INF/manifest.xml": encrypted})


REPORTS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: package(TEXT.format(" " * 90_000_000)), "倍|上限"),
    "many small bombs": (
        lambda: package(TEXT, more={f"{n}.bin": bytes(90_000_000) for n in range(3)}),
        "上限",
    ),
    "entities": (entities, "DTD"),
    "a password": (sealed, "设有打开密码"),
}


@pytest.mark.parametrize("kind", REPORTS)
def test_packages_end_before_libreoffice(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    monkeypatch.setenv(ELSEWHERE, str(stand_in(tmp_path, f"touch {started}")))
    make, words = REPORTS[kind]
    source = tmp_path / "报告.odt"
    source.write_bytes(make())
    with pytest.raises(wt.ReportError, match=words):
        wt.import_report(source, tmp_path / "自评.xlsx")
    assert not started.exists()


def test_a_workbook_of_the_kind_is_refused_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ELSEWHERE, str(stand_in(tmp_path, "exit 0")))
    source = tmp_path / "自评.ods"
    source.write_bytes(package(TEXT.format(" " * 90_000_000), kind="spreadsheet"))
    [finding] = wt.assess(source).findings
    assert (finding.code, finding.severity) == ("WB111", "error")
    assert "倍" in finding.message or "上限" in finding.message


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What a server at this machine was asked for; its address comes first."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        paths.append(f"http://127.0.0.1:{server.server_port}")
        yield paths
        server.shutdown()


@pytest.mark.libreoffice
@lo.requires_libreoffice
def test_links_are_not_followed(asked: list[str], tmp_path: Path) -> None:
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    body = (
        f'<text:section text:name="s"><text:section-source xlink:href="{asked[0]}/section.odt" '
        f"{link}/><text:p>单位名称：示例县档案馆</text:p></text:section><text:p>"
        '<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
        f'<draw:image xlink:href="{asked[0]}/picture.png" {link}/></draw:frame></text:p>'
    )
    source = tmp_path / "报告.odt"
    source.write_bytes(package(TEXT.format(body)))
    document = read_document(source)
    assert [piece.text for piece in document.pieces] == ["单位名称：示例县档案馆"]
    assert len(asked) == 1


def test_macros_and_links_are_off_from_the_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a conversion begins with, as LibreOffice finds it."""
    kept = tmp_path / "kept"
    copy = f'cp "${{1#-env:UserInstallation=file://}}/user/registrymodifications.xcu" {kept}'
    monkeypatch.setenv(ELSEWHERE, str(stand_in(tmp_path, copy)))
    source = tmp_path / "报告.odt"
    source.write_bytes(package(TEXT.format("<text:p>单位名称：示例县档案馆</text:p>")))
    with pytest.raises(wt.ReportError, match="自动转换没有成功"):
        wt.import_report(source, tmp_path / "自评.xlsx")
    settings = {
        item.get(f"{{{REGISTRY}}}path", "").rpartition(".")[2] + "/" + name: prop.findtext("value")
        for item in etree.parse(str(kept)).getroot()
        for prop in item
        if (name := prop.get(f"{{{REGISTRY}}}name"))
    }
    assert settings["Common/Security/Scripting/DisableMacrosExecution"] == "true"
    assert settings["Common/Security/Scripting/DisableActiveContent"] == "true"
    assert settings["Writer/Content/Update/Link"] == settings["Calc/Content/Update/Link"] == "2"


@pytest.mark.slow
@pytest.mark.libreoffice
@lo.requires_libreoffice
def test_brackets_in_brackets_end(tmp_path: Path) -> None:
    source = tmp_path / "报告.rtf"
    source.write_bytes(rb"{\rtf1 " + b"{" * 2_000_000)
    with pytest.raises(wt.ReportError):
        wt.import_report(source, tmp_path / "自评.xlsx")


@pytest.mark.libreoffice
@lo.requires_libreoffice
def test_objects_inside_a_report_are_not_read(tmp_path: Path) -> None:
    source = tmp_path / "报告.rtf"
    source.write_bytes(
        rb"{\rtf1\ansi\ansicpg936 Before {\object\objemb{\*\objclass Package}"
        rb"{\*\objdata " + compound("Workbook").hex().encode() + rb"}{\result Shown}}"
        rb"{\field{\*\fldinst DDEAUTO cmd /c calc}{\fldrslt Old}} after.\par}"
    )
    [piece] = read_document(source).pieces
    assert piece.text.startswith("Before")
    assert piece.text.endswith("after.")


@pytest.mark.libreoffice
@lo.requires_libreoffice
@pytest.mark.parametrize(("name", "stream"), [("报告.doc", "WordDocument")])
def test_garbage_of_the_right_kind(name: str, stream: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(compound(stream))
    with pytest.raises(wt.ReportError, match="自动转换没有成功"):
        wt.import_report(source, tmp_path / "自评.xlsx")
