"""A self-evaluation report (.docx or text) into a workbook, each filled cell with its source."""

from workbook_tools.importing.document import ReportError
from workbook_tools.importing.entries import NotPlaced, Placed
from workbook_tools.importing.reports import Imported, import_report

__all__ = ["Imported", "NotPlaced", "Placed", "ReportError", "import_report"]
