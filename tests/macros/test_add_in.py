"""The committed add-in: made from the sources, whole, and nothing else in it."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped] # it ships no types
from pyopenvba import ExcelFile, VBAModuleKind  # type: ignore[import-untyped] # no types either
from pyopenvba.cfb import CFB  # type: ignore[import-untyped] # no types either
from vbalidator import precheck  # type: ignore[import-untyped] # no types either

from macros.build import ADD_IN, HERE, build, sources, texts
from tests.ooxml.invariants import violations
from workbook_tools.annotation.notes import MARKER

RIBBON = "{http://schemas.microsoft.com/office/2006/01/customui}"
BUTTONS = {
    "校验本表": "WbtOnCheck",
    "查看问题": "WbtOnNext",
    "清除批注": "WbtOnClear",
    "汇总文件夹": "WbtOnConsolidate",
}
DOCUMENTS = {"ThisWorkbook", "Sheet1"}
ONLY_EXCEL = re.compile(
    r"CreateObject|Shell|MsgBox|InputBox|FileDialog|GetSaveAsFilename|StatusBar|\.Cursor|Declare|"
    r"Environ",
    re.IGNORECASE,
)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def extracted(path: Path) -> dict[str, str]:
    with warnings.catch_warnings(action="ignore"):  # it calls pyparsing by old names
        from oletools.olevba import (  # type: ignore[import-untyped] # it ships no types
            VBA_Parser,
        )
    parser = VBA_Parser(str(path))
    try:
        return {
            Path(file).stem: code.replace("\r\n", "\n")
            for _, _, file, code in parser.extract_macros()
        }
    finally:
        parser.close()


def code_of(module: str) -> str:
    """A module without its comments."""
    return re.sub(r"(?m)(^|\s)'.*$", "", sources()[module])


def test_a_build_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one.xlam")
    build(tmp_path / "two.xlam")
    assert (tmp_path / "one.xlam").read_bytes() == (tmp_path / "two.xlam").read_bytes()


def test_the_committed_add_in_is_a_fresh_build(tmp_path: Path) -> None:
    build(tmp_path / "fresh.xlam")
    fresh, committed = parts(tmp_path / "fresh.xlam"), parts(ADD_IN)
    assert list(fresh) == list(committed)
    assert fresh == committed


def test_olevba_extracts_exactly_the_sources() -> None:
    found = extracted(ADD_IN)
    assert {name: code for name, code in found.items() if name not in DOCUMENTS} == sources()
    for name in DOCUMENTS:
        lines = [line for line in found[name].splitlines() if not line.startswith("Attribute ")]
        assert lines == ["Option Explicit"]


def test_the_project_is_consistent_and_holds_nothing_compiled() -> None:
    with ExcelFile(ADD_IN) as book:
        project = book.vba_project()
        assert book.validate() == []
        assert set(project.module_names()) == DOCUMENTS | set(sources())
        for module in project.modules:
            kind = VBAModuleKind.other if module.name in DOCUMENTS else VBAModuleKind.standard
            assert module.kind is kind
            assert module.text_offset == 0  # no compiled code before the text


def test_the_project_says_that_it_has_no_cache_and_names_no_file_of_one_machine() -> None:
    storage = CFB.from_bytes(parts(ADD_IN)["xl/vbaProject.bin"])
    head = storage.get_stream_in_storage("VBA", "_VBA_PROJECT")
    assert head == bytes.fromhex("CC61FFFF000000")  # [MS-OVBA] 2.3.4.1
    with ExcelFile(ADD_IN) as book:
        assert [one.name for one in book.vba_project().references] == ["stdole"]


def test_the_code_would_compile(tmp_path: Path) -> None:
    verdict = precheck(str(HERE / "src"), host="excel")
    assert verdict.errors == []
    (tmp_path / "wrong.bas").write_text(
        sources()["WbtText"].replace("TextOf(key)", "NotThere(key)"), encoding="ascii"
    )
    assert precheck(str(tmp_path / "wrong.bas"), host="excel").errors != []


def test_package_is_whole() -> None:
    assert violations(ADD_IN) == []
    assert [one.description for one in OpenXmlValidator().validate(ADD_IN).errors] == []


def test_it_is_an_add_in_with_a_ribbon() -> None:
    content = parts(ADD_IN)
    types = etree.fromstring(content["[Content_Types].xml"])
    named = {one.get("PartName"): one.get("ContentType") for one in types}
    assert named["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    related = {
        one.get("Type", "").rpartition("/")[2]: one.get("Target")
        for one in etree.fromstring(content["_rels/.rels"])
    }
    assert related["extensibility"] == "customUI/customUI.xml"
    ribbon = etree.fromstring(content["customUI/customUI.xml"])
    assert ribbon.tag == f"{RIBBON}customUI"
    assert [tab.get("label") for tab in ribbon.iter(f"{RIBBON}tab")] == ["绩效校验"]
    buttons = {one.get("label"): one.get("onAction") for one in ribbon.iter(f"{RIBBON}button")}
    assert buttons == BUTTONS


def test_code_names_match_the_document_modules() -> None:
    content = parts(ADD_IN)
    book = etree.fromstring(content["xl/workbook.xml"])
    sheet = etree.fromstring(content["xl/worksheets/sheet1.xml"])
    names = {
        found.get("codeName")
        for found in (book.find("{*}workbookPr"), sheet.find("{*}sheetPr"))
        if found is not None
    }
    assert names == DOCUMENTS


def test_every_button_has_its_macro() -> None:
    declared = re.findall(
        r"(?m)^Public Sub (\w+)\(ByVal control As Object\)$", code_of("WbtRibbon")
    )
    assert sorted(declared) == sorted(BUTTONS.values())


def test_chinese_stands_in_the_worksheet_only(tmp_path: Path) -> None:
    for path in (HERE / "src").iterdir():
        assert path.read_bytes().isascii(), path.name
        assert path.read_text().startswith(f'Attribute VB_Name = "{path.stem}"\nOption Explicit\n')
    build(tmp_path / "twin.xlsm")  # openpyxl reads no add-in
    sheet = openpyxl.load_workbook(tmp_path / "twin.xlsm").worksheets[0]
    rows = {key: text for key, text, *_ in sheet.iter_rows(values_only=True)}
    assert rows == texts()
    assert rows["marker"] == MARKER


def test_texts_are_used_and_there() -> None:
    code = "\n".join(map(code_of, sources()))
    assert set(re.findall(r'(?:TextOf|Filled|Remark)\("(\w+)"', code)) == set(texts())
    for key in re.findall(r'(?:Filled|Remark)\("(\w+)"', code):
        assert "{}" in texts()[key]


@pytest.mark.parametrize("module", sorted(set(sources()) - {"WbtHost"}))
def test_what_needs_windows_is_in_one_module(module: str) -> None:
    assert ONLY_EXCEL.findall(code_of(module)) == []
    assert ONLY_EXCEL.findall(code_of("WbtHost")) != []
