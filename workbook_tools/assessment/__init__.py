"""The whole way for one workbook, its record, and the same for many, in order."""

from workbook_tools.assessment.assessing import Assessment, assess, assess_or_refuse, refused
from workbook_tools.assessment.record import NumberText, Record, Score, Totals, record

__all__ = [
    "Assessment",
    "NumberText",
    "Record",
    "Score",
    "Totals",
    "assess",
    "assess_or_refuse",
    "record",
    "refused",
]
