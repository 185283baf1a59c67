"""The .xlsx package: opened safely, read by name, annotated so that every other byte stays.

Knows nothing about scoring. Reading: `open_workbook` gives a `Workbook` with its sheets, defined
names and wanted cells; a file that cannot be read is a `PackageError` with advice in Chinese.
"""

from .address import Area, from_a1, parse_area, quote_sheet, to_a1
from .cells import BLANK, LOST_FORMULA, Cell
from .contents import Contents, contents_of
from .dates import from_serial, to_serial
from .errors import PackageError
from .formula import FormulaToken, shift, tokens
from .limits import Limits, LimitsError, usual_limits
from .names import DefinedNames
from .package import Package, PackageSource, Relationship, name_of
from .workbook import Workbook, WorkbookSheet, open_workbook

__all__ = [
    "BLANK",
    "LOST_FORMULA",
    "Area",
    "Cell",
    "Contents",
    "DefinedNames",
    "FormulaToken",
    "Limits",
    "LimitsError",
    "Package",
    "PackageError",
    "PackageSource",
    "Relationship",
    "Workbook",
    "WorkbookSheet",
    "contents_of",
    "from_a1",
    "from_serial",
    "name_of",
    "open_workbook",
    "parse_area",
    "quote_sheet",
    "shift",
    "to_a1",
    "to_serial",
    "tokens",
    "usual_limits",
]
