"""From a standard to the workbook that departments fill in."""

from workbook_tools.template.build import build_template
from workbook_tools.template.filling import (
    CellValue,
    Filling,
    StoredResult,
    TemplateError,
    TypedFormula,
)
from workbook_tools.template.pattern import build_issued

__all__ = [
    "CellValue",
    "Filling",
    "StoredResult",
    "TemplateError",
    "TypedFormula",
    "build_issued",
    "build_template",
]
