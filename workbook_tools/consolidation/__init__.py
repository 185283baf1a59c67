"""Many workbooks -> one summary workbook.

    result = consolidate(["submissions/"], "summary.xlsx", roster="roster.csv")
    result.ranking  # pandas

The steps stand on their own as well: find workbooks (:mod:`workbook_tools.intake.sources`), turn
each into an outcome (:mod:`workbook_tools.assessment.gathering`), keep little of it
(:mod:`.round.keeping`), put the outcomes together (:mod:`.round.merging`), write the sheets
(:mod:`.summary.workbook`).
"""

from __future__ import annotations

from workbook_tools.assessment.cache import Cache, CacheError
from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import Outcome, assess_file
from workbook_tools.consolidation.consolidating import consolidate, consolidate_records
from workbook_tools.consolidation.counties import consolidate_counties
from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.departments import Department, Standing
from workbook_tools.consolidation.round.merging import Merged, merge, prevailing_standard
from workbook_tools.consolidation.round.notices import NOTICE_NAMES, Notice
from workbook_tools.consolidation.round.previous import (
    Previous,
    PreviousError,
)
from workbook_tools.consolidation.round.province import County, Province
from workbook_tools.consolidation.summary.document import DOCUMENT
from workbook_tools.files.targets import TargetRefused
from workbook_tools.intake.roster import Roster, RosterError, RosterRow, read_roster
from workbook_tools.intake.sources import (
    PassedOver,
    SourceError,
    Sources,
    find_workbooks,
    opened,
)
from workbook_tools.intake.summaries import is_summary

__all__ = [
    "DOCUMENT",
    "NOTICE_NAMES",
    "Cache",
    "CacheError",
    "Consolidation",
    "County",
    "Department",
    "Merged",
    "Notice",
    "Outcome",
    "PassedOver",
    "Previous",
    "PreviousError",
    "Province",
    "Roster",
    "RosterError",
    "RosterRow",
    "SourceError",
    "Sources",
    "Standing",
    "TargetRefused",
    "assess_file",
    "consolidate",
    "consolidate_counties",
    "consolidate_records",
    "find_workbooks",
    "gather",
    "is_summary",
    "merge",
    "opened",
    "prevailing_standard",
    "read_roster",
]
