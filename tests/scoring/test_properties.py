"""What holds for every rule and every table, whatever the figures."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.submissions import submission
from workbook_tools.scoring import Evaluation, evaluate, grade
from workbook_tools.scoring.arithmetic import rounded
from workbook_tools.scoring.rules import deduction, limit_of, period_points, points
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.contract import fields
from workbook_tools.standard.inputs import NUMBER_TYPES
from workbook_tools.standard.rules import (
    AtLeast,
    AtMost,
    Band,
    Bands,
    Period,
    Periods,
    Proportion,
    Steps,
)

STANDARD = load_standard()
FIELDS = fields(STANDARD)
MONEY = [one.id for one in FIELDS.values() if one.type == "money"]

measures = st.fractions(min_value=-3, max_value=5, max_denominator=10_000)
weights = st.fractions(min_value=Fraction(1, 10), max_value=20, max_denominator=10)
shares = st.fractions(min_value=Fraction(1, 100), max_value=2, max_denominator=100)
steps = st.builds(
    Steps,
    size=shares,
    deduct=shares,
    partial=st.sampled_from(["floor", "ceil", "proportional"]),
)
rising = st.one_of(
    st.builds(Proportion), st.builds(AtLeast, limit=shares, below=st.just("proportion") | steps)
)
falling = st.builds(AtMost, limit=shares, beyond=st.sampled_from(["inverse", "linear"]) | steps)


@st.composite
def bands(draw: st.DrawFn) -> Bands:
    uppers = sorted(draw(st.sets(shares, min_size=1, max_size=4)))
    earned = sorted(draw(st.lists(shares, min_size=len(uppers) + 1, max_size=len(uppers) + 1)))
    made = [
        Band(upper=upper, inclusive=draw(st.booleans()), points=earned.pop()) for upper in uppers
    ]
    return Bands(bands=(*made, Band(points=earned.pop())))


@given(rising | falling | bands(), weights, measures)
def test_points_stay_between_nothing_and_the_weight(
    rule: Proportion | AtMost | AtLeast | Bands, weight: Fraction, measure: Fraction
) -> None:
    assert 0 <= points(rule, weight, measure) <= weight


@given(rising, weights, measures, measures)
def test_more_is_never_worse_where_more_is_asked(
    rule: Proportion | AtLeast, weight: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    assert points(rule, weight, low) <= points(rule, weight, high)


@given(falling | bands(), weights, measures, measures)
def test_less_is_never_worse_where_less_is_asked(
    rule: AtMost | Bands, weight: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    assert points(rule, weight, low) >= points(rule, weight, high)


@given(falling, weights)
def test_the_limit_itself_earns_the_weight(rule: AtMost, weight: Fraction) -> None:
    assert points(rule, weight, limit_of(rule)) == weight


@given(shares, shares, st.fractions(min_value=0, max_value=3))
def test_a_part_of_a_step_costs_nothing_its_share_or_a_whole_step(
    size: Fraction, deduct: Fraction, beyond: Fraction
) -> None:
    floor, share, ceil = (
        deduction(Steps(size=size, deduct=deduct, partial=partial), beyond)
        for partial in ("floor", "proportional", "ceil")
    )
    assert floor <= share <= ceil <= floor + deduct
    whole = beyond % size == 0
    assert (floor == ceil) == whole


@given(st.integers(0, 60), shares, shares)
def test_whole_steps_cost_the_same_in_every_reading(
    count: int, size: Fraction, deduct: Fraction
) -> None:
    for partial in ("floor", "proportional", "ceil"):
        rule = Steps(size=size, deduct=deduct, partial=partial)
        assert deduction(rule, count * size) == count * deduct


def test_a_limit_of_zero_that_is_met_needs_no_division() -> None:
    assert points(AtMost(limit=Fraction(0), beyond="inverse"), Fraction(5), Fraction(0)) == 5
    assert points(AtLeast(limit=Fraction(0), below="proportion"), Fraction(5), Fraction(0)) == 5


def test_a_measure_beyond_every_band_earns_nothing() -> None:
    rule = Bands(bands=(Band(upper=Fraction(1), points=Fraction(5)),))
    assert points(rule, Fraction(5), Fraction(2)) == 0


def test_every_period_needs_what_was_reached_and_planned() -> None:
    rule = _periods("share", ["", ""])
    with pytest.raises(ValueError, match="zip"):
        period_points(rule, [(Fraction(1), Fraction(1))])


@given(
    st.sampled_from(["all_or_nothing", "share"]),
    st.lists(st.tuples(shares, shares), min_size=1, max_size=5),
)
def test_a_period_earns_at_most_its_points(
    mode: str, pairs: list[tuple[Fraction, Fraction]]
) -> None:
    rule = _periods(mode, [""] * len(pairs))
    for period, (actual, planned), earned in zip(
        rule.periods, pairs, period_points(rule, pairs), strict=True
    ):
        assert 0 <= earned <= period.points
        assert (earned == period.points) == (actual >= planned)


@given(st.lists(st.tuples(shares, shares), min_size=2, max_size=5))
def test_periods_of_a_group_stand_or_fall_together(pairs: list[tuple[Fraction, Fraction]]) -> None:
    together = period_points(_periods("all_or_nothing", ["year"] * len(pairs)), pairs)
    expected = Fraction(1, 4) if all(actual >= planned for actual, planned in pairs) else 0
    assert together == [expected] * len(pairs)


def test_a_period_without_group_is_no_matter_of_the_group_beside_it() -> None:
    rule = _periods("all_or_nothing", ["", "year", "year"])
    met, missed = (Fraction(1), Fraction(1)), (Fraction(0), Fraction(1))
    assert period_points(rule, [met, met, missed]) == [Fraction(1, 4), 0, 0]


def _periods(mode: str, groups: list[str]) -> Periods:
    return Periods(
        mode=mode,  # type: ignore[arg-type]  # one of the two, drawn by name
        periods=tuple(
            Period(label=str(number), group=group, points=Fraction(1, 4), actual="a", planned="b")
            for number, group in enumerate(groups)
        ),
    )


@given(st.fractions(min_value=-100, max_value=100), st.integers(0, 4))
def test_rounding_moves_at_most_half_a_unit_and_is_the_same_on_both_sides_of_zero(
    value: Fraction, places: int
) -> None:
    unit = Fraction(1, 10**places)
    shown = rounded(value, places)
    assert abs(shown - value) <= unit / 2
    assert (shown / unit).denominator == 1
    assert rounded(-value, places) == -shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("4.125", "4.13"), ("4.1249999", "4.12"), ("2", "2")],
)
def test_halves_go_away_from_zero(value: str, expected: str) -> None:
    assert rounded(Fraction(value), 2) == Fraction(expected)


# ------------------------------------------------------------------------------ whole workbooks


def _contents(field: str) -> st.SearchStrategy[object]:
    """What a person may put into a cell: mostly what belongs there, sometimes not."""
    one = FIELDS[field]
    if one.choices:
        return st.sampled_from([*one.choices, *one.choices, None, "是 "])
    if one.type == "count":
        return st.integers(0, 60) | st.sampled_from([None, "１２"])
    if one.type == "share":
        return st.sampled_from([0, 0.25, 0.5, 0.75, 1, 1.2, None])
    if one.type in NUMBER_TYPES:
        number = st.integers(0, 400_000).map(lambda cents: cents / 100)
        return number | st.sampled_from([0, 0, None, "3,975.53"])
    return st.none()


USED = [one.id for one in FIELDS.values() if one.type in NUMBER_TYPES or one.choices]
task = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["任务", "任务", "任务", None]),
        "planned_quarter": st.integers(1, 4),
        "priority": st.sampled_from(["是", "否"]),
        "completed_quarter": st.sampled_from([1, 2, 3, 4, "未完成"]),
        "quality_met": st.sampled_from(["是", "否", "否", None]),
    }
)
kpi = st.fixed_dictionaries(
    {
        "name": st.just("指标"),
        "category": st.sampled_from(["经济效益", "社会效益", "生态效益"]),
        "kind": st.sampled_from(["定量", "定性"]),
        "direction": st.sampled_from(["越大越好", "越小越好"]),
        "target": st.sampled_from([0, 1, 50, 100, 100, 200]),
        "actual": st.sampled_from([-5, 0, 30, 60, 100, 250, 250]),
        "degree": st.sampled_from([0, 0.333, 0.9, 1, 1.5]),
    }
)
workbooks = st.tuples(
    st.fixed_dictionaries({field: _contents(field) for field in USED}),
    st.fixed_dictionaries({"tasks": st.lists(task, max_size=5), "kpis": st.lists(kpi, max_size=5)}),
)
few = settings(max_examples=60, deadline=None)


Book = tuple[dict[str, object], dict[str, list[dict[str, object]]]]


@few
@given(workbooks)
def test_whatever_is_filled_in_the_table_adds_up(book: Book) -> None:
    evaluation = evaluate(submission(*book))
    total = evaluation.total
    scores = {}
    for one in STANDARD.indicators:
        result = evaluation.results[one.id]
        scores[one.id] = result.score
        assert (result.score is None) == (result.status == "insufficient") == bool(result.missing)
        assert result.weight == one.weight
        if result.score is not None:
            assert 0 <= result.score <= one.weight
            assert (result.score * 100).denominator == 1
        if result.status == "not_applicable":
            assert result.score == one.weight
    known = [score for score in scores.values() if score is not None]
    assert total.low == sum(known)
    assert total.high - total.low == sum(
        one.weight for one in STANDARD.indicators if scores[one.id] is None
    )
    assert 0 <= total.low <= total.high <= 100
    assert total.score == (total.low if len(known) == 27 else None)
    for top in STANDARD.levels:
        parts = [evaluation.subtotals[child.id] for child in top.children]
        whole = evaluation.subtotals[top.id]
        assert whole == (None if None in parts else sum(part for part in parts if part is not None))


def _of_any_size(
    values: dict[str, object], tables: dict[str, list[dict[str, object]]]
) -> Evaluation:
    """Whatever the amounts are, none is held to be in 元, or impossible beside another."""
    given = submission(values, tables)
    tolerances = msgspec.structs.replace(STANDARD.tolerances, scale=None)
    standard = msgspec.structs.replace(STANDARD, tolerances=tolerances, cross_checks=())
    return evaluate(msgspec.structs.replace(given, standard=standard))


@few
@given(workbooks, st.sampled_from([2, 10, 100, 10_000]))
def test_the_unit_of_money_does_not_matter(book: Book, factor: int) -> None:
    values, tables = book
    scaled = {
        field: value * factor if field in MONEY and isinstance(value, int | float) else value
        for field, value in values.items()
    }
    before, after = _of_any_size(values, tables), _of_any_size(scaled, tables)
    assert before.results == after.results


@few
@given(workbooks, st.sampled_from(USED))
def test_a_blank_never_earns_points_that_no_figure_would(book: Book, field: str) -> None:
    """Blanking a cell leaves a score as it was or makes it insufficient; it never changes it."""
    values, tables = book
    before = _of_any_size(values, tables).results
    after = _of_any_size({**values, field: None}, tables).results
    for identity, result in after.items():
        changed = result.score not in (None, before[identity].score)
        # no claim of 不涉及 any more, or the published rate in the place of the counts
        excused = field == f"na_{identity}" or identity == "satisfaction"
        assert not changed or excused, identity


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_are_half_open(total: str, expected: str) -> None:
    assert grade(STANDARD, Fraction(total)) == expected


def _with_tables_needed(tables: tuple[str, ...]) -> Standard:
    indicators = tuple(
        msgspec.structs.replace(one, needs_rows=tables) for one in STANDARD.indicators
    )
    return msgspec.structs.replace(STANDARD, indicators=indicators)


def test_an_empty_table_that_is_needed_leaves_nothing_to_compute() -> None:
    values = {"priority_assigned": 5}
    bare = evaluate(submission(values, standard=_with_tables_needed(())))
    assert bare.results["priority_completion"].score == 0
    needed = evaluate(submission(values, standard=_with_tables_needed(("tasks",))))
    result = needed.results["priority_completion"]
    assert (result.status, result.missing) == ("insufficient", ("tasks",))
