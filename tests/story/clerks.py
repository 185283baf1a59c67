"""What the clerks of the departments do with the workbooks that they get: fill in, and correct.

The departments, their figures and their slips are those of ``samples/departments``. Here each types
them into the very file that was issued, with openpyxl, which like many programs saves formulas
without results.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import msgspec
import openpyxl

from samples.data import HERE, Sample, issued_to, load_samples, rows_of, values_of
from samples.places import Places, places_of
from workbook_tools.standard import load_standard
from workbook_tools.standard.contract import fields

STANDARD = load_standard()
ROSTER = HERE / "roster.csv"
DEPARTMENTS: dict[str, Sample] = {
    str(sample.inputs["unit_code"]): sample for sample in load_samples().values() if sample.invented
}
"""By code. The roster has one more, 310001, which sends nothing."""


class Second(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a clerk does when the copy with comments comes back, and which findings then remain.

    ``type``: what is typed, by defined name, in a table with ``#`` and the row (from 1).
    ``restore``: formulas that are fetched back from the template. ``left``: by code, how many
    findings other than the errata remain.
    """

    type: dict[str, float | str] = {}
    restore: list[str] = []
    left: dict[str, int] = {}


SECOND: dict[str, Second] = msgspec.yaml.decode(
    Path(__file__).with_name("second.yaml").read_bytes(), type=dict[str, Second]
)


def fill(issued: Path, target: Path, department: Sample) -> None:
    """Type a department's entries, slips included, into the template that it was sent."""
    desk = Desk(issued)
    known, given = fields(STANDARD), issued_to(department, STANDARD)
    for field, value in values_of(department, STANDARD).items():
        if field not in given:
            desk.type(known[field].name, value)
    for table, rows in rows_of(department, STANDARD).items():
        for number, row in enumerate(rows, start=1):
            for column, value in row.items():
                desk.type(f"tbl_{table}_{column}#{number}", value)
    for slip in department.mistakes:
        for name, value in (slip.put | slip.overwrite).items():
            desk.type(name, value)
        for name, (old, new) in slip.alter.items():
            desk.type(name, desk.at(name).replace(old, new))
        for one in (*slip.put_rows, *slip.put_rows_after_saving):
            desk.type(f"tbl_{one.table}_{one.column}#{one.row}", one.value)
    desk.book.save(target)


def correct(annotated: Path, issued: Path, target: Path, second: Second) -> None:
    """Put right, in the copy with comments, what it says is wrong."""
    desk = Desk(annotated)
    for name, value in second.type.items():
        desk.type(name, value)
    if second.restore:
        template = Desk(issued)
        for name in second.restore:
            desk.type(name, template.at(name))
    desk.book.save(target)


class Desk:
    """A workbook on a clerk's desk."""

    def __init__(self, path: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it will lose
            self.book = openpyxl.load_workbook(path)
        self._places: Places = places_of(self.book)

    def at(self, place: str) -> Any:
        return self._cell(place).value

    def type(self, place: str, value: Any) -> None:
        self._cell(place).value = value

    def _cell(self, place: str) -> Any:
        name, _, number = place.partition("#")
        sheet, row, column = self._places[name]
        return self.book[sheet].cell(row + int(number or 1) - 1, column)
