"""The whole way for one workbook, its record, and the same for many, in order."""

from workbook_tools.assessment.assessing import (
    Assessment,
    Number,
    Record,
    Score,
    Totals,
    assess,
    assess_or_refuse,
    record,
    refused,
)

__all__ = [
    "Assessment",
    "Number",
    "Record",
    "Score",
    "Totals",
    "assess",
    "assess_or_refuse",
    "record",
    "refused",
]
