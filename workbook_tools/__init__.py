"""workbook-tools: Excel workbooks for the self-evaluation of departments' overall expenditure.

All that a program needs is had from here; each name is loaded when first used, so that
``import workbook_tools`` stays cheap. The tree of errors is drawn in :mod:`workbook_tools.errors`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from workbook_tools.version import __version__ as __version__

if TYPE_CHECKING:
    from workbook_tools.annotation import (
        Annotation,
        ChangedCopyError,
        NotOurCopyError,
        annotate,
        clean,
    )
    from workbook_tools.archiving import (
        ArchiveCheck,
        Archived,
        ArchiveDifference,
        NotAnArchiveError,
        check_archive,
        write_archive,
    )
    from workbook_tools.assessment import Assessment, Record, Score, Totals, assess, record
    from workbook_tools.assessment.cache import Cache, CacheError
    from workbook_tools.assessment.gathering import gather
    from workbook_tools.assessment.outcomes import Outcome
    from workbook_tools.checks import Finding, UnknownFindingError, check
    from workbook_tools.consolidation import (
        Consolidation,
        County,
        Department,
        Notice,
        Previous,
        PreviousError,
        Province,
        Standing,
        consolidate,
        consolidate_counties,
        consolidate_records,
    )
    from workbook_tools.errors import WorkbookToolsError
    from workbook_tools.excel import ExcelError
    from workbook_tools.files.targets import TargetRefused
    from workbook_tools.importing import (
        Imported,
        NotPlaced,
        Placed,
        ReportError,
        import_forms,
        import_report,
    )
    from workbook_tools.intake.roster import Roster, RosterError, RosterRow, read_roster
    from workbook_tools.intake.sources import PassedOver, SourceError, Sources, find_workbooks
    from workbook_tools.jobs.frames import to_frame
    from workbook_tools.jobs.task import TaskRefused
    from workbook_tools.jobs.validating import Validation, validate
    from workbook_tools.ooxml import Limits, LimitsError, PackageError
    from workbook_tools.report import write_overview, write_report
    from workbook_tools.report.paper.pdf import PdfError
    from workbook_tools.running.bounds import Bounds
    from workbook_tools.running.cluster import ClusterError, cluster
    from workbook_tools.running.errors import BoundsError
    from workbook_tools.running.lost import Lost
    from workbook_tools.running.workers import Workers
    from workbook_tools.scoring import Evaluation, Result, Total, evaluate, explain_result
    from workbook_tools.standard import Standard, StandardError, list_standards, load_standard
    from workbook_tools.submission import Entry, Row, Submission, SubmissionRefused, read_submission
    from workbook_tools.template import build_template
    from workbook_tools.template.filling import TemplateError

__all__ = [
    "Annotation",
    "ArchiveCheck",
    "ArchiveDifference",
    "Archived",
    "Assessment",
    "Bounds",
    "BoundsError",
    "Cache",
    "CacheError",
    "ChangedCopyError",
    "ClusterError",
    "Consolidation",
    "County",
    "Department",
    "Entry",
    "Evaluation",
    "ExcelError",
    "Finding",
    "Imported",
    "Limits",
    "LimitsError",
    "Lost",
    "NotAnArchiveError",
    "NotOurCopyError",
    "NotPlaced",
    "Notice",
    "Outcome",
    "PackageError",
    "PassedOver",
    "PdfError",
    "Placed",
    "Previous",
    "PreviousError",
    "Province",
    "Record",
    "ReportError",
    "Result",
    "Roster",
    "RosterError",
    "RosterRow",
    "Row",
    "Score",
    "SourceError",
    "Sources",
    "Standard",
    "StandardError",
    "Standing",
    "Submission",
    "SubmissionRefused",
    "TargetRefused",
    "TaskRefused",
    "TemplateError",
    "Total",
    "Totals",
    "UnknownFindingError",
    "Validation",
    "WorkbookToolsError",
    "Workers",
    "annotate",
    "assess",
    "build_template",
    "check",
    "check_archive",
    "clean",
    "cluster",
    "consolidate",
    "consolidate_counties",
    "consolidate_records",
    "evaluate",
    "explain_result",
    "find_workbooks",
    "gather",
    "import_forms",
    "import_report",
    "list_standards",
    "load_standard",
    "read_roster",
    "read_submission",
    "record",
    "to_frame",
    "validate",
    "write_archive",
    "write_overview",
    "write_report",
]

_HOMES = {
    "annotation": (
        "Annotation",
        "ChangedCopyError",
        "NotOurCopyError",
        "annotate",
        "clean",
    ),
    "archiving": (
        "ArchiveCheck",
        "ArchiveDifference",
        "Archived",
        "NotAnArchiveError",
        "check_archive",
        "write_archive",
    ),
    "assessment": (
        "Assessment",
        "Record",
        "Score",
        "Totals",
        "assess",
        "record",
    ),
    "assessment.cache": (
        "Cache",
        "CacheError",
    ),
    "assessment.gathering": ("gather",),
    "assessment.outcomes": ("Outcome",),
    "checks": (
        "Finding",
        "UnknownFindingError",
        "check",
    ),
    "consolidation": (
        "Consolidation",
        "County",
        "Department",
        "Notice",
        "Previous",
        "PreviousError",
        "Province",
        "Standing",
        "consolidate",
        "consolidate_counties",
        "consolidate_records",
    ),
    "errors": ("WorkbookToolsError",),
    "excel": ("ExcelError",),
    "files.targets": ("TargetRefused",),
    "importing": (
        "Imported",
        "NotPlaced",
        "Placed",
        "ReportError",
        "import_forms",
        "import_report",
    ),
    "intake.roster": (
        "Roster",
        "RosterError",
        "RosterRow",
        "read_roster",
    ),
    "intake.sources": (
        "PassedOver",
        "SourceError",
        "Sources",
        "find_workbooks",
    ),
    "jobs.frames": ("to_frame",),
    "jobs.task": ("TaskRefused",),
    "jobs.validating": (
        "Validation",
        "validate",
    ),
    "ooxml": (
        "Limits",
        "LimitsError",
        "PackageError",
    ),
    "report": (
        "write_overview",
        "write_report",
    ),
    "report.paper.pdf": ("PdfError",),
    "running.bounds": ("Bounds",),
    "running.cluster": (
        "ClusterError",
        "cluster",
    ),
    "running.errors": ("BoundsError",),
    "running.lost": ("Lost",),
    "running.workers": ("Workers",),
    "scoring": (
        "Evaluation",
        "Result",
        "Total",
        "evaluate",
        "explain_result",
    ),
    "standard": (
        "Standard",
        "StandardError",
        "list_standards",
        "load_standard",
    ),
    "submission": (
        "Entry",
        "Row",
        "Submission",
        "SubmissionRefused",
        "read_submission",
    ),
    "template": ("build_template",),
    "template.filling": ("TemplateError",),
}
"""By module: the names that are had from it."""
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
