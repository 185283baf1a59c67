"""Where formulas of the template were overwritten or altered: in single cells, in table rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import groupby
from string import ascii_uppercase
from typing import Literal

import msgspec

from workbook_tools.checks.located import Located
from workbook_tools.checks.meaning import is_spelled_alike, meaning, names_in, says_the_same
from workbook_tools.figures import plain
from workbook_tools.ooxml import Area, shift, to_a1
from workbook_tools.ooxml.memo import remembered
from workbook_tools.submission.model import FormulaColumn, Stored
from workbook_tools.submission.typed import shown_in

_Kind = Literal["overwritten", "altered"]
_OVERWRITTEN: _Kind = "overwritten"
_ALTERED: _Kind = "altered"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A formula of the template that is not there any more; in tables, neighbouring rows together.

    ``expected`` and ``actual`` are formulas with "=" or what stands in the cell, of the first of
    ``rows`` rows, which ``cell`` names; ``last_cell`` is the last one. ``altered``: of each row,
    the formula that it should have and the other one that it has.
    """

    kind: _Kind
    name: str
    sheet: str
    cell: str
    last_cell: str
    rows: int
    expected: str
    actual: str
    altered: tuple[tuple[str, str], ...] = ()


def faults(located: Located) -> tuple[Fault, ...]:
    """Every fault, in the order of the template's list of formulas."""
    submission = located.submission
    found: list[Fault] = []
    for name, expected in submission.formulas.items():
        if column := submission.row_formulas.get(name):
            found += _in_column(located, column, expected)
        elif stored := submission.stored.get(name):
            found += _in_cell(located, stored, expected)
    return tuple(found)


def behind(located: Located, name: str) -> frozenset[str]:
    """The names (in lower case) of all formulas that one rests on in the template, and its own."""
    formulas = located.formulas
    found: set[str] = set()
    waiting = {name.casefold()}
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting |= names_in(formulas.get(one, "")) & formulas.keys() - found
    return frozenset(found)


def _in_cell(located: Located, stored: Stored, expected: str) -> Iterator[Fault]:
    overwritten = stored.formula is None
    if stored.formula is not None:
        if is_spelled_alike(expected, stored.formula):
            return
        stands_for = partial(_is_cell_of, located, stored.sheet)
        if says_the_same(meaning(expected), stored.formula, stands_for):
            return
    shown = plain(stored.value) if isinstance(stored.value, Fraction) else stored.value or ""
    yield Fault(
        kind=_OVERWRITTEN if overwritten else _ALTERED,
        name=stored.name,
        sheet=stored.sheet,
        cell=stored.cell,
        last_cell=stored.cell,
        rows=1,
        expected=f"={expected}",
        actual=shown if overwritten else f"={stored.formula}",
        altered=() if overwritten else ((f"={expected}", f"={stored.formula}"),),
    )


def _is_cell_of(located: Located, own_sheet: str, sheet: str, cell: str, name: str) -> bool:
    return located.name_at(sheet or own_sheet, cell).casefold() == name


def _in_column(located: Located, column: FormulaColumn, expected: str) -> Iterator[Fault]:
    """The rows without the template's formula, neighbours with the same kind of fault together."""
    formulas = tuple([cell.formula for cell in column.cells])
    wanted = meaning(expected)

    def is_sound(row: int) -> bool:
        text, number = formulas[row], column.area.first_row + row
        stands_for = partial(_is_in_row, located.columns, column.area.sheet, number)
        return text is not None and says_the_same(wanted, text, stands_for)

    first = next(filter(is_sound, range(len(formulas))), None)
    copies: tuple[str | None, ...] = (None,) * len(formulas)
    if first is not None:
        copies = _copies(formulas[first] or "", first, len(formulas))
        if formulas == copies:
            return
    kinds = [
        _OVERWRITTEN if text is None else None if text == copies[row] or is_sound(row) else _ALTERED
        for row, text in enumerate(formulas)
    ]
    for kind, run in groupby(range(len(kinds)), key=kinds.__getitem__):
        rows = list(run)
        if kind is None:
            continue
        cell, text = column.cells[rows[0]], formulas[rows[0]]
        texts = [(f"={copies[row] or expected}", f"={formulas[row]}") for row in rows]
        yield Fault(
            kind=kind,
            name=column.name,
            sheet=column.area.sheet,
            cell=_address(column, rows[0]),
            last_cell=_address(column, rows[-1]),
            rows=len(rows),
            expected=texts[0][0],
            actual=shown_in(cell) if text is None else f"={text}",
            altered=tuple(texts) if kind == _ALTERED else (),
        )


def _is_in_row(
    columns: Mapping[str, Area], own_sheet: str, row: int, sheet: str, cell: str, name: str
) -> bool:
    """Whether a reference means the cell of a table's column in the same row."""
    area = columns.get(name)
    if area is None:  # the name is lost, so any cell of the row may be the one
        return not sheet and cell.lstrip(ascii_uppercase) == str(row)
    return (sheet or own_sheet) == area.sheet and cell == to_a1(row, area.first_col)


@remembered(results=64, longest=8192)
def _copies(formula: str, row: int, rows: int) -> tuple[str, ...]:
    """The formula of one row (from 0) as it reads in each of the rows."""
    return tuple(shift(formula, other - row, 0) for other in range(rows))


def _address(column: FormulaColumn, row: int) -> str:
    return to_a1(column.area.first_row + row, column.area.first_col)
