"""(Submission, Evaluation) -> findings: one check, one function, one code."""

from workbook_tools.checks import (
    cells,
    codes,
    contents,
    errata,
    formulas,
    inputs,
    measures,
    narrative,
    natures,
    own_rows,
    ranges,
    relations,
    scores,
    shares,
    table_rows,
    untouched,
    workbook,
)
from workbook_tools.checks.catalogue import findings_markdown
from workbook_tools.checks.finding import Finding, Kind
from workbook_tools.checks.registry import UnknownFindingError, checks, kind, kinds, make
from workbook_tools.checks.results import doubtful
from workbook_tools.checks.running import check
from workbook_tools.checks.units import has_doubtful_amounts
from workbook_tools.checks.untouched import is_blank
from workbook_tools.checks.workbook import refusal

FAMILIES = (
    workbook,
    contents,
    untouched,
    cells,
    inputs,
    ranges,
    shares,
    natures,
    codes,
    table_rows,
    scores,
    own_rows,
    measures,
    formulas,
    relations,
    narrative,
    errata,
)
"""The modules whose import puts all kinds and checks on the register."""

__all__ = [
    "FAMILIES",
    "Finding",
    "Kind",
    "UnknownFindingError",
    "check",
    "checks",
    "doubtful",
    "findings_markdown",
    "has_doubtful_amounts",
    "is_blank",
    "kind",
    "kinds",
    "make",
    "refusal",
]
