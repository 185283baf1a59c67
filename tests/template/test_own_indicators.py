"""The national table typed into the blank template with openpyxl, calculated by LibreOffice."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from samples.own.build import load
from tests.lo import recalculate, requires_libreoffice
from workbook_tools import assess
from workbook_tools.ooxml import open_workbook
from workbook_tools.standard import load_standard
from workbook_tools.standard.contract import ROW_SCORE, column_name, fields
from workbook_tools.submission.model import FormulaColumn
from workbook_tools.template import build_template

pytestmark = [requires_libreoffice, pytest.mark.libreoffice]
HOUSING = load()["housing-2024"]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's entries, typed into the cells that the names stand on."""
    folder, standard = tmp_path_factory.mktemp("typed"), load_standard("national-2020")
    path = folder / "自评表.xlsx"
    build_template(standard, path)
    with open_workbook(path) as workbook:
        names = workbook.names
        places = {name: names[name] for name in names}
    book = openpyxl.load_workbook(path)
    known = fields(standard)
    entries = {known[field].name: (0, value) for field, value in HOUSING.values.items()}
    cells = [(name, row, value) for name, (row, value) in entries.items()]
    for number, line in enumerate(HOUSING.rows):
        cells += [(column_name("kpis", key), number, value) for key, value in line.items()]
    for name, row, value in cells:
        area = places[name]
        assert area is not None
        book[area.sheet].cell(area.first_row + row, area.first_col).value = value
    book.save(path)
    return recalculate([path], folder / "calculated")[0]


def test_every_row_has_the_points_worked_out_by_hand(typed: Path) -> None:
    assessment = assess(typed)
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


def shown(column: FormulaColumn) -> list[Fraction]:
    """The numbers that stand in the cells of a formula column."""
    values = [cell.value for cell in column.cells]
    return [Fraction(str(value)) for value in values if isinstance(value, int | float)]
