"""The sample departments as data: what departments/*.yaml hold, read into typed values.

An invented department states only what is its own; the rest comes from departments/common.yaml.
What it would have written without a slip stands in ``inputs`` and ``tables``; each slip of the
clerk stands in ``mistakes``, with the findings that it must lead to.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import yaml

from workbook_tools.intake.roster import read_roster
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import check_id

HERE = Path(__file__).parent
ROSTER = HERE / "roster.csv"

Plain = bool | int | float | str | datetime.date | None
Score = int | float
Shape = TypeVar("Shape")


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything in a file: immutable, unknown keys refused."""


class Expected(Part, frozen=True, kw_only=True):
    """A finding that must be there: its code and name, the place, and both numbers.

    ``at``: a defined name; ``table.column#3`` for the third row of a table (counted from 1); or
    the id of a table that is empty. ``expected`` and ``actual`` are None where they are formulas;
    ``says``: what the message must then contain. ``severity`` where it is not "error".
    """

    finding: str
    at: str
    expected: str | None = None
    actual: str | None = None
    says: list[str] = []
    severity: Literal["error", "warning", "info"] = "error"


class RowSlip(Part, frozen=True, kw_only=True):
    """A wrong value in a table; rows count from 1."""

    table: str
    row: int
    column: str
    value: Any


class Mistake(Part, frozen=True, kw_only=True):
    """One slip of a clerk, in words, where it shows, and what it must lead to.

    ``put``: what stands in an input cell, by defined name, instead of the right value.
    ``alter``: a formula in which the first text is replaced by the second. ``overwrite``: what
    stands where a formula was. ``put_rows_after_saving``: changed when the results were already
    stored, so that they are stale. A slip without any of these is in the figures themselves.
    """

    slip: str
    put: dict[str, Any] = {}
    put_rows: list[RowSlip] = []
    put_rows_after_saving: list[RowSlip] = []
    alter: dict[str, tuple[str, str]] = {}
    overwrite: dict[str, Score] = {}
    findings: list[Expected] = []


class Worked(Part, frozen=True, kw_only=True):
    """A score worked out by hand, with the arithmetic in words."""

    score: Score
    by: str


class Review(Part, frozen=True, kw_only=True):
    """What the bureau entered: scores by indicator, each with its opinion."""

    reviewer: str
    reviewed_on: datetime.date
    scores: dict[str, tuple[Score, str]]


class Sample(Part, frozen=True, kw_only=True):
    """One department. ``self_scores``: "full" and "none" for all, else those that are not full.

    ``grids``: by grid and row, the values in the order of the columns; ``answers``: by checklist,
    separated by spaces; ``tables``: rows in the order of the columns. ``also``: findings that are
    no mistake. ``blank`` and ``unsupported``: how many findings say that something was not filled
    in, and that points rest on nothing; for published reports, where these are too many to list.
    """

    invented: bool
    saved_by: Literal["xlsxwriter", "libreoffice"]
    character: str
    inputs: dict[str, Any]
    grids: dict[str, dict[str, list[Any]]] = {}
    answers: dict[str, str] = {}
    bases: dict[str, list[str]] = {}
    evidence: dict[str, str] = {}
    tables: dict[str, list[list[Any]]] = {}
    self_scores: Literal["full", "none"] | dict[str, Score] = msgspec.field(name="self")
    not_applicable: dict[str, str] = {}
    reasons: dict[str, str] = {}
    review: Review | None = None
    worked: dict[str, Worked] = {}
    mistakes: list[Mistake] = []
    also: list[Expected] = []
    blank: int = 0
    unsupported: int = 0


class Common(Part, frozen=True, kw_only=True):
    """What the invented departments share."""

    inputs: dict[str, Any]
    grids: dict[str, dict[str, list[Any]]]
    answers: dict[str, str]
    bases: dict[str, list[str]]
    evidence: dict[str, str]


def load_samples() -> dict[str, Sample]:
    """Every sample by the stem of its file, in the order of the names."""
    common = _read(HERE / "departments" / "common.yaml", Common)
    found = {}
    for path in sorted((HERE / "departments").glob("*-*.yaml")):
        sample = _read(path, Sample)
        found[path.stem] = _completed(sample, common) if sample.invented else sample
    return found


def _read(path: Path, kind: type[Shape]) -> Shape:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _completed(sample: Sample, common: Common) -> Sample:
    inputs = {**common.inputs, **sample.inputs}
    grids = {
        grid: {**common.grids.get(grid, {}), **sample.grids.get(grid, {})}
        for grid in {**common.grids, **sample.grids}
    }
    return msgspec.structs.replace(
        sample,
        inputs=inputs,
        grids=grids,
        answers={**common.answers, **sample.answers},
        bases={**common.bases, **sample.bases},
        evidence={**common.evidence, **sample.evidence},
    )


def values_of(sample: Sample, standard: Standard) -> dict[str, Plain]:
    """Every single-cell value of a sample by field id, before any slip."""
    values = {**sample.inputs, **_grid_values(sample, standard)}
    for checklist, answers in sample.answers.items():
        for number, answer in enumerate(answers.split(), start=1):
            values[check_id(checklist, number)] = answer
            values[f"basis_{checklist}_{number}"] = sample.bases[checklist][number - 1]
    for indicator in standard.indicators:
        own = _self_score(sample, indicator.id, indicator.weight)
        if own is not None:
            values[f"self_{indicator.id}"] = own
    values |= {f"reason_{one}": text for one, text in sample.reasons.items()}
    values |= {f"evidence_{one}": text for one, text in sample.evidence.items()}
    for one, reason in sample.not_applicable.items():
        values |= {f"na_{one}": "是", f"na_reason_{one}": reason}
    if sample.review:
        values |= {"reviewer": sample.review.reviewer, "reviewed_on": sample.review.reviewed_on}
        for one, (score, opinion) in sample.review.scores.items():
            values |= {f"review_{one}": score, f"review_reason_{one}": opinion}
    return {field: filled_in(value, values) for field, value in values.items()}


def _grid_values(sample: Sample, standard: Standard) -> dict[str, Plain]:
    return {
        f"{grid.id}_{row}_{column.id}": value
        for grid in standard.grids
        for row, cells in sample.grids.get(grid.id, {}).items()
        for column, value in zip(grid.columns, cells, strict=True)
    }


def _self_score(sample: Sample, indicator: str, weight: Fraction) -> Score | None:
    match sample.self_scores:
        case "none":
            return None
        case "full":
            return float(weight)
        case given:
            return given.get(indicator, float(weight))


def filled_in(value: Plain, values: Mapping[str, Plain]) -> Plain:
    """A text with the department's figures in place of the names in braces; other values as is."""
    if not isinstance(value, str) or "{" not in value:
        return value
    figures = {
        field: f"{one:,.2f}" for field, one in values.items() if isinstance(one, int | float)
    }
    return value.format_map(figures)


def rows_of(sample: Sample, standard: Standard) -> dict[str, list[dict[str, Plain]]]:
    """The table rows of a sample by table id and column id, before any slip."""
    columns = {table.id: [column.id for column in table.columns] for table in standard.tables}
    return {
        table: [dict(zip(columns[table], row, strict=True)) for row in rows]
        for table, rows in sample.tables.items()
    }


def issued_to(sample: Sample, standard: Standard) -> dict[str, Fraction | str | datetime.date]:
    """What the bureau wrote into the template of this department, from the roster."""
    code = sample.inputs.get("unit_code")
    row = read_roster(ROSTER, standard).by_code().get(str(code))
    return dict(row.values) if row else {}


def expected_of(sample: Sample) -> list[Expected]:
    """Every finding that the sample lists, mistakes first."""
    return [*(one for slip in sample.mistakes for one in slip.findings), *sample.also]
