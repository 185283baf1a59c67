"""How names and values are written in a message."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.figures import shown
from workbook_tools.standard.inputs import NUMBER_TYPES, InputType


def quoted(name: str) -> str:
    """A name in quotation marks, unless it brings its own: “重点支出”安排率."""
    return name if "“" in name else f"“{name}”"


def in_cell(text: str, kind: InputType) -> str:
    """A plain decimal as a cell of this type shows it, 1,560.05; any other text as it is."""
    if kind not in NUMBER_TYPES:
        return text
    try:
        return shown(Fraction(text), kind)
    except ValueError:
        return text


def number_in(text: str) -> Fraction | None:
    """The number that a figure of a finding stands for: 12,436.80 万元, 85%; None for no number."""
    try:
        number = Fraction(text.partition(" ")[0].removesuffix("%").replace(",", ""))
        return number / 100 if text.endswith("%") else number
    except ValueError:
        return None
