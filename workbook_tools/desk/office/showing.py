"""What the pages of a round and of a department show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from workbook_tools.desk.finding_list import changed
from workbook_tools.desk.office.hall import Hall
from workbook_tools.desk.office.store import ROUND_STATES, UNIT_STATES, Round, Unit, Version
from workbook_tools.desk.showing import Line, line, workbook_shown


class Standing(msgspec.Struct, frozen=True):
    """A department on the board; ``line`` is of what it handed in, else of its newest version."""

    unit: Unit
    state: str
    number: int
    line: Line | None


def board_shown(hall: Hall, round: Round) -> Mapping[str, Any]:
    """Every department with its state and result, and what may be done with the round."""
    latest = hall.store.latest(round.id)
    units = hall.store.units(round.id)
    standings = [_standing(hall, unit, latest.get(unit.id)) for unit in units]
    number = Counter(unit.state for unit in units)
    return {
        "round": round,
        "state": ROUND_STATES[round.state],
        "states": [(name, number[key]) for key, name in UNIT_STATES.items()],
        "next": [(one, ROUND_STATES[one]) for one in hall.next_states(round)],
        "standings": standings,
        "without_code": sum(unit.seal is None for unit in units),
    }


def _standing(hall: Hall, unit: Unit, version: Version | None) -> Standing:
    state = UNIT_STATES[unit.state]
    if version is None:
        return Standing(unit, state, 0, None)
    return Standing(unit, state, version.number, line(hall.outcome(version)))


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
        "versions": [(one, line(hall.outcome(one))) for one in hall.store.versions(unit.id)],
        "events": hall.store.events(unit.id),
    }


def version_shown(hall: Hall, unit: Unit, version: Version) -> Mapping[str, Any]:
    """One version: what came of it, and what was cured and what is new since the one before."""
    round = hall.store.round(unit.round)
    assert round is not None
    outcome = hall.outcome(version)
    earlier = [one for one in hall.store.versions(unit.id) if one.number < version.number]
    before = hall.outcome(earlier[0]).record.findings if earlier else None
    return {
        "round": round,
        "unit": unit,
        "version": version,
        "may_hand_in": unit.state == "trying" and hall.may_send(round, unit),
        "other_unit": outcome.record.unit_code != unit.code.partition("-")[0],
        "changed": None if before is None else changed(before, outcome.record.findings),
        **workbook_shown(outcome),
    }
