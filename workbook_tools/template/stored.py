"""The results of a workbook's own formulas, stored beside them.

Previews and Excel's Protected View calculate nothing, they show what is stored; XlsxWriter does not
calculate either. So IronCalc, where it is installed, works out the formulas that stand in the
workbook, and nothing else: what a score ought to be is not known here. Without it every formula
stores "", and the program that opens the workbook calculates as it does anyway.
"""

from __future__ import annotations

import math
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from workbook_tools.ooxml import from_a1
from workbook_tools.ooxml.package import Package
from workbook_tools.ooxml.splice import Edits, archive

if TYPE_CHECKING:
    import ironcalc

Results = tuple[float | str | bool | None, ...]
"""Of a part's formulas, in their order; None where nothing can be stored."""

_PART = "xl/worksheets/sheet{}.xml"
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)>(<f>[^<]*</f>)<v></v></c>')

_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What a part does not hold as it is."""


class Spot(NamedTuple):
    """A cell, as IronCalc counts: sheets from 0, rows and columns from 1."""

    sheet: int
    row: int
    column: int


class Calculation:
    """A workbook in IronCalc: what its formulas give for these and other contents of cells."""

    def __init__(self, package: Package, model: ironcalc.Model) -> None:
        self.package = package
        self._model = model
        self._lock = threading.Lock()
        self._spots = {
            part: tuple(Spot(number, *from_a1(cell[1].decode())) for cell in found)
            for number, part in enumerate(sheet_parts(package))
            if (found := list(_FORMULA.finditer(package.read(part))))
        }

    @classmethod
    def of(cls, workbook: bytes) -> Self | None:
        """The formulas of a workbook that XlsxWriter wrote; None where IronCalc is missing."""
        try:
            import ironcalc
        except ImportError:
            return None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "workbook.xlsx"
            path.write_bytes(workbook)
            model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        return cls(Package.open(workbook, name="workbook.xlsx"), model)

    def results(self, contents: Mapping[Spot, float | str] | None = None) -> dict[str, Results]:
        """By part, what the formulas give where ``contents`` stand in cells."""
        with self._lock:
            for spot, content in (contents or {}).items():
                if isinstance(content, str):
                    self._model.update_cell_with_text(*spot, content)
                else:
                    self._model.update_cell_with_number(*spot, content)
            self._model.evaluate()
            return {part: tuple(map(self._result, spots)) for part, spots in self._spots.items()}

    def _result(self, spot: Spot) -> float | str | bool | None:
        match self._model.get_cell_value(*spot):
            case str() as text if _ESCAPED.search(text) or self._is_error(text, spot):
                return None
            case float() as number if not math.isfinite(number):
                return None
            case value:
                return value

    def _is_error(self, text: str, spot: Spot) -> bool:
        from ironcalc import CellType

        return text.startswith("#") and self._model.get_cell_type(*spot) == CellType.ErrorValue


def calculated(workbook: bytes) -> bytes:
    """A workbook that XlsxWriter wrote, with results beside its formulas."""
    calculation = Calculation.of(workbook)
    if calculation is None:
        return workbook
    package = calculation.package
    parts = {
        part: with_results(package.read(part), results)
        for part, results in calculation.results().items()
    }
    return archive(package, Edits(parts))


def with_results(part: bytes, results: Results) -> bytes:
    """The part with a result beside each of its formulas."""
    each = iter(results)
    return _FORMULA.sub(lambda cell: _cell(cell, next(each)), part)


def _cell(cell: re.Match[bytes], result: float | str | bool | None) -> bytes:
    reference, style, formula = cell.groups()
    match result:
        case None | "":
            return cell[0]
        case bool():
            kind, text = ' t="b"', str(int(result))
        case str():
            kind, text = ' t="str"', escape(result, quote=False)
        case _:
            kind, text = "", f"{result:.16G}"
    begin = b'<c r="%b"%b%b>' % (reference, style, kind.encode())
    return begin + formula + b"<v>%b</v></c>" % text.encode()


def sheet_parts(package: Package) -> Iterator[str]:
    """The worksheets' parts in the order of the sheets, as XlsxWriter names them."""
    number = 1
    while package.has(part := _PART.format(number)):
        yield part
        number += 1
