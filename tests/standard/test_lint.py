"""Each fault of sense, seeded in a copy of the shipped standard, is found with its line."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest

from tests.standard.shipped import QINGLING, SHIPPED, Fault, changed, faults, without_fault, written
from tests.standard.told import section, written_down
from workbook_tools.standard import StandardError, check_standard, load_standard
from workbook_tools.standard.problems import Problem

FAULTS = faults("faults_of_sense.yaml")


def _as_written(file: str, fault: Fault, problems: list[Problem]) -> None:
    how = "python -m tests.standard.told > tests/standard/told.md"
    assert section(file, fault.name, problems) == written_down(file, fault.name), how


@pytest.mark.parametrize("fault", FAULTS, ids=attrgetter("name"))
def test_a_fault_is_found_with_its_line(fault: Fault, tmp_path: Path) -> None:
    text, line = changed(fault)
    path = written(tmp_path, text)
    found = check_standard(path)
    problems = [each for each in found if fault.message in each.message]
    assert [(each.line, each.severity) for each in problems] == [(line, fault.severity)], found
    _as_written("faults_of_sense.yaml", fault, found)


def test_a_standard_with_errors_is_not_loaded(tmp_path: Path) -> None:
    unused = "- {id: spare, label: 备用, sheet: staff_assets, section: 人员, type: count}\n  "
    text = changed(FAULTS[0])[0].replace("- id: staff_quota\n", f"{unused}- id: staff_quota\n")
    path = written(tmp_path, text)
    with pytest.raises(StandardError) as raised:
        load_standard(path)
    found = check_standard(path)
    assert {one.severity for one in found} == {"warning", "error"}
    assert raised.value.problems == tuple(one for one in found if one.severity == "error")


@pytest.mark.parametrize("fault", faults("faults_of_schema_2.yaml"), ids=attrgetter("name"))
def test_a_fault_of_schema_2_is_found_with_its_line(fault: Fault, tmp_path: Path) -> None:
    text, line = changed(fault, QINGLING)
    problems = check_standard(written(tmp_path, text))
    found = [each for each in problems if fault.message in each.message]
    assert [(each.line, each.severity) for each in found] == [(line, fault.severity)], problems
    _as_written("faults_of_schema_2.yaml", fault, problems)


@pytest.mark.parametrize("change", faults("no_faults.yaml"), ids=attrgetter("name"))
def test_what_may_just_be_is_no_fault(change: Fault, tmp_path: Path) -> None:
    problems = check_standard(written(tmp_path, without_fault(change)))
    assert [one for one in problems if one.severity == "error"] == []


LONG = "长" * 200
"""As long as a text may be that becomes part of a formula."""


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("label: 编制数", "label: {}", 1),
        ("short: 有效答卷", "short: {}", 1),
        ("label: 满意度调查有效答卷数", "label: {}", 0),  # which has a short name
        (
            "choices: [本级, 汇总含所属]",
            "choices:\n      - 本级\n      - 汇总含所属\n      - {}",
            1,
        ),
        ("label: 年度工作任务", "label: {}", 1),
        ("label: 质量标准", "label: {}", 1),
        ("choices: [1, 2, 3, 4]", "choices: [1, 2, 3, 4,\n          {}]", 1),
        ("label: 调整后预算数", "label: {}", 1),
        ("{name: 良, at_least: 80}", "{{at_least: 80,\n    name: {}}}", 1),
    ],
)
def test_a_text_that_stands_in_formulas_has_two_hundred_characters_at_most(
    old: str, new: str, lines: int, tmp_path: Path
) -> None:
    assert SHIPPED.count(old) == 1
    for text, found in ((LONG, 0), (f"{LONG}长", lines)):
        whole = SHIPPED.replace(old, new.format(text))
        at = 1 + next(n for n, line in enumerate(whole.splitlines()) if text in line)
        said = [
            one for one in check_standard(written(tmp_path, whole)) if "最多 200" in one.message
        ]
        assert [one.line for one in said] == [at] * found


def test_the_name_of_a_grid_s_cell_is_told_at_the_grid(tmp_path: Path) -> None:
    whole = SHIPPED.replace(
        "{id: reception, label: 公务接待费}", f"{{id: reception, label: {LONG}}}"
    )
    said = [one for one in check_standard(written(tmp_path, whole)) if "最多 200" in one.message]
    at = 1 + whole.splitlines().index("  - id: three_public")
    assert [one.line for one in said] == [at] * 4


def test_a_mean_is_not_of_what_may_be_more_than_all(tmp_path: Path) -> None:
    whole = SHIPPED.replace(
        "        degree: degree\n", "        degree: degree\n        signed: true\n"
    )
    said = [one.message for one in check_standard(written(tmp_path, whole))]
    assert [one.partition("，")[0] for one in said] == ["没有完成程度 'achievement'"] * 3


def test_derived_quantities_may_stand_in_any_order(tmp_path: Path) -> None:
    first = "{kind: formula, id: double, label: 两倍, formula: once * 2}"
    second = "{kind: formula, id: once, label: 一倍, formula: spent + 0}"
    given = "\nindicators:\n"
    text = QINGLING.replace(given, f"\nderived:\n  - {first}\n  - {second}\n{given}")
    sorted_ones = load_standard(written(tmp_path, text)).derived
    assert [one.id for one in sorted_ones] == ["once", "double"]
    circle = text.replace("formula: spent + 0", "formula: double - 1")
    problems = [one for one in check_standard(written(tmp_path, circle)) if "绕回" in one.message]
    lines = circle.splitlines()
    assert [lines[one.line - 1].strip(" -") for one in problems] == [
        first,
        second.replace("spent + 0", "double - 1"),
    ]


def test_an_input_that_nothing_uses_is_only_a_warning(tmp_path: Path) -> None:
    spare = "{¶id: spare, label: 备用, sheet: staff_assets, section: 人员, type: count}"
    quota = "- id: staff_quota\n"
    text, line = changed(Fault(name="spare", old=quota, new=f"- {spare}\n  {quota}", message=""))
    path = written(tmp_path, text)
    problems = check_standard(path)
    assert [(each.line, each.severity) for each in problems] == [(line, "warning")]
    assert "'spare' 没有任何算式使用" in problems[0].message
    assert load_standard(path).id == "hunan-county-2020"


def test_a_level_without_children_may_hold_indicators_itself(tmp_path: Path) -> None:
    children = "    children:\n      - {id: duty_benefit, name: 履职效益, weight: 20}\n"
    assert children in SHIPPED
    text = SHIPPED.replace(children, "").replace("level: duty_benefit", "level: effect")
    assert check_standard(written(tmp_path, text)) == []
    light = text.replace("name: 效果\n    weight: 20", "name: 效果\n    weight: 19")
    assert [problem.message for problem in check_standard(written(tmp_path, light))] == [
        "一级指标权重之和为 20 + 30 + 30 + 19 = 99，应为 100",
        "效果的权重为 19，其三级指标权重之和为 5 + 5 + 5 + 5 = 20",
    ]
