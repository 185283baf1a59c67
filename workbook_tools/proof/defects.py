"""What a witness is known to do otherwise than Excel, so that its word needs reading.

A defect is no excuse: it says as which other inputs the witness takes the given ones, and each of
its results must be exactly what the engine finds for those or for the given ones (`formulas` takes
a text for a number where it is asked for one, not where it adds or counts them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from math import isfinite, nan

import msgspec

from workbook_tools.proof.inputs import CellContent, InputSet, contents, input_set
from workbook_tools.proof.workbook import WitnessResult
from workbook_tools.standard.contract import fields
from workbook_tools.standard.inputs import NUMBER_TYPES, InputType
from workbook_tools.standard.model import Standard


class Defect(msgspec.Struct, frozen=True):
    """A way in which a witness reads cells otherwise than Excel.

    ``reading`` gives the content as which it takes what stands in a cell of some type; ``shown``
    what a result that it shows stands for then. ``reason`` and ``reference`` go with the result.
    """

    witness: str
    id: str
    reason: str
    reference: str
    reading: Callable[[InputType, CellContent], CellContent]
    shown: Callable[[WitnessResult], WitnessResult] = lambda result: result


def _truth_as_number(kind: InputType, content: CellContent) -> CellContent:
    return Fraction(int(content)) if isinstance(content, bool) else content


def _text_as_number(kind: InputType, content: CellContent) -> CellContent:
    number = _number_in(content) if kind in NUMBER_TYPES else None
    return content if number is None else Fraction(number)


def _text_result_as_number(result: WitnessResult) -> WitnessResult:
    number = _number_in(result)
    return result if number is None else number


def _number_in(content: object) -> float | None:
    """The number in a text, as Python reads it: in full-width digits or as 1e3, too."""
    try:
        number = float(content) if isinstance(content, str) else nan
    except ValueError:
        return None
    return number if isfinite(number) else None


_AS_THEY_ARE = 3  # cells of a case that may be read as they are although a defect concerns them

DEFECTS = (
    Defect(
        witness="libreoffice",
        id="truth-is-a-number",
        reason="LibreOffice 把单元格里的 TRUE、FALSE 当作数字 1、0（ISNUMBER 为真），Excel 不是",
        reference="LibreOffice 帮助 Calc Functions/ISLOGICAL：逻辑值只是带逻辑格式的数字",
        reading=_truth_as_number,
    ),
    Defect(
        witness="formulas",
        id="text-is-a-number",
        reason="formulas 对能转成数字的文字（如“12”“１２”）判断 ISNUMBER 为真，Excel 不是",
        reference="formulas 1.3.4 源码 formulas/functions/__init__.py 的 is_number",
        reading=_text_as_number,
        shown=_text_result_as_number,
    ),
)


class WitnessReading(msgspec.Struct, frozen=True):
    """An input set as a witness takes it, by these defects, and what its results stand for."""

    inputs: InputSet
    defects: tuple[Defect, ...]

    def shown(self, result: WitnessResult) -> WitnessResult:
        """What a result of the witness stands for."""
        for defect in self.defects:
            result = defect.shown(result)
        return result


def readings(witness: str, standard: Standard, inputs: InputSet) -> Iterator[WitnessReading]:
    """The ways in which a witness may take the inputs; none where it takes them as they are.

    Each cell that a defect concerns is read by it or as it is, in all formulas alike: first all of
    them by it, then ever fewer. A witness may ask one way in one formula and another way in the
    next, so that of two such cells only one is taken otherwise.
    """
    kinds: dict[tuple[str, str], InputType] = {
        ("", one.id): one.type for one in fields(standard).values()
    }
    for table in standard.tables:
        kinds |= {(table.id, column.id): column.type for column in table.columns}
    cells = dict(contents(inputs))
    found: list[Defect] = []
    read = dict(cells)
    for defect in DEFECTS:
        if defect.witness != witness:
            continue
        anew = {key: defect.reading(kinds[key[0], key[2]], value) for key, value in read.items()}
        if any(anew[key] is not value for key, value in read.items()):
            read = anew
            found.append(defect)
    concerned = [key for key, value in cells.items() if read[key] is not value]
    for fewer in range(min(len(concerned), _AS_THEY_ARE + 1)):
        for left in combinations(concerned, fewer):
            taken = {key: cells[key] if key in left else read[key] for key in cells}
            yield WitnessReading(input_set(taken), tuple(found))
