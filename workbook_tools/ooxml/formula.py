"""Formula text cut into tokens (ECMA-376 part 1, 18.17.2), and moved to another cell.

The tokens of a formula joined give the formula back, character by character. Nothing is
evaluated here.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast

from .address import MAX_COLUMN, MAX_ROW, column_letters, column_number
from .memo import remembered

TokenKind = Literal[
    "string", "error", "sheet", "table", "reference", "function", "boolean",
    "number", "name", "operator", "open", "close", "separator", "space", "other",
]  # fmt: skip

_TOKEN = re.compile(
    r"""
    (?P<string>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|GETTING_DATA|SPILL!|CALC!))
  | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[\d+\])?[\w.\\?]+(?::[\w.\\?]+)?|\[\d+\])!)
  | (?P<table>[\w.\\?]*\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
  | (?P<reference>
        \$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.\\?(])
      | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.\\?(])
      | \$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6}(?![\w.\\?(]) )
  | (?P<function>[^\W\d][\w.]*\()
  | (?P<boolean>(?i:TRUE|FALSE)(?![\w.\\?]))
  | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)
  | (?P<name>[\w.\\?]+)
  | (?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])
  | (?P<open>[({])
  | (?P<close>[)}])
  | (?P<separator>[,;])
  | (?P<space>\s+)
  | (?P<other>'(?:[^']++|'')*+'?|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")
_PART = re.compile(r"[A-Za-z]+|[0-9]+")
_LOOSE = re.compile(r"(?<![$A-Za-z])([A-Za-z]+)|(?<![$0-9])([0-9]+)")
"""The columns and rows of a reference that are not fixed."""
_PREFIX = re.compile(r"^(?:_xl(?:fn|ws|udf|pm)\.)+", re.IGNORECASE)
_BROKEN = "#REF!"
LONGEST = 32_768
"""Characters of a formula that are looked into. A formula has at most 8,192 (Excel's limit), as
shown on the screen; in the file some functions carry a prefix."""


class FormulaToken(NamedTuple):
    """A piece of a formula. A function's text ends with its parenthesis, a sheet's with "!"."""

    kind: TokenKind
    text: str


@remembered(results=8192, longest=1000)
def tokens(formula: str) -> tuple[FormulaToken, ...]:
    """The tokens of a formula without its leading "="; their texts joined are the formula.

    What is longer than any formula can be is one token.
    """
    if len(formula) > LONGEST:
        return (FormulaToken("other", formula),)
    return tuple(
        FormulaToken(_kind(found.lastgroup, found.group()), found.group())
        for found in _TOKEN.finditer(formula)
    )


def bare_function(text: str) -> str:
    """A function's text without the prefixes that files put before what Excel 2007 did not know.

    Programs write them before older functions as well.
    """
    return _PREFIX.sub("", text)


def _kind(group: str | None, text: str) -> TokenKind:
    """The group that matched; what looks like a reference beyond the grid is a name."""
    if group == "reference":
        for part in _PART.findall(text):
            if int(part) > MAX_ROW if part.isdigit() else _beyond(part):
                return "name"
    return cast(TokenKind, group)


def _beyond(letters: str) -> bool:
    return len(letters) == 3 and letters.upper() > "XFD"


@remembered(results=8192, longest=1000)
def shift(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when copied that many rows down and columns right.

    What has no dollar sign moves; a reference that would leave the grid becomes #REF!. This is
    how a shared formula gives its followers' (18.3.1.40).
    """
    if not rows and not columns:
        return formula
    if not columns:
        pattern, numbers = _by_rows(formula)
        if not numbers or (min(numbers) + rows >= 1 and max(numbers) + rows <= MAX_ROW):
            return pattern % tuple([number + rows for number in numbers])
    return "".join(
        _moved(token.text, rows, columns) if token.kind == "reference" else token.text
        for token in tokens(formula)
    )


@remembered(results=1024, longest=1000)
def _by_rows(formula: str) -> tuple[str, tuple[int, ...]]:
    """A formula as a pattern for "%", and the numbers of the rows that move with it."""
    numbers: list[int] = []

    def taken_out(part: re.Match[str]) -> str:
        if part[1]:
            return part[1].upper()
        numbers.append(int(part[2]))
        return "%d"

    pieces = [
        _LOOSE.sub(taken_out, token.text)
        if token.kind == "reference"
        else token.text.replace("%", "%%")
        for token in tokens(formula)
    ]
    return "".join(pieces), tuple(numbers)


def _moved(reference: str, rows: int, columns: int) -> str:
    if ":" in reference:
        ends = [_moved_end(end, rows, columns) for end in reference.split(":")]
        return _BROKEN if _BROKEN in ends else ":".join(ends)
    cell = _CELL.fullmatch(reference)
    if cell is None:
        return reference
    column = _moved_end(cell[1] + cell[2], rows, columns)
    row = _moved_end(cell[3] + cell[4], rows, columns)
    return _BROKEN if _BROKEN in (column, row) else column + row


def _moved_end(text: str, rows: int, columns: int) -> str:
    """A column ("$A", "A") or a row ("$1", "1"), moved unless fixed by its dollar sign."""
    if text.startswith("$"):
        return text
    if text.isdigit():
        row = int(text) + rows
        return str(row) if 1 <= row <= MAX_ROW else _BROKEN
    column = column_number(text) + columns
    return column_letters(column) if 1 <= column <= MAX_COLUMN else _BROKEN
