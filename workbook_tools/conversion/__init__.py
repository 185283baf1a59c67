"""Files of older and other formats -> .xlsx and .docx, by LibreOffice where it is installed."""

from workbook_tools.conversion.kinds import FileKind, kind_of
from workbook_tools.conversion.workbooks import open_workbook_file

__all__ = ["FileKind", "kind_of", "open_workbook_file"]
