"""What is said about findings that no note can show."""

from __future__ import annotations

from pathlib import Path

from tests.cli.broken import without_staff_quota
from tests.cli.shell import SAMPLES
from tests.ooxml.write_books import rewrite
from workbook_tools.assessment import assess
from workbook_tools.excel import checked, cleared

SAMPLE = SAMPLES / "agriculture-2020.xlsx"
RELATED = "xl/worksheets/_rels/sheet8.xml.rels"
THREAD = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId7" Type="http://schemas.microsoft.com/office/2017/10/relationships/\
threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>"""
COMMENTS = b"""<ThreadedComments \
xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
<threadedComment ref="E14" id="{1}"><text>?</text></threadedComment></ThreadedComments>"""


def test_a_finding_without_a_cell_is_said(tmp_path: Path) -> None:
    path = tmp_path / "缺.xlsx"
    without_staff_quota(path)
    finding = next(one for one in assess(path).findings if not one.cell)
    answer = checked(path)
    assert "没有对应单元格的问题：" in answer.message.splitlines()
    assert f"● {finding.code} {finding.message}" in answer.message.splitlines()
    assert answer.bad


def test_a_conversation_in_the_cell_is_left_and_said(tmp_path: Path) -> None:
    def threaded(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert RELATED not in parts
        return parts | {RELATED: THREAD, "xl/threadedComments/threadedComment1.xml": COMMENTS}

    path = tmp_path / SAMPLE.name
    path.write_bytes(SAMPLE.read_bytes())
    rewrite(path, threaded)
    answer = checked(path)
    told = "计分表!E14 没有写批注：该单元格有会话式批注，程序不改动。"
    assert told in answer.message.splitlines()
    assert ("计分表", "E14") not in {(one.sheet, one.ref) for one in answer.changes}
    assert cleared(path).changes == ()


def test_changes_come_sheet_by_sheet_and_row_by_row() -> None:
    places = [(one.sheet, one.ref) for one in checked(SAMPLE).changes]
    assert len(places) > 3
    assert [sheet for sheet, _ in places] == sorted(
        (sheet for sheet, _ in places), key=["基本信息", "预算执行", "人员资产", "计分表"].index
    )
    rows = [int(ref[1:]) for sheet, ref in places if sheet == "计分表"]
    assert rows == sorted(rows)
