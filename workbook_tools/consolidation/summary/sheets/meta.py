"""_meta: the very hidden sheet by which a summary of ours is recognised."""

from __future__ import annotations

import datetime

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables import findings
from workbook_tools.intake.summaries import SUMMARY_NAME
from workbook_tools.version import __version__

SCHEMA = 2


def write(book: TableBook, consolidation: Round, when: datetime.datetime) -> None:
    """Write the sheet, and the defined name on its identity."""
    page = TablePage(book, "_meta")
    rows = (
        ("schema", str(SCHEMA)),
        ("tool", f"workbook-tools {__version__}"),
        ("standard", consolidation.standard.id),
        ("standard_version", consolidation.standard.version),
        ("created", when.isoformat(timespec="minutes")),
        ("findings", str(findings.count(consolidation))),
    )
    for number, (key, value) in enumerate(rows):
        page.put(number, 0, key, book.style())
        page.put(number, 1, value, book.style())
    book.workbook.define_name(SUMMARY_NAME, f"=_meta!$A$1:$B${len(rows)}")
    page.sheet.very_hidden()
