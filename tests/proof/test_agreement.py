"""Template and engine agree, in every witness; long runs are marked slow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lo import requires_libreoffice
from tests.proof.standards import SECOND_EXAMPLE
from workbook_tools.proof import Proof, prove
from workbook_tools.standard import Standard, load_standard

LIBREOFFICE = [requires_libreoffice, pytest.mark.libreoffice]


def agreed(proof: Proof, cases: int) -> bool:
    assert [str(one) for one in proof.disagreements] == []
    assert {tally.cases for tally in proof.tallies.values()} == {cases}
    return proof.holds


@pytest.mark.parametrize(
    ("witness", "cases"),
    [("ironcalc", 100), ("formulas", 8), pytest.param("libreoffice", 15, marks=LIBREOFFICE)],
)
def test_example(example: Standard, witness: str, cases: int) -> None:
    assert agreed(prove(example, [witness], cases=cases), cases)


@pytest.mark.parametrize("name", ["national-2020", "project-2020", SECOND_EXAMPLE])
def test_own_indicators(name: str | Path) -> None:
    assert agreed(prove(load_standard(name), ["ironcalc"], cases=25), 25)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["national-2020", "project-2020", SECOND_EXAMPLE])
@pytest.mark.parametrize(
    ("witness", "cases"),
    [("ironcalc", 300), ("formulas", 8), pytest.param("libreoffice", 40, marks=LIBREOFFICE)],
)
def test_own_indicators_at_length(name: str | Path, witness: str, cases: int) -> None:
    assert agreed(prove(load_standard(name), [witness], cases=cases, seed=2), cases)


def test_shipped(shipped: Standard) -> None:
    assert agreed(prove(shipped, ["ironcalc"], cases=30), 30)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("witness", "cases"),
    [("ironcalc", 300), ("formulas", 15), pytest.param("libreoffice", 60, marks=LIBREOFFICE)],
)
def test_shipped_at_length(shipped: Standard, witness: str, cases: int) -> None:
    assert agreed(prove(shipped, [witness], cases=cases, seed=2), cases)
