"""What somebody did in one go, where it left many overwritten formulas: one act is one finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from workbook_tools.checks.faults import Fault
from workbook_tools.ooxml import from_a1
from workbook_tools.standard.contract import column_name
from workbook_tools.standard.tables import Table
from workbook_tools.submission.model import Submission

_FEW = 3
"""Overwritten formulas of a sheet that are told one by one; more were pasted over together."""


class Act(msgspec.Struct, frozen=True):
    """Overwritten formulas that belong together.

    ``kind``: a single "cell" (or neighbouring rows of one column), "rows" that were put into a
    table without its formulas, or a part of a "sheet" that became values. ``rows`` are the numbers
    of the first and last row, ``table`` the table that they were put into.
    """

    kind: Literal["cell", "rows", "sheet"]
    faults: tuple[Fault, ...]
    rows: tuple[int, int] = (0, 0)
    table: Table | None = None


def acts(submission: Submission, overwritten: Sequence[Fault]) -> Iterator[Act]:
    """The acts behind overwritten formulas, sheet by sheet.

    Rows put into a table in which nothing was filled in do no harm and are left out.
    """
    for _, here in groupby(overwritten, key=lambda fault: fault.sheet):
        left = list(here)
        for act in _inserted(submission, left):
            left = [fault for fault in left if fault not in act.faults]
            first, last = act.rows
            assert act.table is not None
            if any(first <= row.number <= last for row in submission.tables[act.table.id]):
                yield act
        if len(left) > _FEW:
            yield Act("sheet", tuple(left))
        else:
            yield from (Act("cell", (fault,)) for fault in left)


def _inserted(submission: Submission, faults: Sequence[Fault]) -> Iterator[Act]:
    """Blank cells in the same rows of several formula columns of a table."""
    for table in submission.standard.tables:
        beside = [name for name in submission.row_formulas if name.startswith(_prefix(table))]
        groups: dict[tuple[int, int], list[Fault]] = {}
        for fault in faults:
            if fault.name in beside and not fault.actual:
                first = from_a1(fault.cell)[0]
                groups.setdefault((first, first + fault.rows - 1), []).append(fault)
        for rows, together in groups.items():
            if len(together) == len(beside) > 1:
                yield Act("rows", tuple(together), rows, table)


def _prefix(table: Table) -> str:
    return column_name(table.id, "")
