"""IronCalc: one model stays loaded, and only the cells that differ from the last case are set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

from workbook_tools.proof.inputs import CellContent, ErrorValue, InputSet
from workbook_tools.proof.witnesses import Witness, not_installed
from workbook_tools.proof.workbook import ProofBook, WitnessCell, WitnessResult

if TYPE_CHECKING:
    import ironcalc


@contextmanager
def opened(book: ProofBook) -> Iterator[Witness]:
    """Load the book; raises WitnessError where IronCalc is not installed."""
    try:
        import ironcalc
    except ImportError as error:
        raise not_installed("ironcalc") from error
    yield _IronCalc(ironcalc.load_from_xlsx(str(book.path), "en", "UTC"), book)


class _IronCalc:
    def __init__(self, model: ironcalc.Model, book: ProofBook) -> None:
        self.model, self.book = model, book
        self.sheets = {title: number for number, title in enumerate(book.sheets)}
        self.current: Mapping[WitnessCell, CellContent] = book.preset

    def results(self, inputs: InputSet) -> Mapping[str, WitnessResult]:
        wanted = self.book.cells(inputs)
        for place in self.current.keys() - wanted.keys():
            self.model.clear_cell_contents(*self._at(place))
        for place, content in wanted.items():
            if place not in self.current or self.current[place] is not content:
                self._set(place, content)
        self.current = wanted
        self.model.evaluate()
        return {
            name: self.model.get_cell_value(*self._at(place))
            for name, place in self.book.outputs.items()
        }

    def _at(self, place: WitnessCell) -> tuple[int, int, int]:
        sheet, row, column = place
        return self.sheets[sheet], row, column

    def _set(self, place: WitnessCell, content: CellContent) -> None:
        at = self._at(place)
        match content:
            case bool():
                self.model.update_cell_with_bool(*at, content)
            case Fraction():
                self.model.update_cell_with_number(*at, float(content))
            case str():
                self.model.update_cell_with_text(*at, content)
            case ErrorValue():
                self.model.update_cell_with_formula(*at, content.formula)
