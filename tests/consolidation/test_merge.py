"""Who counts, where each stands, and what is listed as missing or odd."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.consolidation.records import LOST, STANDARD, consolidation, outcome, record, refused
from workbook_tools.checks import kind, make
from workbook_tools.consolidation import (
    Consolidation,
    PassedOver,
    Roster,
    RosterRow,
    prevailing_standard,
)
from workbook_tools.consolidation.round.lines import lines
from workbook_tools.consolidation.summary import document
from workbook_tools.standard import load_standard


def ranks(result: Consolidation) -> list[tuple[str, int | None]]:
    return [(item.code, item.rank) for item in result.departments]


def kinds(result: Consolidation) -> list[tuple[str, str]]:
    return [(notice.kind, notice.unit_code) for notice in result.notices]


def roster(*codes: str) -> Roster:
    rows = tuple(
        RosterRow(row=n, unit_code=code, unit_name=f"单位{code}", office="农业股", values={})
        for n, code in enumerate(codes, start=2)
    )
    return Roster(path=Path("名册.csv"), rows=rows)


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    result = consolidation(record("3", "95.5"), record("2", "98"), record("1", "98"))
    assert ranks(result) == [("1", 1), ("2", 1), ("3", 3)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(90_00, 100_00), max_size=12))
def test_a_rank_is_one_more_than_the_number_of_better_departments(cents: list[int]) -> None:
    result = consolidation(
        *(record(str(n), str(Fraction(c, 100).limit_denominator())) for n, c in enumerate(cents))
    )
    for item in result.departments:
        better = [one for one in cents if Fraction(one, 100) > (item.standing.points or 0)]
        assert item.rank == len(better) + 1


def test_an_incomplete_total_has_a_range_and_no_rank() -> None:
    result = consolidation(record("1", "95", insufficient=("quality_rate",)), record("2", "90"))
    assert ranks(result) == [("2", 1), ("1", None)]
    standing = result.departments[1].standing
    assert standing.points is None
    assert [standing.low, standing.high] == [87, 95]
    assert (standing.grade, standing.basis) == (None, "incomplete")
    assert result.ranking.loc[1, "range"] == "87.00～95.00"


def test_a_review_ranks_before_the_computed_score() -> None:
    result = consolidation(record("1", "99"), record("2", "90", review="9.5"), record("3", "99.2"))
    assert ranks(result) == [("2", 1), ("3", 2), ("1", 3)]
    assert result.departments[0].standing.basis == "reviewed"
    assert list(result.ranking["points"]) == [99.5, 99.2, 99.0]


def test_the_range_of_an_incomplete_total_counts_what_the_bureau_reviewed() -> None:
    result = consolidation(record("1", "95", review="2", insufficient=("quality_rate",)))
    standing = result.departments[0].standing
    assert [standing.low, standing.high] == [84, 92]


def test_a_review_can_complete_a_total() -> None:
    result = consolidation(record("1", review="7.25", insufficient=(LOST,)))
    assert result.departments[0].standing.points == Fraction("97.25")
    assert result.departments[0].rank == 1


def test_of_two_workbooks_the_later_date_counts_whatever_the_file_time() -> None:
    older = record("1", "91", path="/in/a.xlsx", facts={"prepared_on": "2021-02-28"})
    newer = record("1", "97", path="/in/b.xlsx", facts={"prepared_on": "2021-03-10"})
    result = consolidation(outcome(older, modified=9), outcome(newer, modified=1))
    assert [item.record.path for item in result.departments] == ["/in/b.xlsx"]
    assert [(n.kind, n.path) for n in result.notices] == [("duplicate", "/in/a.xlsx")]
    assert "2021-03-10" in result.notices[0].reason
    assert "b.xlsx" in result.notices[0].reason


@pytest.mark.parametrize(("first", "second", "newest"), [(20, 10, "a"), (10, 20, "b")])
def test_on_the_same_date_the_newer_file_counts(first: float, second: float, newest: str) -> None:
    result = consolidation(
        outcome(record("1", path="/in/a.xlsx"), modified=first),
        outcome(record("1", path="/in/b.xlsx"), modified=second),
    )
    assert [item.record.path for item in result.departments] == [f"/in/{newest}.xlsx"]


def test_workbooks_without_a_code_are_all_kept_and_named() -> None:
    result = consolidation(record("", path="/in/a.xlsx"), record("", path="/in/b.xlsx"))
    assert len(result.departments) == 2
    assert kinds(result) == [("no-code", ""), ("no-code", "")]


def test_the_roster_tells_who_is_missing_unlisted_and_named_otherwise() -> None:
    result = consolidation(
        record("1"), record("4"), record("2", name="别的名字"), roster=roster("1", "2", "3")
    )
    assert kinds(result) == [("missing", "3"), ("not-on-roster", "4"), ("name-differs", "2")]
    assert [item.group for item in result.departments] == ["农业股", "农业股", "未归口"]


def test_refused_and_passed_over_files_are_listed_with_their_reasons() -> None:
    result = consolidation(
        refused("/in/坏.xlsx", "坏.xlsx：设有打开密码。"),
        record("1", path="/in/1.xlsx"),
        passed_over=(PassedOver(Path("/in/~$a.xlsx"), "锁定文件。"),),
    )
    assert len(result.departments) == 1
    assert list(result.exceptions["kind"]) == ["无法读取", "略过的文件"]
    assert list(result.exceptions["reason"]) == ["坏.xlsx：设有打开密码。", "锁定文件。"]
    assert list(result.exceptions["file"]) == ["坏.xlsx", "~$a.xlsx"]


def test_blank_templates_do_not_say_by_which_standard_a_round_is() -> None:
    other = load_standard("national-2020")
    nation = msgspec.structs.replace(outcome(record("1")), standard=other.id)
    blanks = [outcome(record(code), blank=True) for code in ("2", "3")]
    assert prevailing_standard([nation, *blanks]) == (other.id, other.version)
    assert prevailing_standard(blanks) == (STANDARD.id, STANDARD.version)
    result = consolidation(outcome(record("4")), nation, nation, *blanks)  # of STANDARD, though
    assert [item.code for item in result.departments] == ["4"]
    assert {kind for kind, code in kinds(result) if code == "1"} == {"other-standard"}


def test_only_the_standard_of_most_workbooks_is_put_together() -> None:
    result = consolidation(
        outcome(record("1"), version="2.0"), outcome(record("2")), outcome(record("3"))
    )
    assert [item.code for item in result.departments] == ["2", "3"]
    assert kinds(result) == [("other-standard", "1")]
    title = STANDARD.title
    assert result.notices[0].reason == (
        f"采用的评分标准是“{title}（2.0 版）”，本次汇总的是“{title}（1.0 版）”，"
        "不能一起排名，未计入汇总。"
    )


def test_another_standard_is_called_by_its_title() -> None:
    """Nobody at a bureau knows ids."""
    other = msgspec.structs.replace(outcome(record("1")), standard="national-2020")
    own = msgspec.structs.replace(outcome(record("2")), standard="our-own")
    result = consolidation(other, own, *(outcome(record(str(code))) for code in (3, 4)))

    reasons = [notice.reason for notice in result.notices]
    assert f"“{load_standard('national-2020').title}（1.0 版）”" in reasons[0]
    assert "“our-own（1.0 版）”" in reasons[1], "what it is called where it is not known"
    assert not any("national-2020" in one or STANDARD.id in one for one in reasons)


def test_an_issued_amount_that_was_changed_is_added_up_as_issued(tmp_path: Path) -> None:
    """Else the parts of a budget are more than the whole; not so where another unit was sent it."""
    changed = make("differs-from-issued", "", field="budget_approved", expected="4120")
    typed = {"budget_approved": "68320.5", "budget_basic": "3000"}
    result = consolidation(
        outcome(record("1", findings=(changed,), facts=typed), issued_code="1"),
        outcome(record("2", findings=(changed,), facts=typed), issued_code="9"),
    )
    book = openpyxl.load_workbook(result.write(tmp_path / "汇总.xlsx"), data_only=True)
    head = next(row for row in book["预算汇总"].values if "年初批复预算数" in row)
    place = head.index("年初批复预算数")
    known = {row[0]: row[place] for row in book["预算汇总"].values if row[0] in ("1", "2")}

    assert known == {"1": 4120, "2": 68320.5}
    assert "单位1改动了财政部门下发的金额，按下发数列示和合计。" in str(
        book["预算汇总"]["A2"].value
    )
    kept = {line["unit_code"]: line["budget_approved"] for line in lines(result)}
    assert kept == {"1": "4120", "2": "68320.5"}, "for who puts counties together"
    told = msgspec.to_builtins(list(document.lists(result)["departments"]))
    assert {one["unit_code"]: one["facts"]["budget_approved"] for one in told} == kept
    assert [item.fact("budget_approved") for item in result.departments] == [
        Fraction("68320.5")
    ] * 2


def test_a_template_of_another_version_counts_and_is_named() -> None:
    result = consolidation(outcome(record("1"), made_for="0.9"))
    assert kinds(result) == [("other-version", "1")]
    assert len(result.departments) == 1


def test_a_subordinate_inside_its_parents_figures_is_left_out_of_the_money_only() -> None:
    whole = record("100", "95", facts={"scope": "汇总含所属", "expenditure_total": "500"})
    between = record("110", "96", facts={"parent_code": "100", "expenditure_total": "300.5"})
    below = record("111", "97", facts={"parent_code": "110", "expenditure_total": "200.25"})
    apart = record("200", "98", facts={"expenditure_total": "40"})
    result = consolidation(whole, between, below, apart)
    assert ranks(result) == [("200", 1), ("111", 2), ("110", 3), ("100", 4)]
    assert {item.code: item.included_in for item in result.departments if item.included_in} == {
        "110": "单位100",
        "111": "单位100",
    }
    assert kinds(result) == [("counted-twice", "110"), ("counted-twice", "111")]
    assert sorted(result.findings["unit_code"]) == ["110", "111"]
    assert set(result.findings["code"]) == {kind("counted-twice").code}
    counted = result.budget[result.budget["included_in"] == ""]
    assert counted["expenditure_total"].sum() == 540


def test_units_that_name_each_other_as_parent_do_not_hang() -> None:
    result = consolidation(
        record("1", facts={"parent_code": "2"}), record("2", facts={"parent_code": "1"})
    )
    assert not any(item.included_in for item in result.departments)


def test_nothing_at_all_is_an_empty_consolidation() -> None:
    result = consolidation()
    assert (len(result.ranking), len(result.data), len(result.budget)) == (0, 0, 0)


INCOMPLETE = record("2", insufficient=(LOST,))
FRAMES = (
    "ranking", "scores", "differences", "budget", "readings", "undecided", "findings",
    "exceptions", "data", "peer_hints", "peer_groups", "peer_ratios",
    "years", "year_indicators", "year_amounts", "year_breaks",
)  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_a_column_has_its_type_whether_or_not_there_are_rows(name: str) -> None:
    """So that a program that adds up or joins needs no special case for an empty round."""
    nothing = getattr(consolidation(), name)
    something = getattr(consolidation(record("1"), INCOMPLETE), name)

    assert dict(nothing.dtypes) == dict(something.dtypes)


def test_points_are_floats_and_ranks_whole_numbers_even_where_one_is_missing() -> None:
    ranking = consolidation(record("1"), INCOMPLETE).ranking

    assert (str(ranking["points"].dtype), str(ranking["rank"].dtype)) == ("float64", "Int64")
    assert ranking["rank"].tolist()[0] == 1
    assert ranking["rank"].isna().tolist() == [False, True]
    assert ranking["errors"].sum() == 0
