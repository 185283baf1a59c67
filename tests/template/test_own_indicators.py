"""The national table with eleven own indicators, typed into the blank template.

With openpyxl, which stores no results, and then calculated; and in LibreOffice itself, which shows
them while one types.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from samples.own.build import load
from tests.lo import recalculate, requires_libreoffice
from tests.macros.office import office
from workbook_tools import assess
from workbook_tools.ooxml import open_workbook, to_a1
from workbook_tools.standard import load_standard
from workbook_tools.standard.contract import ROW_SCORE, column_name, fields
from workbook_tools.submission.model import FormulaColumn
from workbook_tools.template import build_template

pytestmark = [requires_libreoffice, pytest.mark.libreoffice]
HOUSING = load()["housing-2024"]
STANDARD = load_standard("national-2020")
HALF, WHOLE = 1, 2
"""Rows: one at half its target, and a rate."""
SLIPS = {(HALF, "self"): 12, (WHOLE, "actual"): 96}
"""Full points for half the work, and a percentage without its sign."""
ADDED_UP = {"claimed_total": 96.91}
"""The claimed total then is 6 more."""

Entry = tuple[str, int, int, Any]
"""A sheet, a row and a column from 1, and what is typed there."""


def entries(
    blank: Path, slips: Mapping[tuple[int, str], Any] = {}, values_of_it: Mapping[str, Any] = {}
) -> list[Entry]:
    """The sample's entries, with slips by row and column, at the cells that the names stand on."""
    known = fields(STANDARD)
    values = {**HOUSING.values, **values_of_it}
    cells = [(known[field].name, 0, value) for field, value in values.items()]
    for number, line in enumerate(HOUSING.rows):
        for key, value in line.items():
            typed = slips.get((number, key), value)
            cells.append((column_name("kpis", key), number, typed))
    with open_workbook(blank) as workbook:
        places = {name: workbook.names[name] for name, _, _ in cells}
    found = []
    for name, row, value in cells:
        area = places[name]
        assert area is not None
        found.append((area.sheet, area.first_row + row, area.first_col, value))
    return found


def by_openpyxl(blank: Path, target: Path, typed: list[Entry]) -> Path:
    book = openpyxl.load_workbook(blank)
    for sheet, row, column, value in typed:
        book[sheet].cell(row, column).value = value
    book.save(target)
    return recalculate([target], target.parent / "calculated")[0]


def by_libreoffice(blank: Path, target: Path, typed: list[Entry]) -> Path:
    cells = [(sheet, column - 1, row - 1, as_typed(value)) for sheet, row, column, value in typed]
    with office() as session:
        session.ask("open", str(blank))
        session.ask("type", cells)
        session.ask("save_copy", str(target))
    return target


def as_typed(value: Any) -> str:
    """As one types it; an apostrophe before a text keeps its zeros."""
    match value:
        case datetime.date():
            return value.isoformat()
        case int() | float():
            return str(value)
        case _:
            return f"'{value}"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "自评表.xlsx"
    build_template(STANDARD, path)
    return path


WAYS = pytest.mark.parametrize("fill", [by_openpyxl, by_libreoffice], ids=lambda one: one.__name__)


@WAYS
def test_every_row_has_the_points_worked_out_by_hand(
    fill: Any, blank: Path, tmp_path: Path
) -> None:
    assert len(HOUSING.rows) == 11
    assert HOUSING.rows[HALF]["actual"] * 2 == HOUSING.rows[HALF]["target"]
    assessment = assess(fill(blank, tmp_path / "填好.xlsx", entries(blank)))
    assert assessment.submission is not None
    assert assessment.evaluation is not None
    by_hand = [Fraction(str(line["self"])) for line in HOUSING.rows]
    results = assessment.evaluation.results.values()
    engine = [row.score for result in results for row in result.rows]
    assert engine == by_hand
    assert shown(assessment.submission.row_formulas[column_name("kpis", ROW_SCORE)]) == by_hand
    totals = {one: assessment.submission.stored[one].value for one in ("total_score", "total_self")}
    assert totals == dict.fromkeys(totals, Fraction("90.91"))
    assert {one.name for one in assessment.findings} == {"erratum"}


@WAYS
def test_each_slip_is_found_at_its_cell_and_nothing_else(
    fill: Any, blank: Path, tmp_path: Path
) -> None:
    typed = entries(blank, SLIPS, ADDED_UP)
    assessment = assess(fill(blank, tmp_path / "填好.xlsx", typed))

    clean = entries(blank, {}, ADDED_UP)
    cells = {
        (sheet, to_a1(row, column))
        for (sheet, row, column, value), (*_, right) in zip(typed, clean, strict=True)
        if value != right
    }
    found = [one for one in assessment.findings if one.name != "erratum"]
    here = {(one.sheet, one.cell): one.name for one in found if one.cell and not one.causes}
    slipped, rate = sorted(cells, reverse=True)
    assert here == {slipped: "self-score-too-high", rate: "unit-looks-wrong"}
    followed = {one.name for one in found if one.causes}
    assert followed <= {"total-differs", "grade-differs", "self-score-unsupported"}


def shown(column: FormulaColumn) -> list[Fraction]:
    """The numbers that stand in the cells of a formula column."""
    values = [cell.value for cell in column.cells]
    return [Fraction(str(value)) for value in values if isinstance(value, int | float)]
