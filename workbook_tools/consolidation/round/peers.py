"""Departments held beside those like them: medians, spreads, and who stands apart.

No distribution is supposed: the middle is the median, the spread the median distance from it (MAD),
and what is far is so many times that. Groups that are small are not compared, and that is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import msgspec

from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.quantities import point_share, quantity
from workbook_tools.figures import amount
from workbook_tools.scoring.arithmetic import is_below
from workbook_tools.standard import Standard
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.peers import Peers
from workbook_tools.standard.rules import Rows

UNGROUPED = "未分组"
OVER = "own_over_fulfilment"
"""The id of the share of a department's own indicators whose target was beaten by far."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity in which departments are compared: a ratio, or the share of an indicator's points.

    ``at``: the field whose cell is meant. ``least``: the spread taken for normal at least.
    """

    id: str
    label: str
    kind: Literal["ratio", "indicator", "own"]
    shown: Literal["share", "money"]
    least: Fraction
    at: str
    of: str = ""


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity in a group: how many have it, and, unless they are few, the middle and spread."""

    group: str
    what: Compared
    count: int
    members: int
    middle: Fraction | None = None
    deviation: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    apart: int = 0


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """A department that stands apart in a quantity, and how many times the usual spread."""

    item: Department
    value: Fraction
    spread: Spread
    times: Fraction


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """All of a round: the quantities, the group of each department in their order, the outcome.

    ``values``: of each department, those that are no indicator's, whose shares its scores say.
    """

    compared: tuple[Compared, ...]
    groups: tuple[str, ...]
    values: tuple[tuple[Fraction | None, ...], ...]
    spreads: tuple[Spread, ...]
    apart: tuple[Apart, ...]

    def spread(self, group: str, identity: str) -> Spread | None:
        """The spread of a quantity in a group."""
        found = (one for one in self.spreads if one.group == group and one.what.id == identity)
        return next(found, None)


def compare(standard: Standard, departments: Sequence[Department]) -> Comparison | None:
    """Hold all departments beside those like them; None where the standard compares nothing.

    Groups are the roster's where it has any, else by size. A department whose amounts look as if
    typed in 元 is in no group.
    """
    if standard.peers is None:
        return None
    what = tuple(_compared(standard, standard.peers))
    listed = any(item.kind for item in departments)
    groups = tuple(_group(standard, standard.peers, item, listed) for item in departments)
    members: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    ordered = _in_order(standard.peers, standard, members)
    spreads: dict[tuple[str, str], Spread] = {}
    apart, shown = list[Apart](), list[list[Fraction | None]]()
    for one in what:
        values = [_value(standard, item, one) for item in departments]
        if one.kind != "indicator":
            shown.append(values)
        for group in ordered:
            having = [
                (departments[place], value)
                for place in members[group]
                if (value := values[place]) is not None
            ]
            known = [value for _, value in having]
            spread, distances = _spread(standard.peers, group, one, known, len(members[group]))
            found = list(_apart(standard.peers, spread, having, distances))
            spread = msgspec.structs.replace(spread, apart=len(found))
            spreads[group, one.id] = spread
            apart += (msgspec.structs.replace(each, spread=spread) for each in found)
    apart.sort(key=lambda each: (-each.times, each.item.code, each.spread.what.id))
    return Comparison(
        compared=what,
        groups=groups,
        values=tuple(tuple(values[place] for values in shown) for place in range(len(departments))),
        spreads=tuple(spreads[group, one.id] for group in ordered for one in what),
        apart=tuple(apart),
    )


def _compared(standard: Standard, peers: Peers) -> Iterator[Compared]:
    for ratio in peers.ratios:
        yield Compared(
            id=ratio.id,
            label=ratio.label,
            kind="ratio",
            shown=ratio.shown,
            least=ratio.least,
            at=ratio.at,
            of=ratio.of,
        )
    if any(isinstance(one.rule, Rows) and one.rule.over for one in standard.indicators):
        yield Compared(
            id=OVER,
            label="自提指标超额较多占比",
            kind="own",
            shown="share",
            least=peers.least,
            at="",
        )
    for indicator in standard.indicators:
        yield Compared(
            id=indicator.id,
            label=f"{indicator.title}得分率",
            kind="indicator",
            shown="share",
            least=peers.least,
            at=f"self_{indicator.id}",
        )


def _value(standard: Standard, item: Department, what: Compared) -> Fraction | None:
    match what.kind:
        case "ratio":
            return quantity(standard, item, what.of)
        case "indicator":
            return point_share(item, what.id)
        case "own":
            rows = item.record.rows
            return Fraction(sum(row.beaten for row in rows), len(rows)) if rows else None


def _group(standard: Standard, peers: Peers, item: Department, listed: bool) -> str:
    size = item.fact(peers.size)
    if item.doubtful:
        return UNGROUPED
    if listed:
        return item.kind or UNGROUPED
    return (
        UNGROUPED if size is None else _bands(standard, peers)[sum(size >= b for b in peers.bounds)]
    )


def _bands(standard: Standard, peers: Peers) -> list[str]:
    """The names of the groups by size, from small to large."""
    name, bounds = name_of(standard, peers.size), [amount(one) for one in peers.bounds]
    if not bounds:
        return ["全部"]
    between = [f"{low}～{high} 万元" for low, high in pairwise(bounds)]
    return [
        f"{name} {one}" for one in (f"{bounds[0]} 万元以下", *between, f"{bounds[-1]} 万元以上")
    ]


def _in_order(peers: Peers, standard: Standard, members: dict[str, list[int]]) -> list[str]:
    bands = _bands(standard, peers)
    return sorted(
        (group for group in members if group != UNGROUPED),
        key=lambda group: (bands.index(group) if group in bands else 0, group),
    )


def _spread(
    peers: Peers, group: str, what: Compared, known: Sequence[Fraction], members: int
) -> tuple[Spread, Sequence[Fraction]]:
    """The spread of the values of a group, and how far each is from their middle."""
    told = Spread(group=group, what=what, count=len(known), members=members)
    if len(known) < peers.few:
        return told, ()
    ordered = sorted(known, key=_order)
    middle = _middle(ordered)
    distances = [abs(value - middle) for value in known]
    spread = msgspec.structs.replace(
        told,
        middle=middle,
        deviation=_middle(sorted(distances, key=_order)),
        low=ordered[0],
        high=ordered[-1],
    )
    return spread, distances


def _order(value: Fraction) -> tuple[float, Fraction]:
    """The order of fractions, for the most part by floats, which are compared ten times as fast."""
    return float(value), value


def _middle(ordered: Sequence[Fraction]) -> Fraction:
    """The median."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _apart(
    peers: Peers,
    spread: Spread,
    having: Sequence[tuple[Department, Fraction]],
    distances: Sequence[Fraction],
) -> Iterator[Apart]:
    if spread.deviation is None:
        return
    usual = max(spread.deviation, spread.what.least)
    most = peers.times * usual
    for (item, value), distance in zip(having, distances, strict=True):
        if is_below(most, distance):
            yield Apart(item=item, value=value, spread=spread, times=distance / usual)
