"""The shipped standard says what the published table says."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from workbook_tools.standard import check_standard, list_standards, load_standard
from workbook_tools.standard.contract import fields
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.rules import AtLeast, AtMost, Checklist, Steps

TABLE = Path(__file__).with_name("score_table.md")


def test_it_has_no_problems_not_even_warnings() -> None:
    assert check_standard("hunan-county-2020") == []
    assert "hunan-county-2020" in list_standards()


def test_levels_names_and_weights_are_those_of_the_published_table() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    expected = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in lines
        if re.search(r"\d \|$", line)
    ]
    standard = load_standard()
    groups = {
        child.id: (f"{level.name} {level.weight}", f"{child.name} {child.weight}")
        for level in standard.levels
        for child in level.children
    }
    assert len(expected) == 27
    assert [
        (*groups[each.level], each.name, str(each.weight)) for each in standard.indicators
    ] == expected


# limit, size of a step, points that it takes, as the published rules state them
STEPS = {
    "carryover_control": ("0.15", "0.05", "1"),
    "public_funds_control": ("1", "0.01", "0.1"),
    "three_public_control": ("1", "0.01", "0.5"),
    "procurement_execution": ("1", "0.01", "0.5"),
    "asset_utilization": ("1", "0.01", "0.1"),
}


@pytest.mark.parametrize("name", STEPS)
def test_thresholds_and_deductions_are_the_published_ones(name: str) -> None:
    rule = next(each.rule for each in load_standard().indicators if each.id == name)
    assert isinstance(rule, AtMost | AtLeast)
    steps = rule.beyond if isinstance(rule, AtMost) else rule.below
    assert isinstance(steps, Steps)
    assert (rule.limit, steps.size, steps.deduct) == tuple(map(Fraction, STEPS[name]))
    assert steps.partial == "floor"


CHECKLISTS = {
    "goal_soundness": "1 0.5 0.5",
    "goal_clarity": "1 0.5 0.5 1",
    "budget_rules": "1 0.5 0.5",
    "fund_compliance": "0.2 0.2 0.2? 0.2 0.2",
    "disclosure": "0.5 0.5",
    "basic_information": "0.4 0.3 0.3",
    "asset_rules": "1 0.5 0.5",
    "asset_safety": "0.4 0.4 0.4? 0.4 0.4?",
}


def test_items_of_the_checklists_have_the_published_points() -> None:
    found = {
        each.id: " ".join(
            f"{float(item.points):g}{'?' * item.may_be_na}" for item in each.rule.items
        )
        for each in load_standard().indicators
        if isinstance(each.rule, Checklist)
    }
    assert found == CHECKLISTS


def test_every_step_rule_has_both_other_readings_of_a_part_of_a_step() -> None:
    for indicator in load_standard().indicators:
        if indicator.id in STEPS:
            assert {"ceil_steps", "proportional_steps"} <= {a.id for a in indicator.alternatives}
        if indicator.zero == "zero_unless_both":
            assert "full" in {reading.zero for reading in indicator.alternatives}


def test_the_parts_of_two_indicators_of_one_name_are_told_apart() -> None:
    titles = [indicator.title for indicator in load_standard().indicators]
    assert titles.count("管理制度健全性（预算）") == titles.count("管理制度健全性（资产）") == 1


def test_every_number_that_a_score_needs_is_required_or_has_a_way_around() -> None:
    standard = load_standard()
    known = fields(standard)
    for indicator in standard.indicators:
        if len(indicator.measures) == 1:
            for name in names(parse(indicator.measures[0])):
                assert name not in known or known[name].required, name


def test_fields_have_unique_valid_names() -> None:
    known = fields(load_standard())
    every = [field.name for field in known.values()]
    assert len(set(every)) == len(every)
    assert all(re.fullmatch(r"[a-z]+_[a-z0-9_]{1,250}", name) for name in every)
    assert {field.sheet for field in known.values()} == {s.id for s in load_standard().sheets}
    assert known["payment_planned_q3"].preset == Fraction(3, 4)
    assert known["payment_planned_q3"].type == "share"
    assert known["payment_actual_q3"].type == "money"
    assert not known["three_public_reception_previous_actual"].required
    assert known["check_fund_compliance_3"].choices == ("是", "否", "不涉及")
    assert known["check_fund_compliance_4"].choices == ("是", "否")
    assert known["self_goal_clarity"].max == 3
