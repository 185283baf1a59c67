"""An entry's words as the value that its field takes; None where they are anything else."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from workbook_tools.importing.wording import bare_number, plain
from workbook_tools.narrative.numbers import NUMBER, number_of
from workbook_tools.narrative.plain import plain as as_read
from workbook_tools.standard.contract import Field
from workbook_tools.standard.inputs import Choice, InputType, Value

_YEAR = re.compile(r"(\d{4})(?:年度?)?")
_DATE = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?")
_STATED = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%?)")
_SIGNATURE = re.compile(r"\s*[（(](?:签字|签名|签章|盖章|公章)[）)]$")
_BROKEN = re.compile(r"(?<=\d-)\s(?=\d)")  # a telephone number over two lines of a cell
_LONGEST = 100  # characters of a short text
ENTRIES = frozenset({"text", "choice", "score", "year", "date"})
"""The types of fields that have a value by their label alone."""
FIGURES = frozenset({"money", "count", "share"})
"""The types of fields that need a unit beside the number."""


def value_of(field: Field, text: str) -> Value | None:
    """The value, where the text is nothing but that."""
    words = " ".join(text.split())
    half = "".join(unicodedata.normalize("NFKC", words).split())
    match field.type:
        case "text":
            words = _SIGNATURE.sub("", _BROKEN.sub("", words))
            return words if words and len(words) <= _LONGEST else None
        case "choice":
            choices = {plain(str(one)): str(one) for one in field.choices}
            return choices.get(plain(words))
        case "score":
            return bare_number(half)
        case "year":
            found = _YEAR.fullmatch(half)
            return bare_number(found[1]) if found else None
        case "date":
            return _date(half)
        case _:
            return None


def figure_of(field: Field, text: str) -> Fraction | None:
    """The figure in the field's unit, where the text is a number with its unit and no more."""
    words = as_read("".join(text.split()))
    if not re.fullmatch(NUMBER, words):
        return None
    number = number_of(words)
    fits = number.unit == field.unit if field.type == "count" else number.measured == field.type
    return number.value if fits else None


def stated_value(kind: InputType, choices: Sequence[Choice], text: str) -> Value | None:
    """The value that our own papers state so, in the unit of the field; None for anything else."""
    match kind:
        case "text" | "long_text":
            return text
        case "choice":
            found = next((one for one in choices if str(one) == text), None)
            return Fraction(found) if isinstance(found, int) else found
        case "date":
            return _date(text)
        case _:
            digits = _STATED.fullmatch(text)
            if digits is None or bool(digits[2]) != (kind == "share"):
                return None
            return Fraction(digits[1].replace(",", "")) / (100 if digits[2] else 1)


def _date(text: str) -> datetime.date | None:
    found = _DATE.fullmatch(text)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
