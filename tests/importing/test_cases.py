"""What is read of a text, and what is not: the cases of cases.yaml."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard import load_standard

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def exact(value: Any) -> Any:
    """A value of the YAML file as the workbook's field takes it."""
    return Fraction(str(value)) if isinstance(value, int | float) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(case["lines"], encoding="utf-8")
    entries = read_entries(read_document(report), load_standard(case.get("standard")))
    assert entries.values == {field: exact(value) for field, value in case["values"].items()}
    listed = [one.words for one in entries.not_placed]
    expected = case.get("not_placed", [])
    assert len(listed) == len(expected), listed
    assert all(words in said for words, said in zip(expected, listed, strict=True)), listed


def test_dates_of_the_cases_are_dates() -> None:
    values = [value for case in CASES for value in case["values"].values()]
    assert any(isinstance(value, datetime.date) for value in values)
