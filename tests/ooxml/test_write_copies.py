"""Copies of real submissions, through the public functions and the command line."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import workbook_tools
from samples.places import places_of
from tests.ooxml.invariants import violations
from tests.ooxml.test_write_notes import Parts
from tests.ooxml.write_books import changed, contents, rewrite
from workbook_tools.annotation import Annotation
from workbook_tools.checks import Finding
from workbook_tools.cli import top_level
from workbook_tools.cli.samples import samples_folder
from workbook_tools.ooxml import open_workbook
from workbook_tools.standard.contract import RESULT_NOTICE
from workbook_tools.standard.severity import SEVERITY_ORDER

SAMPLES = sorted(samples_folder().glob("*.xlsx"))
AT = datetime.datetime(2021, 3, 5, 9, 30)
RESULTS = "校验结果"
TYPES = "[Content_Types].xml"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A submission with findings, the worst of them a wrong number at 预算执行!B5."""
    copied = tmp_path / "报送.xlsx"
    copied.write_bytes((samples_folder() / "agriculture-2020.xlsx").read_bytes())
    return copied


def annotated(source: Path, target: Path, findings: list[Finding] | None = None) -> Annotation:
    assessment = workbook_tools.assess(source)
    assert assessment.evaluation
    found = list(assessment.findings) if findings is None else findings
    return workbook_tools.annotate(source, target, found, assessment.evaluation, at=AT)


def validate(source: Path, folder: Path) -> Result:
    return CliRunner().invoke(top_level, ["validate", str(source), "-o", str(folder)])


def result_part(path: Path) -> str:
    """The part of the sheet 校验结果."""
    with open_workbook(path) as book:
        return book.sheet(RESULTS).part


def guide_part(path: Path) -> str:
    """The part of the sheet with the line that says what was found."""
    with open_workbook(path) as book:
        area = book.names[RESULT_NOTICE]
        assert area is not None
        return book.sheet(area.sheet).part


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_comes_back_byte_for_byte(path: Path, tmp_path: Path) -> None:
    first, second, again, back = (tmp_path / f"{name}.xlsx" for name in "abcd")
    annotated(path, first)
    assert violations(first) == []
    assert changed(path, first) <= {result_part(path), guide_part(path)}
    annotated(path, second)
    assert second.read_bytes() == first.read_bytes()
    annotated(first, again)
    assert again.read_bytes() == first.read_bytes(), "findings do not depend on our comments"
    workbook_tools.clean(first, back)
    assert contents(back) == contents(path)


def test_five_hundred_notes_a_sheet_the_worst_first(source: Path, tmp_path: Path) -> None:
    severities = sorted(SEVERITY_ORDER, key=lambda one: -SEVERITY_ORDER[one])
    findings = [
        Finding(
            code="XC999",
            name="made-up",
            severity=severities[number % 3],
            sheet="预算执行",
            cell=f"H{number + 100}",
            field="",
            expected="1",
            actual="2",
            message=f"第 {number} 条",
        )
        for number in range(900)
    ]
    target = tmp_path / "批注.xlsx"
    assert annotated(source, target, findings).noted == 500
    assert violations(target) == []
    book = openpyxl.load_workbook(target)
    texts = [c.comment.text for row in book["预算执行"].iter_rows() for c in row if c.comment]
    kinds = [next(word for word in ("错误", "警告", "提示") if word in text) for text in texts]
    assert {kind: kinds.count(kind) for kind in kinds} == {"错误": 300, "警告": 200}
    _, first, _ = places_of(book)["result_row"]
    listed = [book[RESULTS].cell(row, 6).value for row in range(first, first + 900)]
    assert set(listed) == {finding.message for finding in findings}, "all stand in 校验结果"
    workbook_tools.clean(target, tmp_path / "还原.xlsx")
    assert contents(tmp_path / "还原.xlsx") == contents(source)


def _signed(parts: Parts) -> Parts:
    relation = (
        b'<Relationship Id="rId66" Type="http://schemas.openxmlformats.org/package/2006/'
        b'relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    )
    sigs = (
        b'<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.'
        b'digital-signature-origin"/></Types>'
    )
    rels = parts["_rels/.rels"].replace(b"</Relationships>", relation + b"</Relationships>")
    types = parts[TYPES].replace(b"</Types>", sigs)
    return {**parts, "_rels/.rels": rels, TYPES: types, "_xmlsignatures/origin.sigs": b"signed"}


def test_a_signature_that_becomes_void_is_said(source: Path, tmp_path: Path) -> None:
    rewrite(source, _signed)
    result = validate(source, tmp_path / "out")
    assert "WB112" in CliRunner().invoke(top_level, ["validate", str(source), "--all"]).output
    assert result.exit_code == 1
    copy = contents(tmp_path / "out" / source.name)
    assert copy["_xmlsignatures/origin.sigs"] == b"signed"
    listed = openpyxl.load_workbook(tmp_path / "out" / source.name)[RESULTS]
    assert any("签名失效" in str(cell.value) for row in listed.iter_rows() for cell in row)


def test_a_conversation_is_left_alone_and_counted(source: Path, tmp_path: Path) -> None:
    with open_workbook(source) as opened:
        sheet = opened.sheet("预算执行").part
    rels = f"xl/worksheets/_rels/{Path(sheet).name}.rels"
    base = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = (
        '<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2017/10/'
        'relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
    )
    thread = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        b'threadedcomments"><threadedComment ref="B6" id="{1}"><text>?</text></threadedComment>'
        b"</ThreadedComments>"
    )

    def threaded(parts: Parts) -> Parts:
        empty = f'<Relationships xmlns="{base}"></Relationships>'.encode()
        listed = parts.get(rels, empty).replace(
            b"</Relationships>", f"{relation}</Relationships>".encode()
        )
        return {**parts, rels: listed, "xl/threadedComments/threadedComment1.xml": thread}

    rewrite(source, threaded)
    result = annotated(source, tmp_path / "copy.xlsx")
    assert [(sheet, cell) for sheet, cell, _ in result.not_noted] == [("预算执行", "B6")]
    assert contents(tmp_path / "copy.xlsx")["xl/threadedComments/threadedComment1.xml"] == thread
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    _, first, _ = places_of(book)["result_row"]
    rows = [[cell.value for cell in row] for row in book[RESULTS].iter_rows(min_row=first)]
    assert any(row[2] == "XC401" and row[4] == "B6" for row in rows)
    said = validate(source, tmp_path / "out")
    assert "预算执行!B6：没有写批注（该单元格有会话式批注，程序不改动）" in said.stderr


def test_without_its_reserved_cells_there_are_notes_only(source: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(source)
    _, row, column = places_of(book)["result_row"]
    book.close()
    part = result_part(source)
    start = f'<c r="{"ABCDEFGH"[column - 1]}{row}"'.encode()

    def cleared(parts: Parts) -> Parts:
        assert start in parts[part]
        before, _, after = parts[part].partition(start)
        return {**parts, part: before + after[after.index(b">") + 1 :]}

    rewrite(source, cleared)
    said = validate(source, tmp_path / "out")
    assert "没有可用的“校验结果”表" in said.stderr
    target = tmp_path / "out" / source.name
    assert changed(source, target) == {guide_part(source)}
    workbook_tools.clean(target, tmp_path / "还原.xlsx")
    assert contents(tmp_path / "还原.xlsx") == contents(source)


def _dtd_in(part: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        def declared(parts: Parts) -> Parts:
            head, _, rest = parts[part].partition(b"?>")
            return {**parts, part: head + b'?><!DOCTYPE x [<!ENTITY a "b">]>' + rest}

        rewrite(path, declared)

    return change


def _encrypted(path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + name + bytes(500))


def _twice(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Workbook.xml", b"<other/>")


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def _damaged(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/workbook.xml")
    at = info.header_offset + 60 + len(info.filename)
    whole[at : at + 20] = bytes(20)
    path.write_bytes(whole)


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "encrypted": (_encrypted, "密码"),
    "DTD in the workbook": (_dtd_in("xl/workbook.xml"), "DTD"),
    "DTD in a list of types": (_dtd_in(TYPES), "DTD"),
    "part twice": (_twice, "同名部件"),
    "cut off": (_cut_off, "没有传完"),
    "damaged": (_damaged, "损坏"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_refused_and_nothing_written(
    source: Path, tmp_path: Path, case: str
) -> None:
    spoil, reason = BAD[case]
    spoil(source)
    before = source.read_bytes()
    result = validate(source, tmp_path / "out")
    assert result.exit_code in (1, 2)
    assert reason in result.stdout + result.stderr
    assert not any((tmp_path / "out").rglob("*")), "nothing was written"
    assert source.read_bytes() == before
