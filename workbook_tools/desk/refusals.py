"""What the desk tells a person instead of what was asked for."""

from __future__ import annotations

from workbook_tools.errors import WorkbookToolsError


class DeskRefused(WorkbookToolsError):  # noqa: N818 - it is an answer to a person, not a fault
    """What was asked for would not do; the message (Chinese) says why and what to do."""
