"""Every case worked by hand comes out of the template's own formulas too, as IronCalc runs them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import ironcalc
import pytest

from tests.cases import CaseFile, WorkedCase, load_cases
from workbook_tools.ooxml import open_workbook
from workbook_tools.standard import load_standard
from workbook_tools.standard.contract import column_name, fields
from workbook_tools.template.build import build_template

pytestmark = pytest.mark.slow

STANDARD = load_standard()
FIELDS = fields(STANDARD)


class Sheet:
    """The template opened once in the interpreter; cells are found by their defined names."""

    def __init__(self, path: Path) -> None:
        workbook = open_workbook(path)
        self.names = workbook.names
        self.sheets = [sheet.name for sheet in workbook.sheets]
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        for field in FIELDS.values():
            if field.preset is not None:
                self.model.clear_cell_contents(*self.place(field.name))

    def place(self, name: str, row: int = 0) -> tuple[int, int, int]:
        area = self.names[name]
        assert area is not None, name
        return self.sheets.index(area.sheet), area.first_row + row, area.first_col

    def score(self, file: CaseFile, case: WorkedCase) -> str:
        """What the indicator's score cell shows when the case is filled in."""
        given = {
            self.place(FIELDS[field].name): content
            for field, content in {**file.common, **case.given}.items()
        }
        for table, rows in case.tables.items():
            for number, row in enumerate(rows):
                for column, content in row.items():
                    given[self.place(column_name(table, column), number)] = content
        for place, content in given.items():
            self.model.set_user_input(*place, typed(content))
        self.model.evaluate()
        shown: str = self.model.get_formatted_cell_value(*self.place(f"score_{file.indicator}"))
        for place in given:
            self.model.clear_cell_contents(*place)
        return shown


def typed(content: Any) -> str:
    """A content as typed at the keyboard; an apostrophe makes a text of what follows."""
    match content:
        case None:
            return ""
        case bool():
            return str(content).upper()
        case str():
            return f"'{content}"
        case {"error": str() as error}:
            return error
        case _:
            return repr(float(Fraction(content)))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    build_template(STANDARD, path)
    return Sheet(path)


@pytest.mark.parametrize("file", load_cases().values(), ids=lambda file: file.indicator)
def test_worked_cases(sheet: Sheet, file: CaseFile) -> None:
    shown = {case.name: sheet.score(file, case) for case in file.cases}
    assert shown == {
        case.name: "" if case.score is None else f"{float(case.score):.2f}" for case in file.cases
    }
