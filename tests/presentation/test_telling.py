"""A finding that follows from another says so and stands under it; the other says what goes."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.builder import Change, cell_of, findings
from workbook_tools.checks import Finding
from workbook_tools.checks.finding import Cause
from workbook_tools.presentation.telling import Told, told


def at(found: list[Finding], name: str, field: str) -> Finding:
    return next(one for one in found if (one.name, one.field) == (name, field))


def places(finding: Finding) -> list[tuple[str, str]]:
    return [(one.sheet, one.cell) for one in finding.causes]


def row(rows: list[Told], finding: Finding) -> int:
    return next(number for number, one in enumerate(rows) if one.finding is finding)


def test_a_score_without_support_follows_from_the_cell_that_cannot_be_used() -> None:
    found = findings(Change(fields={"staff_quota": "50 人", "claimed_total": 100}))

    cause = at(found, "number-as-text", "staff_quota")
    effect = at(found, "self-score-unsupported", "self_staff_control")
    rows = told(found)

    assert places(effect) == [cell_of("staff_quota")]
    assert cause.causes == ()
    assert row(rows, effect) == row(rows, cause) + 1
    assert (rows[row(rows, cause)].under, rows[row(rows, effect)].under) == (False, True)
    sheet, cell = cell_of("staff_quota")
    assert f"本条由“{sheet}”{cell}引起" in rows[row(rows, effect)].text
    there, cell = cell_of("self_staff_control")
    assert f"改好后，“{there}”{cell}的问题随之消失" in rows[row(rows, cause)].text


def test_a_score_that_differs_follows_from_an_amount_that_is_not_the_issued_one() -> None:
    found = findings(Change(fields={"staff_quota": 40}, issued={"staff_quota": "50"}))

    score = at(found, "self-score-too-high", "self_staff_control")

    assert at(found, "differs-from-issued", "staff_quota").causes == ()
    assert places(score) == [cell_of("staff_quota")]
    total = at(found, "total-differs", "claimed_total")
    assert places(total) == [cell_of("self_staff_control")]


def test_a_score_follows_from_the_row_that_it_counts_and_not_from_others() -> None:
    change = Change(
        fields={"self_social_benefit": 3, "self_economic_benefit": 3},
        rows={"kpis": {0: {"target": 1, "actual": 60}}},
    )
    found = findings(change)

    social = at(found, "self-score-too-low", "self_social_benefit")
    economic = at(found, "self-score-too-low", "self_economic_benefit")

    assert (places(social), places(economic)) == ([cell_of("kpis.actual[0]")], [])


def test_a_score_that_differs_the_other_way_has_another_cause() -> None:
    """60 against 1 gives the row all points, so a score that is too high comes from elsewhere."""
    fields = {"self_social_benefit": 5, "reason_social_benefit": "宣传不足"}
    weak = {"name": "宣传", "category": "社会效益", "kind": "定性", "degree": 0.9}
    change = Change(fields=fields, rows={"kpis": {0: {"target": 1, "actual": 60}, 5: weak}})
    found = findings(change)

    assert at(found, "self-score-too-high", "self_social_benefit").causes == ()


def test_what_an_amount_in_yuan_contradicts_follows_from_it() -> None:
    said = "本年支出合计1,250.00万元，其中基本支出830.00万元，项目支出420.00万元。"
    found = findings(Change(fields={"expenditure_basic": 8_300_000, "narrative_usage": said}))

    others = [one for one in found if one.name in ("amount-differs", "share-differs")]
    assert [places(one) for one in others] == [[cell_of("expenditure_basic")]] * len(others)


def test_a_score_that_agrees_once_two_papers_do_follows_from_their_difference() -> None:
    """The carry-over typed 300 too high: against the accounts, and against the own score."""
    found = findings(Change(fields={"carryover_current": 365}))

    differ = at(found, "figures-differ", "carryover_current")
    score = at(found, "self-score-too-high", "self_carryover_control")
    assert (differ.causes, places(score)) == ((), [cell_of("carryover_current")])


def test_a_sum_is_told_at_the_part_that_explains_the_rest() -> None:
    """What was spent on projects, typed 120 too low, is also less than the projects' own list."""
    listed = {"name": "甲", "priority": "是", "budget": 400, "actual": 420}
    change = Change(fields={"expenditure_project": 300}, rows={"projects": {0: listed}})
    found = findings(change)

    sums = next(one for one in found if one.name == "parts-do-not-add-up")
    above = next(one for one in found if one.name == "part-exceeds-whole")

    assert (sums.field, sums.expected) == ("expenditure_project", "420.00")
    assert places(above) == [cell_of("expenditure_project")]


def test_a_part_that_would_have_to_be_negative_is_not_what_is_wrong() -> None:
    fields = {"project_budget_total": 4000, "project_budget_priority": 4000}
    found = findings(Change(fields=fields, issued={"budget_approved": "1200"}))

    sums = next(one for one in found if one.name == "parts-do-not-add-up")
    assert (sums.field, sums.expected) == ("project_budget_total", "400.00")


def test_what_is_only_passed_over_does_not_follow() -> None:
    """Most is in 元: with the one put right that is called so, another is suspected first."""
    fields = {
        "project_budget_priority": 4_000_000,
        "revenue_total": 12_550_000,
        "carryover_previous": 600_000,
        "carryover_current": 650_000,
        "expenditure_basic": 8_300_000,
        "expenditure_project": 4_200_000,
    }
    found = findings(Change(fields=fields))

    assert at(found, "unit-looks-wrong", "project_budget_priority").severity == "error"
    differ = at(found, "figures-differ", "carryover_current")
    assert cell_of("project_budget_priority") not in places(differ)


def test_a_sum_that_the_bureau_issued_is_not_what_is_wrong() -> None:
    found = findings(Change(fields={"budget_basic": 1100}, issued={"budget_approved": "1200"}))

    sums = next(one for one in found if one.name == "parts-do-not-add-up")
    assert (sums.sheet, sums.cell) == cell_of("budget_basic")


def test_what_is_measured_otherwise_follows_from_what_cannot_be_used() -> None:
    fields = {"survey_satisfied": 850, "survey_responses": 10, "satisfaction_rate": 0.8}
    found = findings(Change(fields=fields))

    otherwise = at(found, "measured-otherwise", "self_satisfaction")
    too_high = at(found, "self-score-too-high", "self_satisfaction")
    rows = told(found)

    assert places(otherwise) == places(too_high) == [cell_of("survey_satisfied")]
    (sheet, cell), text = cell_of("self_satisfaction"), rows[0].text
    assert text.count(f"“{sheet}”{cell}") == 1, text  # two findings in one cell are one place
    assert rows[row(rows, too_high)].text.count("改好后") == 1


def test_all_that_agrees_once_a_sum_is_right_follows_from_it() -> None:
    """50 too much in one cell contradicts four others; the report's own text has it right."""
    change = Change(
        fields={
            "expenditure_total": 1300,
            "narrative_usage": "本年支出合计 1,250.00 万元。",
        }
    )
    found = [one for one in findings(change) if one.name != "erratum"]

    sums = at(found, "parts-do-not-add-up", "expenditure_total")
    others = [one for one in found if one is not sums]

    assert {one.name for one in others} == {"figures-differ", "amount-differs"}
    assert [places(one) for one in others] == [[cell_of("expenditure_total")]] * len(others)
    assert [one.under for one in told(found)] == [False] + [True] * len(others)


def test_what_stays_wrong_when_a_sum_is_right_does_not_follow_from_it() -> None:
    change = Change(fields={"expenditure_total": 1300, "survey_satisfied": 201})
    found = findings(change)

    assert at(found, "part-exceeds-whole", "survey_satisfied").causes == ()


def test_two_sums_that_contradict_each_other_are_both_told() -> None:
    change = Change(fields={"expenditure_total": 1300, "budget_approved": 1300})
    found = findings(change)
    listed = [one.finding for one in told(found)]

    assert sorted(map(id, listed)) == sorted(map(id, found))


def test_a_formula_that_lost_its_cell_is_told_with_what_was_deleted() -> None:
    change = Change(
        missing=("tbl_tasks_evidence",),
        stored={"score_staff_control": {"formula": "5*#REF!"}},
        formulas={"score_staff_control": "5*in_staff_quota"},
    )
    names = {one.name for one in findings(change)}

    assert "name-missing" in names
    assert "formula-altered" not in names


def test_the_claimed_total_follows_from_the_self_scores() -> None:
    found = findings(Change(fields={"staff_actual": 60}))

    score = at(found, "self-score-too-high", "self_staff_control")
    total = at(found, "total-differs", "claimed_total")

    assert (score.causes, places(total)) == ((), [cell_of("self_staff_control")])


def test_lost_names_and_sheets_are_causes_of_what_they_take_along() -> None:
    found = findings(
        Change(missing=("in_staff_quota", "tbl_tasks_*", "in_assessment_*", "in_priority_assigned"))
    )

    lost = at(found, "name-missing", "in_staff_quota")
    gone = next(one for one in found if one.name == "sheet-removed")
    control = at(found, "self-score-unsupported", "self_staff_control")
    quality = at(found, "self-score-unsupported", "self_quality_rate")

    assert [one.code for one in (*control.causes, *quality.causes)] == [lost.code, gone.code]
    assert {one.finding.name for one in told(found) if one.under} >= {"self-score-unsupported"}


def test_nothing_is_lost_or_told_twice() -> None:
    found = findings(Change(fields={"staff_quota": None, "budget_approved": "很多", "self_*": 1}))

    rows = told(found)

    assert sorted(map(id, found)) == sorted(id(one.finding) for one in rows)
    assert rows[0].under is False


def test_what_follows_stands_by_the_worst_of_its_group() -> None:
    """A warning that makes errors follow comes before the errors that stand alone after it."""
    found = findings(Change(fields={"procurement_actual": 1_550_000, "phone": {"error": "#REF!"}}))
    rows = told(found)
    ranks = [
        min(
            {"error": 0, "warning": 1, "info": 2}[one.finding.severity]
            for one in rows[
                start : next(
                    (n for n in range(start + 1, len(rows)) if not rows[n].under), len(rows)
                )
            ]
        )
        for start in range(len(rows))
        if not rows[start].under
    ]
    assert ranks == sorted(ranks)


def made(number: int, cell: str, causes: list[str]) -> Finding:
    """A finding of one kind in a cell, which follows from those of its kind in other cells."""
    return Finding(
        code="XC401",
        name="parts-do-not-add-up",
        severity="error",
        message=f"第 {number} 条。",
        sheet="预算执行",
        cell=cell,
        field="",
        expected="",
        actual="",
        causes=tuple(Cause("XC401", "预算执行", one) for one in causes),
    )


def test_two_sums_of_one_cell_one_under_the_other() -> None:
    first, second = made(1, "B6", []), made(2, "B6", ["B6"])

    rows = told([second, first])

    assert [(one.finding, one.cause) for one in rows] == [(first, None), (second, first)]
    assert rows[0].text == "第 1 条。改好后，同一格的另一条随之消失或重新核对。"
    assert rows[1].text == "第 2 条。本条由同一格的另一条引起，改好后自动消失或重新核对。"


def test_a_finding_without_a_cell_is_named_by_its_code() -> None:
    cause = made(1, "B6", [])
    effect = msgspec.structs.replace(made(2, "", ["B6"]), sheet="个性指标", code="IN201")

    rows = told([cause, effect])

    assert rows[0].text == "第 1 条。改好后，“个性指标”表的问题 IN201 随之消失或重新核对。"


CELLS = st.sampled_from(["B6", "C6", "D6"])


@given(st.lists(st.tuples(CELLS, st.lists(CELLS, max_size=2)), max_size=6))
def test_whatever_follows_from_what_each_is_told_once(drawn: list[tuple[str, list[str]]]) -> None:
    """Also where findings follow from each other in a circle, or from themselves."""
    found = [made(number, cell, causes) for number, (cell, causes) in enumerate(drawn)]

    rows = told(found)

    assert sorted(one.finding.message for one in rows) == sorted(one.message for one in found)
    for place, one in enumerate(rows):
        assert one.cause is None or one.cause in [above.finding for above in rows[:place]]
