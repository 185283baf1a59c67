"""Tables without rules in a PDF: what is read of each, and what is listed (columns.yaml)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.importing import pdf
from workbook_tools.importing.document import Document, ReportError
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.parts import parts_of

CASES = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8"))
UNIT = "示例县水利局（虚构）"


def drawn(case: dict[str, Any], folder: Path) -> Document:
    """The case as a page: its title, the unit's name, and the lines below."""
    content = pdf.words_at(60, 60, case.get("title", "自评材料"))
    content += pdf.words_at(60, 80, f"单位名称：{UNIT}")
    for number, line in enumerate(case["lines"].rstrip("\n").split("\n")):
        top = 140 + number * case.get("step", 22)
        for left, words in zip(case["at"], line.split("|"), strict=False):
            if words.strip():
                content += pdf.words_at(left, top, words.strip())
    path = folder / "报告.pdf"
    path.write_bytes(pdf.chinese(content))
    return read_document(path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_columns(case: dict[str, Any], tmp_path: Path) -> None:
    document = drawn(case, tmp_path)
    listed = [piece.text for piece in document.unread]
    expected = case.get("unread", [])
    assert len(listed) == len(expected), listed
    assert all(words in said for words, said in zip(expected, listed, strict=True)), listed
    [part] = parts_of(document)
    values = {
        field: Fraction(str(value)) if isinstance(value, int | float) else value
        for field, value in case.get("values", {}).items()
    }
    assert part.entries.values == {"unit_name": UNIT, **values}
    rows = [row for rows in part.entries.rows.values() for row in rows]
    assert [" ".join(str(value) for value, _ in row.values()) for row in rows] == case.get(
        "rows", []
    )


def test_a_form_of_which_only_the_head_is_read_is_of_no_standard(tmp_path: Path) -> None:
    case = {
        "title": "2024年度项目支出绩效自评表",
        "at": [60, 200, 300],
        "lines": "三级指标|  年度指标值|\n整修山塘|≥20口|20口\n受益群众|≥600户|610户\n",
    }
    with pytest.raises(ReportError, match="没有认出自评表"):
        parts_of(drawn(case, tmp_path))
