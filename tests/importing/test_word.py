"""What only Word documents have: cells, merged rows, headings by style, tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.table import Table

from workbook_tools.importing.entries import Entries
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard import load_standard


@pytest.fixture
def document() -> WordDocument:
    return docx.Document()


def table(document: WordDocument, rows: Sequence[Sequence[str]]) -> Table:
    """A table with these texts."""
    made: Table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return made


def entries(document: WordDocument, folder: Path) -> Entries:
    document.save(str(folder / "报告.docx"))
    return read_entries(read_document(folder / "报告.docx"), load_standard())


def listed(found: Entries) -> list[tuple[str, str]]:
    return [(one.place, one.words) for one in found.not_placed]


def test_labels_and_values_in_cells(document: WordDocument, tmp_path: Path) -> None:
    rows = [
        ["单位\n名称", "示例县\n档案馆", "主管部门", ""],
        ["填报人", "", "内设机构", "三个股室"],
        ["评价结果", "良", "联系电话", "0000-1"],
    ]
    table(document, rows)
    found = entries(document, tmp_path)
    assert found.values == {"unit_name": "示例县档案馆", "claimed_grade": "良", "phone": "0000-1"}
    assert listed(found) == [("表 1 第 2 行第 3 列", "内设机构")]
    assert found.sources["phone"].place == "表 1 第 3 行第 4 列"


def test_a_section_ends_with_its_row(document: WordDocument, tmp_path: Path) -> None:
    rows = [
        ["存在的问题", "库房老旧。\n人手不足。"],
        ["有关建议", "增加编制。"],
        ["改进措施", "先修库房。"],
        ["", "再补人手。"],
        ["其他需要说明的问题", ""],
        ["没有。", ""],
    ]
    made = table(document, rows)
    made.cell(2, 0).merge(made.cell(3, 0))
    document.add_paragraph("此致。")
    found = entries(document, tmp_path)
    assert found.values == {
        "narrative_problems": "库房老旧。\n人手不足。",
        "narrative_improvements": "先修库房。\n再补人手。",
        "narrative_other": "没有。",
    }
    assert [words for _, words in listed(found)] == ["有关建议", "此致。"]


def test_sections_inside_a_cell_end_with_it(document: WordDocument, tmp_path: Path) -> None:
    inside = "（一）整体支出管理情况\n先预算后开支。\n（二）整体支出使用情况\n按规定使用。"
    table(document, [["管理和使用", inside], ["有关建议", "增加编制。"]])
    found = entries(document, tmp_path)
    assert found.values == {
        "narrative_management": "先预算后开支。",
        "narrative_usage": "按规定使用。",
    }


def test_a_heading_by_style_ends_a_section(document: WordDocument, tmp_path: Path) -> None:
    document.add_heading("改进措施", 1)
    document.add_heading("近期", 2)
    document.add_paragraph("先修库房。")
    document.add_heading("有关建议", 1)
    document.add_paragraph("增加编制。")
    found = entries(document, tmp_path)
    assert found.values == {"narrative_improvements": "近期\n先修库房。"}
    assert listed(found) == [("第 4 段", "有关建议")]


def test_a_table_inside_a_section_stays_in_it(document: WordDocument, tmp_path: Path) -> None:
    document.add_paragraph("整体支出使用情况")
    document.add_paragraph("各项支出如下：")
    table(document, [["项目", "金额"], ["培训", "3万元"]])
    document.add_paragraph("都按规定使用。")
    text = "各项支出如下：\n项目　金额\n培训　3万元\n都按规定使用。"
    assert entries(document, tmp_path).values == {"narrative_usage": text}


def test_a_score_table_goes_on_in_the_next_table(document: WordDocument, tmp_path: Path) -> None:
    header = ["二级指标", "三级指标", "分值", "自评得分"]
    table(document, [header, ["预算管理", "管理制度健全性", "2", "1.5"]])
    table(document, [["资产管理", "管理制度健全性（2分）", "2", "1"], ["", "", "", ""]])
    table(document, [["说明", "预算完成率", "4", "3"]])
    found = entries(document, tmp_path)
    assert found.values == {"self_budget_rules": Fraction(3, 2), "self_asset_rules": 1}
    assert [words for _, words in listed(found)] == ["预算完成率"]


@pytest.mark.parametrize(
    ("score", "words"),
    [("约3分", "预算完成率 … 约3分"), ("3、4", "预算完成率 … 3、4"), ("①", "预算完成率 … ①")],
)
def test_a_score_that_is_no_number(
    score: str, words: str, document: WordDocument, tmp_path: Path
) -> None:
    header = ["三级指标", "分值", "自评得分", "扣分原因", "佐证材料"]
    table(document, [header, ["预算完成率", "4", score, "结余", "决算"]])
    found = entries(document, tmp_path)
    assert found.values == {
        "reason_budget_completion": "结余",
        "evidence_budget_completion": "决算",
    }
    assert listed(found) == [("表 1 第 2 行第 3 列", words)]


def test_header_without_a_column_of_self_scores(document: WordDocument, tmp_path: Path) -> None:
    """The two columns of scores cannot be told apart: nothing is read of the table."""
    table(document, [["三级指标", "分值", "得分", "自评得分"], ["预算完成率", "4", "3", "4"]])
    document.add_paragraph("评价结果：优")
    found = entries(document, tmp_path)
    assert found.values == {"claimed_grade": "优"}
    assert listed(found)
