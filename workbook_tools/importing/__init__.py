"""A self-evaluation report or form into a workbook, each filled cell with its source."""

from workbook_tools.importing.document import ReportError
from workbook_tools.importing.entries import NotPlaced, Placed
from workbook_tools.importing.reports import Imported, import_forms, import_report

__all__ = ["Imported", "NotPlaced", "Placed", "ReportError", "import_forms", "import_report"]
