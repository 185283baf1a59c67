"""Whatever scores a report gives come back, and whatever a text says, nothing is made up."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importing.builder import Report, lakeside, water_bureau, write
from workbook_tools.figures import plain
from workbook_tools.importing.document import Document, Piece
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard import Standard, load_standard

STANDARDS = {report.standard.id: report.standard for report in (water_bureau(), lakeside())}
REASONS = ("", "资料不全", "按比例扣减，扣0.3分")


@st.composite
def reports(draw: st.DrawFn, standard: Standard) -> Report:
    """A report on a standard that gives some of the indicators scores, and some of them reasons."""
    scores, reasons = {}, {}
    for indicator in standard.indicators:
        score = draw(st.none() | st.integers(0, int(indicator.weight * 100)))
        if score is not None:
            scores[indicator.id] = Fraction(score, 100)
            reasons[indicator.id] = draw(st.sampled_from(REASONS))
    told = {one: words for one, words in reasons.items() if words}
    return Report(standard, scores, told, {"单位名称": "示例县某局"})


def come_back(layout: str, standard: Standard, path: Path, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(reports(standard))
    def round_trip(report: Report) -> None:
        values = read_entries(read_document(write(report, path, layout)), standard).values
        scores = {field: value for field, value in values.items() if field.startswith("self_")}
        reasons = {field: value for field, value in values.items() if field.startswith("reason_")}
        assert scores == {f"self_{one}": score for one, score in report.scores.items()}
        assert reasons == {f"reason_{one}": words for one, words in report.reasons.items()}
        assert values["claimed_total"] == report.total

    round_trip()


@pytest.mark.parametrize("layout", ["lines.txt", "tabs.txt"])
@pytest.mark.parametrize("name", STANDARDS)
def test_scores_come_back(layout: str, name: str, tmp_path: Path) -> None:
    come_back(layout, STANDARDS[name], tmp_path / f"报告.{layout}", 20)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["lines.docx", "table.docx", "merged.docx"])
@pytest.mark.parametrize("name", STANDARDS)
def test_scores_come_back_from_word(layout: str, name: str, tmp_path: Path) -> None:
    come_back(layout, STANDARDS[name], tmp_path / f"报告.{layout}", 25)


WORDS = st.sampled_from(
    [
        "单位名称",
        "单位名称：示例县某局",
        "评价结果",
        "优",
        "一、",
        "（1）",
        "2020年度绩效报告",
        "存在的问题",
        "改进措施：建库。",
        "三级指标",
        "分值",
        "自评得分",
        "扣分原因",
        "合计",
        "5",
        "4.5",
        "预算管理（5分）",
        "管理制度健全性（2分）",
        "在职人员",
        "控制率（5分）",
        "预算完成率",
        "某某率（3分）",
        "本年支出合计12.5万元，其中：基本支出5万元",
        "公用经费3.2万元。",
        "上年",
        "，",
        "2",
        "100",
    ]
)
PIECES = st.builds(
    Piece,
    text=WORDS | st.text(min_size=1).filter(str.strip),
    place=st.just("第 1 行"),
    gap=st.booleans(),
    indented=st.booleans(),
    is_line=st.booleans(),
    row=st.integers(0, 3),
    cell=st.integers(0, 3),
    table=st.integers(0, 1),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_nothing_is_made_up(pieces: list[Piece]) -> None:
    """Any text at all is read without a failure, and each number filled in stands in the text."""
    entries = read_entries(Document("报告.txt", tuple(pieces)), load_standard())
    text = unicodedata.normalize("NFKC", "".join(piece.text for piece in pieces))
    for field, value in entries.values.items():
        assert entries.sources[field].words
        if isinstance(value, Fraction):
            assert plain(value) in text, field


def test_a_document_of_any_kind_of_table(tmp_path: Path) -> None:
    """Rows of different lengths, cells that span more than there are, tables in tables."""
    from tests.importing.test_refusals import body, package

    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{cells}</w:tr>"
        for cells in (
            cell.format('<w:vMerge/><w:gridSpan w:val="99999999"/>', "单位名称"),
            cell.format('<w:gridSpan w:val="-1"/>', "三级指标") + cell.format("", "自评得分"),
            cell.format("<w:vMerge/>", "预算完成率") + cell.format("", "3"),
            cell.format("", "预算完成率"),
            "",
            "<w:tc/>",
        )
    )
    table = f"<w:tbl>{rows}</w:tbl>"
    inside = f"<w:tbl><w:tr><w:tc>{table}<w:p/></w:tc></w:tr></w:tbl>"
    source = tmp_path / "报告.docx"
    source.write_bytes(package(body(table + inside)))
    entries = read_entries(read_document(source), load_standard())
    assert all(field.startswith("self_") for field in entries.values)
