"""How names and figures are written in a message."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.figures import amount, money, percent
from workbook_tools.standard.inputs import InputType


def quoted(name: str) -> str:
    """A name in quotation marks, unless it brings its own: “三公经费”变动率."""
    return name if "“" in name else f"“{name}”"


def shown(value: Fraction, kind: InputType) -> str:
    """A number as a person writes it in a cell of this type."""
    match kind:
        case "money":
            return money(value)
        case "share":
            return percent(value)
        case "year":
            return f"{value}"
        case _:
            return amount(value)
