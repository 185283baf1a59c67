"""Which number format each cell of a sheet has, and which rows and columns are hidden.

ECMA-376 part 1, 18.8.30 (numFmt), 18.8.45 (xf), 18.3.1.13 (col), 18.3.1.73 (row).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from . import scan
from .package import Package
from .workbook import Workbook, WorkbookSheet

GENERAL = "General"
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy/m/d h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    43: "#,##0.00",
    49: "@",
}
"""Of the formats that no file spells out, those of numbers and of dates."""
_CHINESE_DATES = {
    27: "yyyy年m月",
    31: "yyyy年m月d日",
    36: "yyyy年m月",
    50: "yyyy年m月",
    57: "yyyy年m月",
    58: "m月d日",
}
_TRUE = ("1", "true")
_MOST_COLUMNS = 16_384


class Shown(msgspec.Struct, frozen=True):
    """``formats``: the code of each cell that has one other than General, by row and column.

    Rows and columns are counted from 1.
    """

    formats: Mapping[tuple[int, int], str]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def shown_of(workbook: Workbook, sheet: WorkbookSheet) -> Shown:
    """How the cells of a worksheet are shown. Raises PackageError, ValueError for broken parts."""
    package = workbook.package
    codes = _codes(package, workbook)
    xml = scan.plain(package.xml_text(sheet.part))
    formats: dict[tuple[int, int], str] = {}
    hidden_rows: set[int] = set()
    for row in scan.rows(xml):
        if _hidden(xml[row.element.start : row.element.inner]):
            hidden_rows.add(row.number)
        for cell in scan.cells(xml, row):
            style = scan.attributes(xml[cell.element.start : cell.element.inner]).get("s", "0")
            code = codes[int(style)] if style.isdecimal() and int(style) < len(codes) else GENERAL
            if code != GENERAL:
                formats[row.number, cell.column] = code
    return Shown(formats, frozenset(hidden_rows), _hidden_columns(xml))


def _hidden(tag: bytes) -> bool:
    return scan.attributes(tag).get("hidden", "") in _TRUE


def _hidden_columns(xml: bytes) -> frozenset[int]:
    listed = scan.first(xml, "cols")
    hidden: set[int] = set()
    if listed is not None:
        for span in scan.elements(xml, "col", listed.inner, listed.close):
            given = scan.attributes(xml[span.start : span.inner])
            first, last = given.get("min", ""), given.get("max", "")
            if given.get("hidden", "") in _TRUE and first.isdecimal() and last.isdecimal():
                hidden.update(range(int(first), min(int(last), _MOST_COLUMNS) + 1))
    return frozenset(hidden)


def _codes(package: Package, workbook: Workbook) -> list[str]:
    """The code of each cell format (xf), in order."""
    parts = [one.target for one in workbook.relationships if one.kind == "styles"]
    if not parts or not package.has(parts[0]):
        return []
    xml = scan.plain(package.xml_text(parts[0]))
    own = {}
    if (listed := scan.first(xml, "numFmts")) is not None:
        for span in scan.elements(xml, "numFmt", listed.inner, listed.close):
            given = scan.attributes(xml[span.start : span.inner])
            own[given.get("numFmtId", "")] = given.get("formatCode", GENERAL)
    codes = []
    if (listed := scan.first(xml, "cellXfs")) is not None:
        for span in scan.elements(xml, "xf", listed.inner, listed.close):
            number = scan.attributes(xml[span.start : span.inner]).get("numFmtId", "0")
            built_in = {**_BUILT_IN, **_CHINESE_DATES}
            known = built_in.get(int(number), GENERAL) if number.isdecimal() else GENERAL
            codes.append(own.get(number, known))
    return codes
