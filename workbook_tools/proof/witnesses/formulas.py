"""The library formulas: the results' formulas compiled once to one function of the inputs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from fractions import Fraction
from typing import Any, NamedTuple

from workbook_tools.ooxml import to_a1
from workbook_tools.proof.inputs import CellContent, ErrorValue, InputSet
from workbook_tools.proof.witnesses import Witness, not_installed
from workbook_tools.proof.workbook import ProofBook, WitnessCell, WitnessResult

_FEW_ROWS = 9
"""Rows whose formulas are worked out for every input set; long tables take far more time."""


class _Compiled(NamedTuple):
    function: Callable[..., Sequence[Any]]
    blanks: Mapping[WitnessCell, Any]
    """The function's arguments in their order, each as it is while its cell is blank."""


@contextmanager
def opened(book: ProofBook) -> Iterator[Witness]:
    """Load and compile the book; raises WitnessError where the library is not installed."""
    try:
        import formulas  # type: ignore[import-untyped]  # ships no types
    except ImportError as error:
        raise not_installed("formulas") from error
    folder = book.path.parent
    with redirect_stderr(io.StringIO()):  # it draws progress bars
        wanted = [_reference(f"{folder}/[{book.path.name}]", one) for one in book.outputs.values()]
        model = formulas.ExcelModel().from_ranges(*wanted).finish(complete=False)
    yield _Formulas(model, book)


def _reference(file: str, place: WitnessCell) -> str:
    sheet, row, column = place
    return f"'{file}{sheet}'!{to_a1(row, column)}"


class _Formulas:
    def __init__(self, model: Any, book: ProofBook) -> None:
        import numpy
        import schedula  # type: ignore[import-untyped]  # ships no types
        from formulas.ranges import Ranges  # type: ignore[import-untyped]  # ships no types

        self.book, self.array, self.ranges, self.empty = book, numpy.array, Ranges, schedula.EMPTY
        self.model = model
        self.known = {str(node) for node in model.dsp.data_nodes}
        self.outputs = [self._key(place) for place in book.outputs.values()]
        self.compiled: dict[int, _Compiled] = {}

    def _compile(self, rows: int) -> _Compiled:
        """The results as a function of the inputs, of each table its first rows."""
        if rows not in self.compiled:
            places = [place for place in _places(self.book, rows) if self._key(place) in self.known]
            keys = [self._key(place) for place in places]
            function = self.model.compile(inputs=keys, outputs=self.outputs)
            blanks = {place: self._cell(place, self.empty) for place in places}
            self.compiled[rows] = _Compiled(function, blanks)
        return self.compiled[rows]

    def _key(self, place: WitnessCell) -> str:
        """How the model calls a cell."""
        sheet, row, column = place
        return f"'[{self.book.path.name}]{sheet.upper()}'!{to_a1(row, column)}"

    def _cell(self, place: WitnessCell, value: object) -> Any:
        return self.ranges().push(self._key(place), self.array([[value]], dtype=object))

    def results(self, inputs: InputSet) -> Mapping[str, WitnessResult]:
        longest = max((len(rows) for rows in inputs.rows.values()), default=0)
        compiled = self._compile(
            _FEW_ROWS if longest <= _FEW_ROWS else max(self.book.rows.values())
        )
        wanted = self.book.cells(inputs)
        given = [
            self._cell(place, _value(wanted[place])) if place in wanted else blank
            for place, blank in compiled.blanks.items()
        ]
        found = compiled.function(*given)
        return {
            name: self._shown(one.value[0, 0])
            for name, one in zip(self.book.outputs, found, strict=True)
        }

    def _shown(self, value: Any) -> WitnessResult:
        if value is self.empty:
            return None
        if isinstance(value, str):  # an error value is a str too
            return str(value)
        return value if isinstance(value, bool) else float(value)


def _places(book: ProofBook, rows: int) -> Iterator[WitnessCell]:
    """The cells that an input set may fill that has at most so many rows in a table."""
    yield from book.inputs.values()
    for table, columns in book.columns.items():
        for sheet, row, column in columns.values():
            for number in range(min(rows, book.rows[table])):
                yield sheet, row + number, column


def _value(content: CellContent) -> object:
    """The content as the library has it when it reads a file: whole numbers are ints there.

    It takes TRUE and 1.0 for one where it remembers what met a condition (COUNTIFS).
    """
    match content:
        case Fraction():
            return content.numerator if content.denominator == 1 else float(content)
        case ErrorValue(text=text):
            from formulas.tokens.operand import Error  # type: ignore[import-untyped]  # ships no types

            return Error.errors[text]
        case _:
            return content
