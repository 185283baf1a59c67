"""From a cell to a typed entry: what can be used of it, and if nothing, why not."""

from __future__ import annotations

import datetime
import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import cast

import msgspec

from workbook_tools.figures import plain
from workbook_tools.ooxml import BLANK, LOST_FORMULA, Cell, from_serial
from workbook_tools.standard.inputs import NUMBER_TYPES, Choice, InputType
from workbook_tools.standard.unit_codes import unit_code, without_zeros
from workbook_tools.submission.model import Entry, Problem, Value

_NUMERAL = re.compile(
    r"([-+]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?)\s*(万元|人|项|个|分|份|%)?", re.ASCII
)
"""A number in digits, in thousands or not, with one of the units that cells have. 元 is not one of
them: 100元 is not the 100 that belongs into a cell in 万元."""

_TEXT_TYPES: frozenset[InputType] = frozenset({"text", "long_text"})


def typed_entry(
    field: str,
    kind: InputType,
    choices: tuple[Choice, ...],
    cell: Cell,
    sheet: str,
    address: str,
    date1904: bool,
) -> Entry:
    """The entry of a field of type ``kind`` whose cell is ``cell``.

    A number is exact through its 15 significant digits. A blank, a number typed as text, an error
    value, a word in a number cell or a choice that is not on the list has no value.
    """
    if cell is BLANK:
        return Entry(field, sheet, address)
    raw = shown_in(cell)
    if cell.formula == LOST_FORMULA and cell.kind not in ("error", "blank"):
        return Entry(field, sheet, address, None, raw, "formula-lost", raw, cell.formula)
    if cell.kind == "text" and (kind in _TEXT_TYPES or raw in choices):
        # most cells, so it is asked first
        return Entry(field, sheet, address, raw or None, raw, None, "", cell.formula)
    value: Value | None = None
    problem: Problem | None = None
    suggestion = ""
    if cell.kind == "error":
        problem = "error-value"
    elif cell.kind == "blank":
        problem = "not-calculated" if cell.formula is not None else None
    elif raw == "":
        pass
    elif kind == "choice":
        value, problem, suggestion = _choice(cell, choices, raw)
    elif kind == "date":
        value = _date(cell, date1904)
        problem = None if value else "not-a-date"
        raw = value.isoformat() if isinstance(value, datetime.date) else raw
    elif kind in NUMBER_TYPES:
        value, problem, suggestion = _number(cell, raw)
    else:
        value = raw
    return Entry(field, sheet, address, value, raw, problem, suggestion, cell.formula)


def code_entry(entry: Entry, issued: str) -> Entry:
    """The entry of a unit's code with the code that is meant, whatever stands around it.

    It is the ``issued`` one ("" where none was) when only leading zeros are lost.
    """
    if not isinstance(entry.value, str):
        return entry
    code, sent = unit_code(entry.value), unit_code(issued)
    if without_zeros(code) == without_zeros(sent):
        code = sent
    return msgspec.structs.replace(entry, value=code or None)


def shown_in(cell: Cell) -> str:
    """What a person sees in a cell, but for its number format; "" when it is empty."""
    value = cell.value
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _shown_number(value)


@lru_cache(maxsize=4096)
def _exact(value: float) -> Fraction:
    """A number of the file as scoring takes it; the same few return in workbook after workbook."""
    return Cell("number", value).exact


@lru_cache(maxsize=4096)
def _shown_number(value: float) -> str:
    return plain(_exact(value))


def value_of(cell: Cell) -> Fraction | str | None:
    """A cell's value with its number exact; truth values as they are shown."""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _exact(value) if isinstance(value, float) else value


def _number(cell: Cell, raw: str) -> tuple[Fraction | None, Problem | None, str]:
    if cell.kind == "number":
        return _exact(cast(float, cell.value)), None, ""
    meant = meant_number(raw) if cell.kind == "text" else None
    if meant is None:
        return None, "not-a-number", ""
    return None, "number-as-text", meant


def meant_number(text: str) -> str | None:
    """The numeral that a text seems to mean: "３，975.53 万元" is 3975.53, "99.27％" is 99.27%."""
    found = _NUMERAL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    bare = re.sub("[, ]", "", found[1])
    return f"{bare}%" if found[2] == "%" else bare


def _choice(
    cell: Cell, choices: tuple[Choice, ...], raw: str
) -> tuple[Value | None, Problem | None, str]:
    if cell.kind == "number":
        number = _numeric_choice(cast(float, cell.value), choices)
        return (None, "not-in-list", "") if number is None else (number, None, "")
    if cell.kind == "text":
        meant = meant_number(raw)
        if meant is not None and any(str(choice) == meant for choice in choices):
            return None, "number-as-text", meant
        near = unicodedata.normalize("NFKC", raw).strip()
        return None, "not-in-list", near if near in choices else ""
    return None, "not-in-list", ""


@lru_cache(maxsize=4096)  # comparing fractions is slow, and a table asks hundreds of times
def _numeric_choice(value: float, choices: tuple[Choice, ...]) -> Fraction | None:
    number = _exact(value)
    return number if number in choices else None


def _date(cell: Cell, date1904: bool) -> datetime.date | None:
    if cell.kind != "number" or not isinstance(cell.value, float) or cell.value < 1:
        return None
    try:
        return from_serial(cell.value, date1904=date1904).date()
    except ValueError:
        return None
