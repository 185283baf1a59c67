"""The round before: what an earlier summary says of each department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import msgspec

from workbook_tools.checks import Finding
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.standard import Standard
from workbook_tools.standard.unit_codes import unit_code


class PreviousError(WorkbookToolsError):
    """The earlier round cannot be compared with; the message (Chinese) says why."""


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """A department as it stood; ``points`` and ``rank`` are None where the total was incomplete.

    Then ``low`` and ``high`` say what it could still be, unless a summary does not tell.
    """

    code: str
    name: str
    rank: int | None
    points: Fraction | None
    grade: str
    low: Fraction | None = None
    high: Fraction | None = None
    findings: Sequence[Finding] = ()


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """The departments of an earlier round, by :func:`identity`, and its standard's id."""

    path: Path
    standard: str
    departments: Mapping[str, Before]


def identity(code: str, name: str) -> str:
    """By what a department is known again: its code, else its name."""
    return unit_code(code) or f"\n{name}"


def check_comparable(previous: Previous, standard: Standard) -> None:
    """Raise PreviousError where the earlier round was scored by another standard."""
    if previous.standard != standard.id:
        raise PreviousError(
            f"{previous.path.name} 采用的评分标准是 {previous.standard}，"
            f"本次汇总的是 {standard.id}，不能比较。"
        )
