"""Lost names told by what was deleted: a column, a row, many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from workbook_tools.checks.places import places
from workbook_tools.standard.contract import (
    GRADE_NAMES,
    SCORE_SHEET_ID,
    TOTAL_NAMES,
    column_name,
    fields,
)
from workbook_tools.standard.model import Standard
from workbook_tools.standard.severity import Severity

_FEW = 3
"""Rows of a sheet whose loss is told one by one; more were deleted together."""


class Loss(msgspec.Struct, frozen=True):
    """Names that one act took away: what is ``said`` of it, and the ``advice``."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    severity: Severity
    said: str
    advice: str


def losses(standard: Standard, lost: Sequence[str]) -> Iterator[Loss]:
    """What was deleted, by the contract's names that a workbook lacks."""
    known = places(standard)
    left = set(lost)
    for label, names, required in _columns(standard, left):
        if left.issuperset(names):
            names = names | _singles(standard, known[min(names)].sheet, left)
            left -= names
            yield _column(label, sorted(names, key=lost.index), required)
    rows: dict[str, dict[str, list[str]]] = {}
    for name in lost:
        if name in left:
            place = known[name]
            rows.setdefault(place.sheet, {}).setdefault(place.group, []).append(name)
    for groups in rows.values():
        if len(groups) > _FEW:
            yield _rows(
                standard, [name for names in groups.values() for name in names], len(groups)
            )
        else:
            yield from (_rows(standard, names, 1) for names in groups.values())


def _singles(standard: Standard, sheet: str, lost: set[str]) -> frozenset[str]:
    """The lost single cells of a sheet: they stand above or below the column that was deleted."""
    totals = (*TOTAL_NAMES, *GRADE_NAMES) if sheet == SCORE_SHEET_ID else ()
    return frozenset(lost.intersection(totals)) | frozenset(
        one.name
        for one in fields(standard).values()
        if one.sheet == sheet and not one.indicator and one.name in lost
    )


def _columns(standard: Standard, lost: set[str]) -> Iterator[tuple[str, frozenset[str], bool]]:
    """The columns of tables and of the score table: label, names, whether they must be filled.

    Those of a table of which nothing is left were not deleted one by one.
    """
    for table in standard.tables:
        names = {column_name(table.id, one.id): one for one in table.columns}
        if not lost.issuperset(names):
            for name, column in names.items():
                yield f"{table.label}：{column.label}", frozenset((name,)), column.required
    found: dict[str, list[str]] = {}
    labels: dict[str, tuple[str, bool]] = {}
    for field in fields(standard).values():
        if field.sheet == SCORE_SHEET_ID and field.indicator:
            title = next(one.title for one in standard.indicators if one.id == field.indicator)
            found.setdefault(field.role, []).append(field.name)
            labels[field.role] = field.label.removeprefix(title), field.required
    for role, (label, required) in labels.items():
        yield label, frozenset(found[role]), required


def _column(label: str, names: Sequence[str], needed: bool) -> Loss:
    return Loss(
        tuple(names),
        (label,),
        "error" if needed else "warning",
        f"“{label}”一列找不到了，可能已被删除",
        "请从原模板恢复该列，或在原模板中重新填报；不需要的列请留空，不要删除。",
    )


def _rows(standard: Standard, names: Sequence[str], rows: int) -> Loss:
    known = places(standard)
    labels = [known[name].label for name in names]
    entered = any(known[name].entered for name in names)
    named = "、".join(f"“{label}”" for label in (labels if rows == 1 else labels[:_FEW]))
    many = f"等 {len(labels)} 格" if rows > 1 else ""
    return Loss(
        tuple(names),
        tuple(labels),
        "error" if entered else "warning",
        f"找不到{named}{many}，所在的行或名称可能已被删除",
        "请从原模板恢复，或在原模板中重新填报；不需要的行请留空，不要删除。",
    )
