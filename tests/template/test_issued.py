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


@pytest.mark.slow
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


ODD: tuple[dict[str, CellValue], ...] = (
    {"unit_name": "县教育局" * 9},  # asks for more lines
    {"unit_name": "县教育局" * 63, "supervising_department": "县人民政府" * 4, "phone": "1"},
    {"unit_name": "县教育局" * 5, "exempt_basis": "县教育局" * 5},  # more of them in one cell
    {"staff_quota": 123, "exempt_basis": "123", "self_goal_clarity": 2},
    {"unit_name": "<局>&'\""},
    {"unit_name": " 局"},
    {"unit_name": "局\n所"},
    {"unit_name": "_x0041_"},
    {"unit_name": "<r>局</r>"},
    {"unit_name": "局\u0007"},
    {"unit_name": "填写"},  # stands there anyway, as 3 does
    {"unit_name": "§1", "unit_code": "§0"},  # looks like a mark
    {"unit_name": "局", "supervising_department": "局", "unit_code": ""},
    {"unit_name": "25", "staff_quota": 25, "staff_actual": 25.0},
    {"staff_quota": 3},
    {"staff_quota": 1.0, "staff_actual": 1.000000000000001},  # alike in fifteen digits
    {"budget_approved": Fraction(-1, 3), "staff_quota": 0},
    {"budget_approved": 1e22, "prepared_on": datetime.date(2021, 3, 15)},
    {"budget_approved": None, "unit_name": None},
    {},
)


@pytest.mark.slow
@pytest.mark.parametrize("issued", ODD, ids=str)
def test_what_is_odd_is_as_if_built_alone(
    standard: Standard, tmp_path: Path, issued: dict[str, CellValue]
) -> None:
    build_template(standard, tmp_path / "alone.xlsx", issued)
    build_issued(standard, tmp_path / "one.xlsx", issued)
    assert parts(tmp_path / "one.xlsx") == parts(tmp_path / "alone.xlsx")


FIELDS = ("unit_code", "unit_name", "supervising_department", "budget_approved", "staff_quota")
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=100),
    st.integers(0, 9),
)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1))
def test_whatever_is_issued_it_is_the_template_built_alone(
    standard: Standard, issued: dict[str, CellValue]
) -> None:
    with TemporaryDirectory() as folder:
        one, alone = Path(folder) / "one.xlsx", Path(folder) / "alone.xlsx"
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
        issued |= {"unit_name": "示例局" * 3**number, "staff_quota": Fraction(30 + number)}
        build_issued(standard, tmp_path / f"{number}.xlsx", issued)
    assert alone == []
    build_issued(standard, tmp_path / "two lines.xlsx", {"unit_name": "示例县\n教育局"})
    assert len(alone) == 1


def test_the_plain_sheet_writes_what_xlsxwriter_would(
    standard: Standard, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shortened in ("_write_formula", "_write_cell", "_prepare_formula"):
        monkeypatch.delattr(PlainSheet, shortened)
    build_template(standard, tmp_path / "blank.xlsx")
    assert parts(tmp_path / "blank.xlsx") == parts(blank)
