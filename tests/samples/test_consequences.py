"""A finding that goes when another is mended stands under it, wherever findings are listed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from samples.data import HERE
from tests.report.reading import Read
from workbook_tools import assess, consolidate, write_report
from workbook_tools.presentation.telling import told

EMERGENCY = HERE / "emergency-2020.xlsx"
UNDER = "　└ "


def test_in_the_list_of_the_summary(tmp_path: Path) -> None:
    consolidate([EMERGENCY], tmp_path / "汇总.xlsx")

    rows = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["问题清单"].iter_rows(values_only=True)
    listed = [row for row in rows if row[2] in ("错误", "警告", "提示")]
    _stands_together([(str(row[3]), str(row[6]), str(row[9])) for row in listed])


def test_in_the_working_report(tmp_path: Path) -> None:
    known = assess(EMERGENCY)
    assert known.evaluation is not None
    path = write_report(
        known.evaluation, tmp_path / "a.docx", findings=known.findings, edition="working"
    )

    read = Read(path)
    rows = read.table("编号", "位置", "说明")
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(known.findings) + 1)]
    errors = sum(one.severity == "error" for one in known.findings)
    assert f"错误 {errors} 条，警告 " in read.text
    _stands_together([(row[2], row[3].split()[-1], row[-1]) for row in rows])


def _stands_together(rows: list[tuple[str, str, str]]) -> None:
    """Rows of code, cell and text are in the order of the notes, and say what follows from what."""
    expected = [
        (one.finding.code, one.finding.cell, (UNDER if one.under else "") + one.text)
        for one in told(assess(EMERGENCY).findings)
        if one.finding.name != "erratum"
    ]
    texts = [row for row in rows if row[0] != "ST601"]
    assert texts == expected
    assert any(text.startswith(UNDER) and "引起" in text for _, _, text in texts)
    assert any("改好后，" in text for _, _, text in texts)


@pytest.mark.parametrize(
    ("department", "effect", "causes"),
    [
        ("transport", "self_payment_progress", {"XC403"}),  # a quarter in the place of a sum
        ("culture-tourism", "self_quality_rate", {"XC405"}),  # not done, and yet of good quality
        ("health", "claimed_total", {"SC301"}),  # what cannot be computed adds nothing wrong
    ],
)
def test_what_goes_when_another_is_mended(department: str, effect: str, causes: set[str]) -> None:
    (found,) = (
        one for one in assess(HERE / f"{department}-2020.xlsx").findings if one.field == effect
    )
    assert {cause.code for cause in found.causes} == causes
