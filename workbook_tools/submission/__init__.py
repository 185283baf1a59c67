"""Filled workbook -> Submission: typed inputs, each with the cell that it came from."""

from workbook_tools.submission.model import (
    Entry,
    FormulaColumn,
    Origin,
    Recalculation,
    Row,
    Stored,
    Submission,
    SubmissionRefused,
)
from workbook_tools.submission.reader import (
    open_package,
    output_names,
    read_submission,
    submission_in,
)

__all__ = [
    "Entry",
    "FormulaColumn",
    "Origin",
    "Recalculation",
    "Row",
    "Stored",
    "Submission",
    "SubmissionRefused",
    "open_package",
    "output_names",
    "read_submission",
    "submission_in",
]
