"""Neighbouring cells with one and the same fault, as one paste or one habit leaves them.

Numbers pasted as texts, "-" all along a row, 25 for 25 % in each quarter: one finding at the first
cell names the others, with what should stand in each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Cause, Finding
from workbook_tools.checks.words import number_in
from workbook_tools.ooxml.address import from_a1
from workbook_tools.standard.inputs import NUMBER_TYPES
from workbook_tools.standard.severity import SEVERITY_ORDER

_ALIKE = ("number-as-text", "not-a-number", "out-of-range")
_BLANK = "required-blank"
"""Of these only the cells of one column of a table; single cells each have a name of their own."""
_FEW = 3
"""Cells that are told one by one."""
_LISTED = 8
"""Cells of which it is said what should stand there."""


def told_together(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each run of more than a few as one, of which follows what follows from any."""
    places = {one.as_cause: number for number, one in enumerate(findings)}
    told: dict[int, Finding] = dict(enumerate(findings))
    first: dict[Cause, Cause] = {}
    for run in _runs(case, findings):
        at, *others = (places[one.as_cause] for one in run)
        told[at] = _as_one(run)
        for other in others:
            del told[other]
        first |= {one.as_cause: run[0].as_cause for one in run}
    return [_following(one, first) for one in told.values()] if first else list(findings)


def _runs(case: Case, findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Neighbours of one kind, down a column or, of those that are left, along a row."""
    by_kind: defaultdict[tuple[str, str, str], dict[tuple[int, int], Finding]]
    by_kind = defaultdict(dict)
    for one in findings:
        column = one.field if one.name == _BLANK and "." in one.field else ""
        if (one.name in _ALIKE or column) and one.cell and not one.causes:
            by_kind[one.name, one.sheet, column][from_a1(one.cell)] = one
    for (_, sheet, _), found in by_kind.items():
        if len(found) > _FEW:
            inputs = {
                from_a1(one.entry.cell)
                for one in case.slots
                if one.entry.sheet == sheet and one.entry.cell and one.spec.type in NUMBER_TYPES
            }
            left = dict(found)
            for line, along in ((1, 0), (0, 1)):
                for run in _neighbours(
                    sorted(inputs, key=lambda at: (at[line], at[along])), left, line
                ):
                    yield [left.pop(at) for at in run]


def _neighbours(
    inputs: Sequence[tuple[int, int]], found: Mapping[tuple[int, int], Finding], line: int
) -> list[list[tuple[int, int]]]:
    """The cells with a finding between which no other input stands, in one line."""
    runs: list[list[tuple[int, int]]] = [[]]
    for at in inputs:
        if at not in found:
            runs.append([])
            continue
        if runs[-1] and runs[-1][-1][line] != at[line]:
            runs.append([])
        runs[-1].append(at)
    return [run for run in runs if len(run) > _FEW]


def _as_one(run: Sequence[Finding]) -> Finding:
    """The first, with the cells of the others and what should stand there."""
    first, *others = run
    numbers = [one for one in others if number_in(one.expected) is not None]
    due = [f"{one.cell} 应为 {one.expected}" for one in numbers]
    listed = "、".join(due[:_LISTED]) + (" 等" if len(due) > _LISTED else "")
    return msgspec.structs.replace(
        first,
        severity=min((one.severity for one in run), key=SEVERITY_ORDER.__getitem__),
        message=f"{first.message}{others[0].cell} 至 {others[-1].cell} 的 {len(others)} 格"
        f"也是这样，请一并改正{f'：{listed}' if listed else ''}。",
    )


def _following(finding: Finding, first: Mapping[Cause, Cause]) -> Finding:
    causes = tuple(dict.fromkeys(first.get(one, one) for one in finding.causes))
    return finding if causes == finding.causes else msgspec.structs.replace(finding, causes=causes)
