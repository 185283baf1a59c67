"""From a cell to a typed entry: what can be used of it, and if nothing, why not."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from functools import lru_cache
from typing import cast

import msgspec

from workbook_tools.figures import bare_percent, plain
from workbook_tools.ooxml import BLANK, LOST_FORMULA, Cell, from_serial
from workbook_tools.standard.contract import BLANKS, Entered
from workbook_tools.standard.inputs import (
    DATES,
    NUMBER_TYPES,
    WHOLE_TYPES,
    Choice,
    InputType,
    Value,
)
from workbook_tools.standard.unit_codes import unit_code, without_zeros
from workbook_tools.submission.characters import bare
from workbook_tools.submission.model import Entry, EntryProblem

_NUMERAL = re.compile(
    r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+(?: \d+)*)(?:\.\d+)?)\s*"
    r"(万元|人|名|项|个|件|份|分|年|%)?",
    re.ASCII,
)
"""A number in digits, in thousands or not, with one of the units that cells have; spaces may have
slipped between digits. 元 is no such unit: 100元 is not the 100 of a cell in 万元."""
_UNITS: dict[InputType, frozenset[str]] = {
    "money": frozenset({"万元"}),
    "count": frozenset({"人", "名", "项", "个", "件", "份"}),
    "share": frozenset({"%"}),
    "number": frozenset({"万元", "人", "名", "项", "个", "件", "份", "分", "%"}),
    "score": frozenset({"分"}),
    "year": frozenset({"年"}),
}
"""The units that may stand behind the number of a cell without making it another number."""
_NOTHING = frozenset({"-", "--", "—", "——", "–", "─", "/", "\\", "无", "没有", "未发生"})
"""What people write where nothing happened; a score that nobody gave is not 0."""
_LONGEST = 60  # characters of a text that means a number, with blanks and unit
_SURELY_PERCENT = 2
"""From here on a share is a percentage typed without its sign: nobody reaches 200 % of a whole."""

_TEXT_TYPES: frozenset[InputType] = frozenset({"text", "long_text"})


def typed_entry(spec: Entered, cell: Cell, sheet: str, address: str, date1904: bool) -> Entry:
    """The entry of a field or a table's column whose cell is ``cell``.

    A number is exact through its 15 significant digits. A blank, a number typed as text or outside
    the range that the standard allows, an error value, a word in a number cell or a choice that is
    not on the list has no value.
    """
    if cell is BLANK:
        return Entry(spec.id, sheet, address)
    kind, choices = spec.type, spec.choices
    raw = shown_in(cell)
    if cell.formula == LOST_FORMULA and cell.kind not in ("error", "blank"):
        return Entry(spec.id, sheet, address, None, raw, "formula-lost", raw, cell.formula)
    if cell.kind == "text" and raw and not raw.strip(BLANKS):
        return Entry(spec.id, sheet, address, None, raw, "only-blanks", "", cell.formula)
    if cell.kind == "text" and (kind in _TEXT_TYPES or raw in choices):
        # most cells, so it is asked early
        return Entry(spec.id, sheet, address, raw or None, raw, None, "", cell.formula)
    value: Value | None = None
    problem: EntryProblem | None = None
    suggestion = ""
    if cell.kind == "date":
        raw = from_serial(cast(float, cell.value), date1904=date1904).date().isoformat()
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
        value, problem, suggestion = _number(spec, cell, raw)
    else:
        value = raw
    return Entry(spec.id, sheet, address, value, raw, problem, suggestion, cell.formula)


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


def _number(
    spec: Entered, cell: Cell, raw: str
) -> tuple[Fraction | None, EntryProblem | None, str]:
    if cell.kind == "number":
        number = _exact(cast(float, cell.value))
        if spec.type in WHOLE_TYPES and number.denominator != 1:
            return None, "not-an-integer", ""
        if _is_allowed(spec, number):
            return number, None, ""
        return None, "out-of-range", _likely(spec, number)
    meant = meant_number(raw, spec.type) if cell.kind == "text" else None
    if meant is None:
        nothing = bare(raw) in _NOTHING and spec.type != "score" and _is_allowed(spec, Fraction(0))
        return None, "not-a-number", "0" if nothing else ""
    number = Fraction(meant) if meant[-1] != "%" else Fraction(meant[:-1]) / 100
    return None, "number-as-text", meant if _is_allowed(spec, number) else _likely(spec, number)


def _is_allowed(spec: Entered, number: Fraction) -> bool:
    return (spec.min is None or number >= spec.min) and (spec.max is None or number <= spec.max)


def _likely(spec: Entered, number: Fraction) -> str:
    """What a number outside the range seems to mean: 85% where 85 was typed, 420 for -420."""
    if spec.type == "share":
        if number >= _SURELY_PERCENT and _is_allowed(spec, number / 100):
            return bare_percent(number / 100)
        return bare_percent(-number) if number < 0 and _is_allowed(spec, -number) else ""
    return plain(-number) if number < 0 and _is_allowed(spec, -number) else ""


def meant_number(text: str, kind: InputType) -> str | None:
    """The numeral that a text in a cell of this type seems to mean; None where it is no number.

    "３，975.53 万元" is 3975.53 in a money cell, "99.27％" is 99.27% in one for shares, and neither
    is a number in the other.
    """
    if len(text) > _LONGEST:
        return None
    found = _NUMERAL.fullmatch(bare(text))
    if found is None or (found[2] and found[2] not in _UNITS.get(kind, frozenset())):
        return None
    digits = re.sub("[, ]", "", found[1])
    return f"{digits}%" if found[2] == "%" else digits


def is_percentage(text: str) -> bool:
    """Whether a text seems to mean a percentage."""
    return (meant_number(text, "share") or "").endswith("%")


def _choice(
    cell: Cell, choices: tuple[Choice, ...], raw: str
) -> tuple[Value | None, EntryProblem | None, str]:
    if cell.kind == "number":
        number = _numeric_choice(cast(float, cell.value), choices)
        return (None, "not-in-list", "") if number is None else (number, None, "")
    if cell.kind == "text":
        meant = meant_number(raw, "number")
        if meant is not None and any(str(choice) == meant for choice in choices):
            return None, "number-as-text", meant
        near = (str(one) for one in choices if bare(str(one)) == bare(raw))
        return None, "not-in-list", next(near, "")
    return None, "not-in-list", ""


@lru_cache(maxsize=4096)  # comparing fractions is slow, and a table asks hundreds of times
def _numeric_choice(value: float, choices: tuple[Choice, ...]) -> Fraction | None:
    number = _exact(value)
    return number if number in choices else None


def _date(cell: Cell, date1904: bool) -> datetime.date | None:
    """The day; None for what is none of our time, a bare year (2021 is a day of 1905) among it."""
    if cell.kind not in ("number", "date") or not isinstance(cell.value, float):
        return None
    try:
        day = from_serial(cell.value, date1904=date1904).date()
    except ValueError:
        return None
    return day if DATES[0] <= day <= DATES[1] else None
