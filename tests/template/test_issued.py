"""A template among many is the one that would have been built alone."""

from __future__ import annotations

import datetime
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.template.test_build import parts
from workbook_tools.jobs.templates import Issue, issue
from workbook_tools.spreadsheet.plain_sheet import PlainSheet
from workbook_tools.standard.loader import load_standard
from workbook_tools.standard.model import Standard
from workbook_tools.template import CellValue, build_issued, build_template, pattern

ROWS: tuple[dict[str, str], ...] = (
    {"unit_code": "001", "unit_name": "县教育局"},
    {"unit_code": "002", "unit_name": "县<民政>&局" * 20},
    {"unit_code": "003"},
)

ALONE = """
import sys
from workbook_tools.standard.loader import load_standard
from workbook_tools.template import build_template
build_template(load_standard(), sys.argv[1], dict(zip(sys.argv[2::2], sys.argv[3::2])))
"""


def test_each_of_many_is_as_if_built_alone(standard: Standard, tmp_path: Path) -> None:
    """After others of this and another standard, what is kept in the process changes nothing."""
    build_template(load_standard("national-2020"), tmp_path / "other.xlsx")
    planned = [Issue(tmp_path / f"{row['unit_code']}.xlsx", row) for row in ROWS]
    for one in planned:
        issue(one, standard)
    for one, row in zip(planned, ROWS, strict=True):
        alone = tmp_path / "alone.xlsx"
        typed = [text for pair in row.items() for text in pair]
        subprocess.run([sys.executable, "-c", ALONE, alone, *typed], check=True)
        assert parts(one.target) == parts(alone)
        alone.unlink()


FIELDS = (
    "unit_code",
    "unit_name",
    "supervising_department",
    "fiscal_year",
    "budget_approved",
    "staff_quota",
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "县教育局",
            "县教育局" * 9,
            "<局>&'\"",
            " 局",
            "局\n所",
            "_x0041_",
            "<r>局</r>",
            "3",
            "1.0",
        ]
    ),
    st.sampled_from(["填写", "§0", "§1", "876543210.125", "2021", "", "\u3000局", "局\u0007"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
NUMBERS = st.one_of(
    st.sampled_from(
        [Fraction(3), Fraction(2021), Fraction(876543211, 1) + Fraction(1, 8), Fraction(-1, 3)]
    ),
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=100),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda one: one + 0.0),
)
VALUES = st.one_of(TEXTS, NUMBERS, st.none(), st.just(datetime.date(2021, 3, 15)))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES), min_size=1, max_size=4))
def test_whatever_is_issued_it_is_the_template_built_alone(
    standard: Standard, many: list[dict[str, CellValue]]
) -> None:
    with TemporaryDirectory() as folder:
        for number, issued in enumerate(many):
            one, alone = Path(folder) / f"{number}.xlsx", Path(folder) / f"{number}-alone.xlsx"
            build_template(standard, alone, issued)
            build_issued(standard, one, issued)
            assert parts(one) == parts(alone)


def test_templates_of_a_usual_roster_are_made_of_one(
    standard: Standard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone: list[object] = []
    monkeypatch.setattr(pattern, "build_template", lambda *args: alone.append(args))
    for number in range(5):
        issued: dict[str, CellValue] = {"unit_code": f"00{number}"}
        issued |= {"unit_name": "示例局" * (number % 4 + 1), "staff_quota": Fraction(30 + number)}
        build_issued(standard, tmp_path / f"{number}.xlsx", issued)
    assert alone == []
    long = tmp_path / "long.xlsx"
    build_issued(standard, long, {"unit_name": "示例县自然资源和规划局不动产登记中心"})
    assert len(alone) == 1


def test_the_plain_sheet_writes_what_xlsxwriter_would(
    standard: Standard, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shortened in ("_write_formula", "_write_cell", "_prepare_formula"):
        monkeypatch.delattr(PlainSheet, shortened)
    build_template(standard, tmp_path / "blank.xlsx")
    assert parts(tmp_path / "blank.xlsx") == parts(blank)
