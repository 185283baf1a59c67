"""Submission -> Evaluation: every indicator recomputed with exact arithmetic.

Independent of the template on purpose: both know the standard, neither knows how the other
computes it.
"""

from workbook_tools.scoring.evaluation import evaluate
from workbook_tools.scoring.model import Evaluation, Hold, Result, RowResult, Status, Total
from workbook_tools.scoring.readings import Sensitivity, sensitivity, under_readings
from workbook_tools.scoring.totals import grade
from workbook_tools.scoring.wording import explain_result
from workbook_tools.scoring.wording_rows import explain_row
from workbook_tools.scoring.wording_total import explain_total

__all__ = [
    "Evaluation",
    "Hold",
    "Result",
    "RowResult",
    "Sensitivity",
    "Status",
    "Total",
    "evaluate",
    "explain_result",
    "explain_row",
    "explain_total",
    "grade",
    "sensitivity",
    "under_readings",
]
