"""What the interpreter is given: the cells of a workbook, and the places whose results we want.

Names and sheet titles are resolved here, with our own reader and tokenizer, because files from
outside carry spellings that an interpreter's loader may refuse. Nothing else of the file (macros,
links, connections, drawings) is handed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from workbook_tools.ooxml import Area, Workbook, from_a1, to_a1, tokens
from workbook_tools.ooxml.address import column_letters
from workbook_tools.ooxml.formula import bare_function
from workbook_tools.ooxml.memo import remembered
from workbook_tools.submission.model import Submission

MOST_CHARACTERS = 8_000_000
"""A workbook whose sheets' XML, or whose cells' texts together, are longer is not recalculated;
a filled template has under one million."""

_BROKEN = "#REF!"

Computable = float | str | bool
JobCell = tuple[int, int, int]
"""Number of the sheet from 0, row and column from 1."""


class TooLargeError(Exception):
    """There is more in the workbook than an interpreter is asked to take in."""


class RecalculationJob(msgspec.Struct, frozen=True):
    """How many ``sheets``; ``cells``: place, kind ("formula" or the value's), content; ``wanted``.

    Sheet number 0 is called "S0" in the formulas, and so on.
    """

    sheets: int
    cells: list[tuple[JobCell, str, Computable]]
    wanted: list[JobCell]


def job_for(submission: Submission, workbook: Workbook) -> RecalculationJob:
    """Everything that the formulas of a submission can look at; raises :class:`TooLargeError`.

    Inputs count as scoring counts them: a formula in an input cell stands for its stored result.
    """
    sheets = [sheet for sheet in workbook.sheets if sheet.kind == "worksheet"]
    numbers = {sheet.name.casefold(): number for number, sheet in enumerate(sheets)}
    places = _places(tuple(numbers), tuple(workbook.names.items()))
    size = 0
    for sheet in sheets:
        size += len(workbook.package.xml_text(sheet.part))
        if size > MOST_CHARACTERS:
            raise TooLargeError
    typed = set(_typed(submission))
    cells: list[tuple[JobCell, str, Computable]] = []
    size = 0
    for number, sheet in enumerate(sheets):
        for (row, column), cell in workbook.cells(sheet.name).items():
            kind: str = "number" if cell.kind == "date" else cell.kind
            content = cell.value
            if cell.formula is not None and (sheet.name, to_a1(row, column)) not in typed:
                kind, content = "formula", _written(cell.formula, places)
            if content is None:
                continue
            cells.append(((number, row, column), kind, content))
            size += len(content) if isinstance(content, str) else 0
            if size > MOST_CHARACTERS:
                raise TooLargeError
    wanted = [
        (numbers[one.sheet.casefold()], *from_a1(one.cell)) for one in submission.stored.values()
    ]
    return RecalculationJob(len(sheets), cells, wanted)


def _typed(submission: Submission) -> Iterator[tuple[str, str]]:
    """The sheet and cell of every input."""
    for entry in submission.entries.values():
        yield entry.sheet, entry.cell
    for rows in submission.tables.values():
        for row in rows:
            for entry in row.entries.values():
                yield entry.sheet, entry.cell


class _Places:
    """Where titles of sheets and defined names lead; one object for workbooks alike in both."""

    def __init__(self, titles: tuple[str, ...], names: tuple[tuple[str, Area | None], ...]) -> None:
        self.sheets = {title: number for number, title in enumerate(titles)}
        self.names = {name.casefold(): area for name, area in names}


_places = lru_cache(maxsize=16)(_Places)


@remembered(results=4096, longest=4000)
def _written(formula: str, places: _Places) -> str:
    """The formula with defined names written as references and sheets by their numbers."""
    sheets, names = places.sheets, places.names

    def words() -> Iterator[str]:
        sheet = ""
        for kind, text in tokens(formula):
            if kind == "sheet":
                title = text[:-1].strip("'").replace("''", "'").casefold()
                sheet = f"S{sheets[title]}!" if title in sheets else _qualifier(title)
                continue
            if kind == "name" and sheet != _BROKEN and (area := names.get(text.casefold())):
                sheet, text = "", f"S{sheets[area.sheet.casefold()]}!{_absolute(area)}"
            yield sheet
            yield bare_function(text) if kind == "function" else text
            sheet = ""
        yield sheet

    return "=" + "".join(words())


def _qualifier(title: str) -> str:
    """What stands for a title that is no sheet's: [0] is this workbook itself."""
    return "" if title == "[0]" else _BROKEN


def _absolute(area: Area) -> str:
    corners = ((area.first_row, area.first_col), (area.last_row, area.last_col))
    first, last = (f"${column_letters(column)}${row}" for row, column in corners)
    return first if area.is_cell else f"{first}:{last}"
