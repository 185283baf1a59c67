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
from workbook_tools.submission.reader import output_names, read_submission

__all__ = [
    "Entry",
    "FormulaColumn",
    "Origin",
    "Recalculation",
    "Row",
    "Stored",
    "Submission",
    "SubmissionRefused",
    "output_names",
    "read_submission",
]
