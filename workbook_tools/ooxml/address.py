"""A1 addresses, areas, and sheet names as formulas write them.

Rows and columns count from 1, as in the file format. The grid has 1,048,576 rows and 16,384
columns (XFD), the limits of Excel 2007 and later.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)

_CORNER = r"(?:\$?([A-Za-z]{1,3}))?(?:\$?([1-9][0-9]{0,6}))?"
_AREA = re.compile(
    r"(?:'((?:[^'\[\]]|'')+)'|([^'!:\[\]#\s(),]+))!" + _CORNER + "(?::" + _CORNER + ")?"
)

# Excel quotes a sheet name that could be read as something else: anything but letters, digits,
# dots and underscores, a leading digit, or what looks like an address (A1, R1C1, R, C).
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_ADDRESS = re.compile(
    r"[A-Z]{1,3}[0-9]{1,7}|[RC][0-9]*|R[0-9]*C[0-9]*|TRUE|FALSE", re.IGNORECASE | re.ASCII
)


class Area(msgspec.Struct, frozen=True, gc=False):
    """A rectangle of cells on one sheet; all four bounds are part of it."""

    sheet: str
    first_row: int
    first_col: int
    last_row: int
    last_col: int

    @property
    def is_cell(self) -> bool:
        """Whether the area is one cell."""
        return self.first_row == self.last_row and self.first_col == self.last_col

    @property
    def a1(self) -> str:
        """The address without the sheet: "B5" or "B5:C9"."""
        first = to_a1(self.first_row, self.first_col)
        return first if self.is_cell else f"{first}:{to_a1(self.last_row, self.last_col)}"

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return self.first_row <= row <= self.last_row and self.first_col <= column <= self.last_col


@cache
def column_letters(column: int) -> str:
    """Letters of a column: 1 is A, 27 is AA. Raises ValueError outside 1..16384."""
    if not 1 <= column <= MAX_COLUMN:
        raise ValueError(f"column {column} is outside 1..{MAX_COLUMN}")
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMN)
def column_number(letters: str) -> int:
    """Number of a column: A is 1, XFD is 16384. Raises ValueError for anything else."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is not a column")
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(f"{letters!r} is not a column")
    return number


def to_a1(row: int, column: int) -> str:
    """The address of a cell: (5, 2) is "B5". Raises ValueError outside the grid."""
    if not 1 <= row <= MAX_ROW:
        raise ValueError(f"row {row} is outside 1..{MAX_ROW}")
    return f"{column_letters(column)}{row}"


def from_a1(text: str) -> tuple[int, int]:
    """Row and column of an address; dollar signs do not matter. Raises ValueError."""
    match = _A1.fullmatch(text)
    if match is None or int(match[2]) > MAX_ROW:
        raise ValueError(f"{text!r} is not a cell address")
    return int(match[2]), column_number(match[1])


def quote_sheet(name: str) -> str:
    """A sheet's name as a formula writes it before "!", in quotes where Excel needs them."""
    if _PLAIN_SHEET.fullmatch(name) and not _LIKE_ADDRESS.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def parse_area(text: str) -> Area | None:
    """The area that a reference with its sheet means, such as 人员资产!$D$8 or 'a b'!$A:$C.

    None for anything else: a broken reference (#REF!), another workbook, several sheets or areas,
    a formula. Corners may stand in any order.
    """
    match = _AREA.fullmatch(text.strip())
    if match is None:
        return None
    quoted, plain, left, top, right, bottom = match.groups()
    is_range = right is not None or bottom is not None
    if not is_range:
        right, bottom = left, top
    # Both corners name a column, a row, or both; a lone column or row needs the colon: $A:$A.
    if (left is None) != (right is None) or (top is None) != (bottom is None):
        return None
    if left is top or (not is_range and (left is None or top is None)):
        return None
    try:
        columns = (column_number(left), column_number(right)) if left else (1, MAX_COLUMN)
    except ValueError:
        return None
    rows = (int(top), int(bottom)) if top else (1, MAX_ROW)
    if max(rows) > MAX_ROW:
        return None
    sheet = quoted.replace("''", "'") if quoted else plain
    return Area(sheet, min(rows), min(columns), max(rows), max(columns))
