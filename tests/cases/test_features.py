"""Cases of rule features: the engine and the template's own formulas both give what is right."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cases import read_yaml
from tests.submissions import submission
from workbook_tools.proof.inputs import InputSet
from workbook_tools.proof.witnesses import Witness, open_witness
from workbook_tools.proof.workbook import build_proof_book, row_output
from workbook_tools.scoring import Evaluation, evaluate, explain_row
from workbook_tools.standard import Standard, load_standard

FOLDER = Path(__file__).parent / "features"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLE = "qingling-2024.yaml"


class FeatureCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: what is filled in, and what comes out by the text of the rule."""

    name: str
    arithmetic: str
    given: dict[str, Any] = {}
    rows: list[dict[str, Any]] = []
    scores: list[Fraction | None] = []
    score: Fraction | None = None


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cases of one feature; ``every``: rows that stand in each of them."""

    indicator: str
    cases: list[FeatureCase]
    standard: str = EXAMPLE
    common: dict[str, Any] = {}
    row: dict[str, Any] = {}
    every: list[dict[str, Any]] = []

    def values(self, case: FeatureCase) -> dict[str, Any]:
        given = {**self.common, **case.given}
        return {name: content for name, content in given.items() if content is not None}

    def rows(self, case: FeatureCase) -> list[dict[str, Any]]:
        rows = self.every or [
            {"name": f"指标{number}", **self.row, **row} for number, row in enumerate(case.rows)
        ]
        return [{key: value for key, value in row.items() if value is not None} for row in rows]


FEATURES = {path.stem: read_yaml(path, Feature) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [(name, case) for name, feature in FEATURES.items() for case in feature.cases]


def standard_of(feature: Feature) -> Standard:
    example = EXAMPLES / feature.standard
    return load_standard(example if example.exists() else feature.standard)


def evaluated(feature: Feature, case: FeatureCase) -> Evaluation:
    standard = standard_of(feature)
    tables = {standard.tables[0].id: feature.rows(case)}
    return evaluate(submission(feature.values(case), tables, standard))


def test_every_feature_has_eight_cases() -> None:
    assert all(len(feature.cases) >= 8 for feature in FEATURES.values())
    assert len(FEATURES) >= 9


@pytest.mark.parametrize(("name", "case"), CASES, ids=lambda one: getattr(one, "name", one))
def test_the_engine(name: str, case: FeatureCase) -> None:
    feature = FEATURES[name]
    found = evaluated(feature, case)
    if feature.indicator == "total":
        assert found.total.score == case.score
        return
    assert found.results[feature.indicator].score == case.score
    by_row = {row.number: row for result in found.results.values() for row in result.rows}
    first = min(by_row, default=0)
    assert [
        by_row[row.number].score if row.number in by_row else None
        for row in found.submission.tables[found.standard.tables[0].id]
    ] == case.scores, first
    for row in found.results[feature.indicator].rows:
        assert explain_row(found, feature.indicator, row)


@pytest.fixture(scope="module")
def witnesses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Witness]]:
    opened: dict[str, Witness] = {}
    managers = []
    for feature in {feature.standard: feature for feature in FEATURES.values()}.values():
        book = build_proof_book(standard_of(feature), tmp_path_factory.mktemp("features"))
        managers.append(open_witness("ironcalc", book))
        opened[feature.standard] = managers[-1].__enter__()
    yield opened
    for manager in managers:
        manager.__exit__(None, None, None)


@pytest.mark.parametrize("name", FEATURES)
def test_the_formulas(witnesses: dict[str, Witness], name: str) -> None:
    feature = FEATURES[name]
    table = standard_of(feature).tables[0].id
    for case in feature.cases:
        rows = tuple(
            {key: _typed(value) for key, value in row.items()} for row in feature.rows(case)
        )
        values = {key: _typed(value) for key, value in feature.values(case).items()}
        shown = witnesses[feature.standard].results(InputSet(values, {table: rows}))
        result = "total_score" if feature.indicator == "total" else f"score_{feature.indicator}"
        assert _number(shown[result]) == case.score, case.name
        if not feature.every:
            assert [
                _number(shown[row_output(table, number)]) for number in range(1, len(case.rows) + 1)
            ] == case.scores, case.name


def _typed(value: Any) -> Any:
    return Fraction(value) if isinstance(value, int | Fraction) else value


def _number(shown: object) -> Fraction | None:
    return Fraction(str(round(shown, 9))) if isinstance(shown, float | int) else None
