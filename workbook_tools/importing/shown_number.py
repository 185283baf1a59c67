"""What a reader of a sheet sees in a cell: a number rounded, in percent or as a date."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from workbook_tools.figures import day, plain
from workbook_tools.ooxml import Cell, from_serial
from workbook_tools.ooxml.number_formats import GENERAL

_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
_TEXT = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(
    r"(?P<before>[^#0?.,%]*)(?P<whole>[#0?,]+)(?:\.(?P<places>[#0?]+))?(?P<after>.*)"
)
_DATE = re.compile(r"[yd]", re.IGNORECASE)


def shown(cell: Cell, code: str, *, date1904: bool = False) -> str:
    """The text that a cell shows; of one that shows none of its number, what says so."""
    match cell.kind:
        case "text":
            return str(cell.value)
        case "bool":
            return "TRUE" if cell.value else "FALSE"
        case "error":
            return str(cell.value)
        case "date":
            return _date(float(cell.value or 0), "yyyy-m-d", date1904=date1904)
        case "number":
            return _number(cell, code, date1904=date1904)
        case _:
            return f"={cell.formula}（没有计算结果）" if cell.formula else ""


def _number(cell: Cell, code: str, *, date1904: bool) -> str:
    section = code.split(";")[0]
    bare = _TEXT.sub("", _UNSEEN.sub("", section))
    if code == GENERAL or bare in ("", "@", GENERAL):
        return plain(cell.exact)
    if _DATE.search(bare):
        return _date(float(cell.value or 0), bare, date1904=date1904)
    said = _TEXT.sub(lambda found: found[1] or found[2], _UNSEEN.sub("", section))
    digits = _DIGITS.fullmatch(said)
    if digits is None or digits["whole"].endswith(",") or "?" in section or "/" in said:
        return f"{plain(cell.exact)}（格式 {code}）"
    after = digits["after"].strip()
    number = cell.exact * (100 if after.startswith("%") else 1)
    places = digits["places"] or ""
    text = f"{_rounded(number, len(places)):f}"
    if places.endswith("#"):
        text = text.rstrip("0").rstrip(".")
    return f"{digits['before'].strip()}{text}{after}"


def _rounded(number: Fraction, places: int) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _date(serial: float, code: str, *, date1904: bool) -> str:
    try:
        date = from_serial(serial, date1904=date1904).date()
    except ValueError:
        return f"{serial:g}（格式 {code}）"
    if "d" in code.lower():
        return day(date)
    return f"{date.year}年{date.month}月" if "m" in code.lower() else f"{date.year}年"
