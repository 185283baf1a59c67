"""What running raises to those who ask for a bound."""

from __future__ import annotations

from workbook_tools.errors import WorkbookToolsError


class BoundsError(WorkbookToolsError):
    """A bound was asked for that cannot be kept here; the message (Chinese) says what to do."""
