"""Cells that were cut or dragged onto others: the name goes along, and the other's is lost.

LibreOffice leaves both names on one cell; Excel breaks the name of the cell that was hit. Either
way one figure would be read as another's, so neither field has a value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from workbook_tools.ooxml import Cell, Workbook, from_a1
from workbook_tools.standard.contract import Field
from workbook_tools.submission.model import Entry

_Cells = Mapping[tuple[int, int], Cell]


def without_moved(
    entries: Mapping[str, Entry], fields: Mapping[str, Field], workbook: Workbook
) -> dict[str, Entry]:
    """The entries; those whose cells were moved onto each other say so, and have no value."""
    there = Counter((one.sheet, one.cell) for one in entries.values() if one.cell)
    doubled = {place for place, number in there.items() if number > 1}
    found = {
        field: _moved(entry) if (entry.sheet, entry.cell) in doubled else entry
        for field, entry in entries.items()
    }
    lost = {
        field: fields[field]
        for field, entry in entries.items()
        if not entry.cell and fields[field].role == "input"
    }
    for sheet_id in {field.sheet for field in lost.values()}:
        found |= _hit(
            found, {one: of for one, of in fields.items() if of.sheet == sheet_id}, workbook
        )
    return found


def _hit(
    entries: Mapping[str, Entry], fields: Mapping[str, Field], workbook: Workbook
) -> dict[str, Entry]:
    """The fields of a sheet whose cell stands beside the label of a field that is lost."""
    labels = {field.label: identity for identity, field in fields.items()}
    lost = {identity for identity in fields if not entries[identity].cell}
    found: dict[str, Entry] = {}
    cells: dict[str, _Cells] = {}
    for identity in fields:
        entry = entries[identity]
        if not entry.cell or entry.problem == "moved":
            continue
        if entry.sheet not in cells:
            cells[entry.sheet] = workbook.cells(entry.sheet)
        beside = labels.get(_label_of(cells[entry.sheet], entry.cell, labels), identity)
        if beside in lost:
            found[identity] = _moved(entry)
            found[beside] = _moved(msgspec.structs.replace(entry, field=beside))
    return found


def _label_of(cells: _Cells, ref: str, labels: Mapping[str, str]) -> str:
    """What the sheet calls a cell: the text left of it, in a grid with the head of its column."""
    row, column = from_a1(ref)
    left = next((text for c in range(column - 1, 0, -1) if (text := _text(cells, row, c))), "")
    if left in labels:
        return left
    above = (_text(cells, r, column).partition("\n")[0] for r in range(row - 1, 0, -1))
    head = next(filter(None, above), "")
    fitting = (one for one in labels if one.endswith(f"—{head}"))
    return next((one for one in fitting if left.startswith(one.removesuffix(f"—{head}"))), "")


def _text(cells: _Cells, row: int, column: int) -> str:
    cell = cells.get((row, column))
    return cell.value if cell is not None and isinstance(cell.value, str) else ""


def _moved(entry: Entry) -> Entry:
    return msgspec.structs.replace(entry, value=None, problem="moved", suggestion="")
