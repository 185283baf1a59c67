"""Weights that no decimal is equal to, and scores of one place or three, as the standard says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import openpyxl
import pytest

from tests.display.excel_format import shown
from tests.proof.example import PARKS, ROADS
from tests.proof.standards import EXAMPLE
from workbook_tools import assess, build_template, consolidate, load_standard
from workbook_tools.figures import points
from workbook_tools.proof import prove
from workbook_tools.recalculation import recalculate
from workbook_tools.scoring import explain_result
from workbook_tools.standard import Standard
from workbook_tools.standard.model import Indicator, Level, Rounding, Tolerances
from workbook_tools.standard.rules import Checklist

WEIGHTS = {
    "carryover": Fraction(23, 3),
    "control": Fraction(46, 3),
    "volume": Fraction(61, 3),
    "punctuality": Fraction(44, 3),
    "satisfied": Fraction(44, 3),
    "complaints": Fraction(31, 3),
}
LEVELS = {"budgeting": Fraction(74, 3), "control": Fraction(46, 3)}
ITEMS = (Fraction(19, 3), Fraction(14, 3), Fraction(13, 3))


class Case(NamedTuple):
    """Decimals of a score, and by indicator what the invented departments get, by hand."""

    places: int
    parks: dict[str, str]
    parks_total: str
    roads_high: str


CASES = [
    Case(
        1,
        {
            "carryover": "4.7",  # 23/3 − 2 × 1.5
            "control": "11.0",  # 19/3 + 14/3
            "volume": "18.3",  # 61/3 × 0.88 ÷ 0.98 = 18.2585…
            "punctuality": "9.8",  # 44/3 × 2/3 = 9.7777…
            "satisfied": "12.2",  # 44/3 − 2.5
        },
        "79.6",
        # 12 + 4.7 + 5 + 11 + 18.3 + 9.8 are known; 14.7 may be had, and 31/3 is full: 10.3
        "85.8",
    ),
    Case(
        3,
        {
            "carryover": "4.667",
            "control": "11.000",
            "volume": "18.259",
            "punctuality": "9.778",
            "satisfied": "12.167",
        },
        "79.471",
        "85.704",  # 12 + 4.667 + 5 + 11 + 18.259 + 9.778 + 14.667 + 10.333
    ),
]


def in_thirds(places: int) -> Standard:
    """The tutorial's standard with weights in thirds."""
    standard = load_standard(EXAMPLE)

    def weighed(one: Indicator) -> Indicator:
        rule = one.rule
        if isinstance(rule, Checklist):
            items = zip(rule.items, ITEMS, strict=True)
            rule = msgspec.structs.replace(
                rule, items=tuple(msgspec.structs.replace(a, points=b) for a, b in items)
            )
        weight = WEIGHTS.get(one.id, one.weight)
        return msgspec.structs.replace(one, weight=weight, rule=rule)

    def level(one: Level) -> Level:
        children = tuple(map(level, one.children))
        weight = LEVELS.get(one.id, one.weight)
        return msgspec.structs.replace(one, weight=weight, children=children)

    return msgspec.structs.replace(
        standard,
        rounding=Rounding(places=places),
        tolerances=Tolerances(score=Fraction(1, 2 * 10**places), amount_per_term=Fraction(1, 100)),
        levels=tuple(map(level, standard.levels)),
        indicators=tuple(map(weighed, standard.indicators)),
    )


def text_of(cell: Any) -> str:
    """What Excel shows of a number in a cell."""
    assert isinstance(cell.value, int | float)
    return shown(cell.number_format, Decimal(repr(cell.value)))


@pytest.mark.parametrize("case", CASES, ids=["one place", "three places"])
def test_engine_and_formulas_round_alike(case: Case, tmp_path: Path) -> None:
    standard = in_thirds(case.places)
    ours = {}
    for name, filling in (("parks", PARKS), ("roads", ROADS)):
        build_template(standard, tmp_path / f"{name}.xlsx", filling=filling)
        done = assess(tmp_path / f"{name}.xlsx", standard)
        assert done.evaluation is not None
        theirs = recalculate(done.evaluation.submission)
        assert theirs.failure == ""
        for indicator, result in done.evaluation.results.items():
            value = theirs.values[f"score_{indicator}"]
            expected = "" if result.score is None else result.score
            assert value == expected, (name, indicator)
            assert result.score is None or (result.score * 10**case.places).denominator == 1
        total = done.evaluation.total
        assert theirs.values["total_high"] == total.high
        assert theirs.values["total_low"] == total.low
        ours[name] = done.evaluation

    scores = {
        one: points(ours["parks"].results[one].score or Fraction(0), case.places)
        for one in case.parks
    }
    assert scores == case.parks
    assert ours["parks"].total.score == Fraction(case.parks_total)
    assert ours["roads"].total.high == Fraction(case.roads_high)


@pytest.mark.parametrize("places", [0, 1, 3])
def test_every_witness_of_made_up_inputs_agrees(places: int) -> None:
    proof = prove(in_thirds(places), ["ironcalc"], cases=25)
    assert [str(one) for one in proof.disagreements] == []
    assert proof.holds


@pytest.mark.parametrize(("places", "code"), [(0, "0"), (1, "0.0"), (3, "0.000")])
def test_weights_are_shown_as_they_are_and_scores_with_their_places(
    places: int, code: str, tmp_path: Path
) -> None:
    standard = in_thirds(places)
    build_template(standard, tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")

    def named(name: str) -> Any:
        ((title, place),) = book.defined_names[name].destinations
        return book[title][place.replace("$", "")]

    difference = f'"▲"{code};"▼"{code};{code}'
    for one in standard.indicators:
        score = named(f"score_{one.id}")
        assert score.number_format == named(f"self_{one.id}").number_format == code
        beside = {cell.number_format for cell in book["计分表"][score.row]}
        assert difference in beside
        weight = book["计分表"].cell(score.row, 4)
        assert text_of(weight) == str(one.weight), one.id  # 61/3, or 12
    assert {named(name).number_format for name in ("total_score", "total_high")} == {code}
    sheet = book["计分表"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    texts = [one for one in cells if isinstance(one, str)]
    assert "内部管理\n（46/3分）" in texts
    assert not any("20.33" in one or "15.33" in one for one in texts)
    assert [one for one in texts if "ROUND(total_self-total_score" in one] == [
        f'=IF(AND(ISNUMBER(total_score),ISNUMBER(total_self)),ROUND(total_self-total_score,{places}),"")'
    ]
    questions = [str(cell.value) for row in book["内部管理"].iter_rows() for cell in row]
    assert any(one.startswith("内部控制（46/3分）") for one in questions)


def test_full_points_may_be_typed_as_the_score_that_they_are(tmp_path: Path) -> None:
    """62/3 is 20.67 as a score, which is more than 62/3, and is no fault."""
    standard = load_standard(EXAMPLE)
    weights = {"volume": Fraction(62, 3), "punctuality": Fraction(43, 3)}
    standard = msgspec.structs.replace(
        standard,
        rounding=Rounding(places=2),
        tolerances=Tolerances(score=Fraction("0.005"), amount_per_term=Fraction(1, 100)),
        indicators=tuple(
            msgspec.structs.replace(one, weight=weights.get(one.id, one.weight))
            for one in standard.indicators
        ),
    )
    services = [{"name": "养护", "planned": 4, "done": 4, "punctual": "是"}]
    filling = msgspec.structs.replace(
        PARKS,
        values={**PARKS.values, "self_volume": Fraction("20.67")},
        rows={"services": services},
    )
    build_template(standard, tmp_path / "表.xlsx", filling=filling)

    done = assess(tmp_path / "表.xlsx", standard)

    assert done.evaluation is not None
    assert done.evaluation.results["volume"].score == Fraction("20.67")
    assert [one for one in done.findings if one.field == "self_volume"] == []
    words = explain_result(done.evaluation, "volume")
    assert words.endswith("得满分 62/3 = 20.67 分")


def test_the_summary_has_the_places_of_the_standard(tmp_path: Path) -> None:
    standard = in_thirds(3)
    build_template(standard, tmp_path / "表.xlsx", filling=PARKS)
    consolidate([tmp_path / "表.xlsx"], tmp_path / "汇总.xlsx", standard=standard)

    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    shown_texts = {
        text_of(cell)
        for name in ("排名", "指标得分")
        for row in book[name].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert {"79.471", "18.259", "12.167"} <= shown_texts
