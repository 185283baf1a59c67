"""workbook-tools: Excel workbooks for the self-evaluation of departments' overall expenditure.

The names below are loaded when first used, so that ``import workbook_tools`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from workbook_tools.version import __version__ as __version__

if TYPE_CHECKING:
    from workbook_tools.annotation import annotate, clean
    from workbook_tools.assessment import assess, record
    from workbook_tools.checks import check
    from workbook_tools.consolidation import consolidate
    from workbook_tools.importing import import_report
    from workbook_tools.report import write_overview, write_report
    from workbook_tools.scoring import evaluate
    from workbook_tools.standard import load_standard
    from workbook_tools.submission import read_submission
    from workbook_tools.template import build_template

__all__ = [
    "annotate",
    "assess",
    "build_template",
    "check",
    "clean",
    "consolidate",
    "evaluate",
    "import_report",
    "load_standard",
    "read_submission",
    "record",
    "write_overview",
    "write_report",
]

_HOMES = {
    "annotate": "annotation",
    "assess": "assessment",
    "build_template": "template",
    "check": "checks",
    "clean": "annotation",
    "consolidate": "consolidation",
    "evaluate": "scoring",
    "import_report": "importing",
    "load_standard": "standard",
    "read_submission": "submission",
    "record": "assessment",
    "write_overview": "report",
    "write_report": "report",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
