"""stub"""
from __future__ import annotations
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Problem, Source
def lint(standard: Standard, source: Source) -> list[Problem]:
    """Stub."""
    return []
