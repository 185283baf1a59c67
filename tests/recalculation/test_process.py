"""One process calculates many workbooks, and none of them changes what another gives."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.recalculation.test_hostile import NAME, with_formula
from tests.recalculation.workbooks import number, respelled
from workbook_tools.recalculation import process, recalculate
from workbook_tools.submission import Recalculation, read_submission


def recalculated(path: Path) -> Recalculation:
    return recalculate(read_submission(path))


@pytest.fixture
def other(sound: Path, tmp_path: Path) -> Path:
    """The workbook with other contents: a figure more, a text less."""
    entries = read_submission(sound).entries
    (actual, claim) = (entries["procurement_actual"], entries["claimed_total"])
    cells = {(actual.sheet, actual.cell): number(200), (claim.sheet, claim.cell): number(1)}
    return respelled(sound, tmp_path / "别.xlsx", cells)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes that are started from now on."""
    process._end()
    processes: list[Any] = []
    start = subprocess.Popen

    def noted(*given: Any, **options: Any) -> Any:
        processes.append(start(*given, **options))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    return processes


def test_one_process_for_many(sound: Path, other: Path, started: list[Any]) -> None:
    alone = []
    for path in (sound, other):
        alone.append(recalculated(path))
        process._end()
    assert alone[0].values[NAME] is not None
    assert alone[0].values != alone[1].values
    assert len(started) == 2

    together = [recalculated(path) for path in (sound, other, sound, other)]

    assert together == [*alone, *alone]
    assert len(started) == 3


def test_after_one_that_crashes_it(sound: Path, tmp_path: Path, started: list[Any]) -> None:
    before = recalculated(sound)
    crash = with_formula(sound, tmp_path / "深.xlsx", "-" * 200_000 + "1")

    assert recalculated(crash).failure == "failed"
    assert recalculated(sound) == before
    assert len(started) == 3  # the crash was tried in a new one as well


def test_one_that_was_killed_meanwhile(sound: Path, started: list[Any]) -> None:
    before = recalculated(sound)
    started[0].kill()
    started[0].wait()

    assert recalculated(sound) == before
