"""What the pages of a round and of a department show."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.checks import Finding
from workbook_tools.consolidation.round.changes import cured_and_new
from workbook_tools.desk import second_look
from workbook_tools.desk.charts import BarChart, chart, distribution
from workbook_tools.desk.office.hall import Hall, file_name
from workbook_tools.desk.office.store import (
    ROUND_STATES,
    UNIT_STATES,
    ReportingRound,
    Unit,
    UnitState,
    Version,
)
from workbook_tools.desk.showing import ResultLine, line, workbook_shown
from workbook_tools.figures import day


class BoardEntry(msgspec.Struct, frozen=True):
    """A department on the board; ``line`` is of what it handed in, else of its newest version."""

    unit: Unit
    state: str
    number: int
    line: ResultLine | None


def board_shown(hall: Hall, round: ReportingRound) -> Mapping[str, Any]:
    """Every department with its state and result, and what may be done with the round."""
    latest = hall.store.latest(round.id)
    units = hall.store.units(round.id)
    outcomes = {unit: hall.outcome(version) for unit, version in latest.items()}
    number = Counter(unit.state for unit in units)
    return {
        "round": round,
        "state": ROUND_STATES[round.state],
        "next": [(one, ROUND_STATES[one]) for one in hall.next_states(round)],
        "standings": [_standing(one, latest.get(one.id), outcomes.get(one.id)) for one in units],
        "contacts": any(unit.contact for unit in units),
        "deadline": deadline(round),
        "without_code": sum(unit.seal is None for unit in units),
        "charts": list(_charts(number, outcomes.values())),
    }


def _standing(unit: Unit, version: Version | None, outcome: Outcome | None) -> BoardEntry:
    state = UNIT_STATES[unit.state]
    if version is None or outcome is None:
        return BoardEntry(unit, state, 0, None)
    return BoardEntry(unit, state, version.number, line(outcome))


def _charts(number: Counter[UnitState], outcomes: Iterable[Outcome]) -> Iterator[BarChart]:
    """How many departments are in which state, and how their totals are spread."""
    states = [(name, number[key], key) for key, name in UNIT_STATES.items()]
    yield chart("各状态的单位数", states, "个")
    totals = [one.record.total for one in outcomes]
    scores = [None if one is None or one.score is None else Fraction(one.score) for one in totals]
    if spread := distribution("复算得分的分布", scores, "个"):
        yield spread


def look_shown(hall: Hall, round: ReportingRound) -> Mapping[str, Any]:
    """What is worth a second look in what was handed in, each with the page of its version."""
    place = f"/bureau/rounds/{round.id}/units"
    addresses = {
        file_name(unit): f"{place}/{unit.id}/versions/{version.number}"
        for unit, version in hall.reported(round)
    }
    return second_look.look_shown(hall.put_together(round, Path(), {}), addresses)


def deadline(round: ReportingRound) -> str:
    """By when departments are asked to hand in, in words; "" where no day is set."""
    if round.last_day is None:
        return ""
    over = "（已过）" if round.last_day < datetime.date.today() else ""
    return f"{day(round.last_day)}{over}"


def history_shown(hall: Hall, unit: Unit) -> Mapping[str, Any]:
    """A department's state, versions and events."""
    round = hall.store.round(unit.round)
    assert round is not None
    return {
        "round": round,
        "round_state": ROUND_STATES[round.state],
        "unit": unit,
        "state": UNIT_STATES[unit.state],
        "may_send": hall.may_send(round, unit),
        "deadline": deadline(round),
        "versions": [(one, line(hall.outcome(one))) for one in hall.store.versions(unit.id)],
        "events": hall.store.events(unit.id),
    }


def department_shown(hall: Hall, unit: Unit) -> Mapping[str, Any]:
    """The same for the bureau, with the next department whose workbook waits for it."""
    waiting = [one for one in hall.store.units(unit.round) if one.state == "handed"]
    others = [one for one in waiting if one.id != unit.id]
    behind = [one for one in others if one.id > unit.id]
    return {**history_shown(hall, unit), "next": next(iter(behind or others), None)}


def changed(before: Sequence[Finding], now: Sequence[Finding]) -> tuple[int, int]:
    """How many errors and warnings of an earlier version are cured, and how many are new."""
    then, here = ([one for one in found if one.severity != "info"] for found in (before, now))
    cured, new = cured_and_new(then, here)
    return len(cured), len(new)


def version_shown(hall: Hall, unit: Unit, version: Version) -> Mapping[str, Any]:
    """One version: what came of it, and what was cured and what is new since the one before."""
    round = hall.store.round(unit.round)
    assert round is not None
    outcome = hall.outcome(version)
    earlier = [one for one in hall.store.versions(unit.id) if one.number < version.number]
    last = hall.outcome(earlier[0]) if earlier else None
    # beside a blank template nothing is cured or new
    before = None if last is None or last.blank else last.record.findings
    return {
        "round": round,
        "unit": unit,
        "version": version,
        "may_hand_in": unit.state == "trying" and hall.may_send(round, unit) and not outcome.blank,
        "other_unit": outcome.record.unit_code != unit.code.partition("-")[0],
        "changed": None if before is None else changed(before, outcome.record.findings),
        **workbook_shown(outcome),
    }
