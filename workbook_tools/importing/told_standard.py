"""Which standard a document is of, by its own words."""

from __future__ import annotations

from workbook_tools.importing.document import Document
from workbook_tools.importing.own_report import is_own_report
from workbook_tools.standard import Standard, list_standards, load_standard


def told_standard(document: Document) -> Standard | None:
    """The shipped standard that a document names; None where it names none."""
    for name in list_standards():
        if is_own_report(document, standard := load_standard(name)):
            return standard
    return None
