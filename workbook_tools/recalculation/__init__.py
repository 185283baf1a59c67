"""A workbook's own formulas, calculated anew by an independent interpreter, outside this process.

Only where stored results are missing or in doubt. What the formulas give never changes a score.
"""

from workbook_tools.recalculation.running import recalculate

__all__ = ["recalculate"]
