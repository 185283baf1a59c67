"""How Excel shows a number under a format, for the formats that people meet in our files.

After ECMA-376-1, 18.8.31, and what Excel does: sections, literals, digits, thousands, percent,
General, a fraction with a given denominator. The point of a format always shows, also where every
digit behind it is a ``#`` that has nothing to say: 2 under ``0.##`` is ``2.``. Dates are not
rendered.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "m/d/yyyy",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    49: "@",
}
"""The formats that a file names by number only (18.8.30); the rest of them are dates."""

_PIECES = re.compile(
    r"""(?P<literal>"[^"]*" | \\. | _. | \*. | \[[^\]]*\]) | (?P<general>General) | (?P<one>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = "0#?"
_FRACTION = re.compile(r"\?/(\d+)")


def is_date(code: str) -> bool:
    """Whether a format shows a day or a time."""
    bare = _PIECES.sub(lambda piece: piece["one"] or "", code)
    return bool(re.search("[ymdhs]", bare, re.IGNORECASE))


def shown(code: str, number: Decimal) -> str:
    """The text in the cell, as wide as it likes to be."""
    sections = _sections(code)
    if len(sections) == 1:
        sign = "-" if number < 0 else ""
        return sign + _section(sections[0], abs(number))
    if number < 0:
        return _section(sections[1], abs(number))  # the section brings its own sign
    return _section(sections[2] if number == 0 and len(sections) > 2 else sections[0], number)


def _sections(code: str) -> list[str]:
    found = [""]
    for piece in _PIECES.finditer(code):
        if piece["one"] == ";":
            found.append("")
        else:
            found[-1] += piece[0]
    return found


def _section(code: str, number: Decimal) -> str:
    pieces = list(_PIECES.finditer(code))
    if fraction := _FRACTION.fullmatch(code):
        denominator = int(fraction[1])
        return f"{round(number * denominator)}/{denominator}"
    if any(piece["general"] for piece in pieces):
        return "".join(_general(number) if one["general"] else _literal(one) for one in pieces)
    places = [index for index, one in enumerate(pieces) if one["one"] and one["one"] in _DIGITS]
    if not places:
        return "".join(map(_literal, pieces))
    digits = "".join(one["one"] or "" for one in pieces[places[0] : places[-1] + 1])
    if places[-1] + 1 < len(pieces) and pieces[places[-1] + 1]["one"] == ".":  # "0."
        digits, places = digits + ".", [*places, places[-1] + 1]
    number *= 100 ** sum(one["one"] == "%" for one in pieces)
    before = "".join(map(_literal, pieces[: places[0]]))
    after = "".join(map(_literal, pieces[places[-1] + 1 :]))
    return before + _digits(digits, number) + after


def _literal(piece: re.Match[str]) -> str:
    text = piece[0]
    match text[0]:
        case '"':
            return text[1:-1]
        case "\\":
            return text[1]
        case "[" | "*":
            return ""
        case "_":
            return " "
        case _:
            return text


def _digits(code: str, number: Decimal) -> str:
    whole, point, fraction = code.replace(",", "").partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in code:
        left = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", left)
    least = len(fraction.rstrip("#"))
    right = right[:least] + right[least:].rstrip("0")
    return left + point + right


def _general(number: Decimal) -> str:
    return f"{number.normalize():f}"
