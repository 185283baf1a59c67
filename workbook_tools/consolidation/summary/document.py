"""The consolidation as JSON: its parts as plain structures, numbers as decimal strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import msgspec

from workbook_tools.consolidation.round.changes import Change, tally
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.keeping import kept_facts
from workbook_tools.consolidation.round.last_year import Move, apart
from workbook_tools.consolidation.round.previous import Before
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.years import message
from workbook_tools.figures import plain
from workbook_tools.presentation.points import UNDECIDED

DOCUMENT = "consolidation"
"""The ``kind`` of the JSON of a consolidation."""


def lists(consolidation: Round) -> Mapping[str, Iterable[object]]:
    """The long parts: departments by rank, refused files, notices, hints, changes if any."""
    parts: dict[str, Iterable[object]] = {
        "departments": (_department(consolidation, one) for one in consolidation.departments),
        "refused": (
            {"path": one.record.path, "findings": list(one.record.findings)}
            for one in consolidation.refused
        ),
        "notices": consolidation.notices,
        "hints": consolidation.hints,
    }
    if consolidation.previous is not None:
        parts["changes"] = map(_change, filter(lambda one: one.is_one, consolidation.changes()))
    if consolidation.last_year is not None:
        parts["years"] = (_year(consolidation, one) for one in consolidation.moves)
    return parts


def figures(consolidation: Round) -> dict[str, Any]:
    """The figures of the whole."""
    ranked = sum(one.rank is not None for one in consolidation.departments)
    found: dict[str, Any] = {
        "departments": len(consolidation.departments),
        "ranked": ranked,
        "refused": len(consolidation.refused),
    }
    if consolidation.previous is not None:
        found["since"] = str(consolidation.previous.path)
        found["changes"] = msgspec.to_builtins(tally(consolidation.changes()))
    if consolidation.last_year is not None:
        then, now = apart(consolidation.last_year, consolidation.standard)
        found["last_year"] = {
            "path": str(consolidation.last_year.path),
            "standard": consolidation.last_year.standard,
            "indicators_only_then": then,
            "indicators_only_now": now,
            "with_amounts": consolidation.last_year.complete,
        }
    return found


def _department(consolidation: Round, item: Department) -> dict[str, object]:
    standing = item.standing
    return {
        "rank": item.rank,
        "unit_code": item.code,
        "unit_name": item.name,
        "supervisor": item.supervisor,
        "office": item.office,
        "points": _plain(standing.points),
        "low": plain(standing.low),
        "high": plain(standing.high),
        "grade": standing.grade,
        "basis": standing.basis,
        "claimed": _plain(item.claimed_total),
        "claimed_grade": item.claimed_grade,
        "included_in": item.included_in,
        "doubtful_amounts": item.doubtful,
        "path": item.record.path,
        "annotated": consolidation.annotated.get(item.record.path),
        "scores": item.record.scores,
        "facts": item.figures(kept_facts(consolidation.standard)),
        "findings": list(item.findings),
    }


def _year(consolidation: Round, one: Move) -> dict[str, object]:
    before, now = one.before, one.now
    return {
        "unit_code": one.code,
        "unit_name": one.name,
        "how": one.how,
        "then": [{"unit_code": each.code, "unit_name": each.name} for each in one.then],
        "points_then": _plain(before.points) if before else None,
        "points": _plain(now.standing.points) if now else None,
        "points_moved": _plain(one.points_moved),
        "scores": {
            name: {"then": plain(then), "now": plain(after)}
            for name, (then, after) in one.scores.items()
        },
        "amounts": {
            what.id: {"then": plain(then), "now": plain(after)} for what, then, after in one.amounts
        },
        "breaks": [
            {
                "field": each.continuity.now,
                "was_field": each.continuity.was,
                "was": plain(each.was),
                "now": plain(each.now),
                "message": message(consolidation, each),
            }
            for each in one.breaks
        ],
    }


def _change(one: Change) -> dict[str, object]:
    return {
        "unit_code": one.code,
        "unit_name": one.name,
        "before": _then(one.before) if one.before else None,
        "now": _now(one.now) if one.now else None,
        "points_moved": _plain(one.points_moved),
        "ranks_risen": one.ranks_risen,
        "cured": one.cured,
        "new": one.new,
        "remaining": one.remaining,
    }


def _then(before: Before) -> dict[str, object]:
    return {
        "rank": before.rank,
        "points": _plain(before.points),
        "grade": None if before.grade == UNDECIDED else before.grade,
    }


def _now(item: Department) -> dict[str, object]:
    standing = item.standing
    return {"rank": item.rank, "points": _plain(standing.points), "grade": standing.grade}


def _plain(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
