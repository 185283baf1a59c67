"""Submission -> Evaluation: every indicator recomputed with exact arithmetic.

Independent of the template on purpose: both know the standard, neither knows how the other
computes it.
"""

from workbook_tools.scoring.evaluation import evaluate, grade
from workbook_tools.scoring.model import Evaluation, Result, Status, Total
from workbook_tools.scoring.readings import Sensitivity, sensitivity
from workbook_tools.scoring.wording import explain_result
from workbook_tools.standard.naming import name_of

__all__ = [
    "Evaluation",
    "Result",
    "Sensitivity",
    "Status",
    "Total",
    "evaluate",
    "explain_result",
    "grade",
    "name_of",
    "sensitivity",
]
