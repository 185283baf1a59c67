"""One cell's content, as the file stores it (ECMA-376 part 1, 18.3.1.4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

CellKind = Literal["number", "text", "bool", "error", "blank", "date"]


class Cell(msgspec.Struct, frozen=True, gc=False):
    """What stands in a cell: its value or a formula's stored result, and the formula's text.

    number: float; text: str, possibly empty; bool: bool; error: the error's name, "#DIV/0!"; date:
    float, the serial number of what the file calls a date (``t="d"``) and not a number;
    blank: None, which beside a formula means that no result is stored. `formula` is without "=".
    """

    kind: CellKind
    value: float | str | bool | None
    formula: str | None = None

    @property
    def exact(self) -> Fraction:
        """A number as Excel shows it: through its form of 15 significant digits.

        Raises TypeError when the cell holds no number.
        """
        value = self.value
        if self.kind != "number" or not isinstance(value, float):
            raise TypeError(f"a {self.kind} cell has no exact number")
        if value.is_integer() and -1e15 < value < 1e15:
            return Fraction(int(value))
        return Fraction(f"{value:.15g}")


LOST_FORMULA = "#REF!"
"""The formula of a cell that leaves its text to a shared one which is not in the sheet.

Excel offers to repair such a file, and keeps the stored result."""
BLANK = Cell("blank", None)
