"""The template's formulas as a real spreadsheet program works them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.lo import pages, print_to_pdf, recalculate, requires_libreoffice
from tests.template.department import FILLED, SCORES
from tests.template.test_contract import cells_of
from workbook_tools.standard.loader import load_standard
from workbook_tools.standard.model import Standard
from workbook_tools.template import (
    CellValue,
    Filling,
    TypedFormula,
    build_issued,
    build_template,
)

pytestmark = [
    requires_libreoffice,
    pytest.mark.libreoffice,
    # LibreOffice writes print areas of whole columns in a way that openpyxl does not know
    pytest.mark.filterwarnings("ignore:Print area cannot be set"),
]

Change = Mapping[str, CellValue]


class Case(NamedTuple):
    """What is typed differently from the invented department, and the results it must give."""

    name: str
    values: Change
    rows: dict[str, list[Change]]
    results: dict[str, float | str]


ROW: dict[str, CellValue] = {
    "name": "任务",
    "priority": "否",
    "planned_quarter": 1,
    "completed_quarter": 1,
}
KPI: dict[str, CellValue] = {
    "name": "指标",
    "category": "经济效益",
    "kind": "定量",
    "direction": "越大越好",
}

CASES = [
    Case("blank", {"staff_quota": None}, {}, {"score_staff_control": "", "total_score": ""}),
    Case("text", {"staff_quota": "50"}, {}, {"score_staff_control": "", "value_staff_control": ""}),
    Case(
        "error",
        {"staff_quota": TypedFormula("=NA()", "#N/A"), "check_disclosure_1": "是 "},
        {},
        {
            "score_staff_control": "",
            "score_disclosure": "",
            "status_disclosure": "资料不全：未回答【第1项】",
            # 4.63 and 0.5 are missing of 80.04; 5 and 1 could be had
            "total_low": 74.91,
            "total_high": 80.91,
            "grade_score": "",
        },
    ),
    Case(
        "zeros",
        {
            "budget_approved": 0,
            "carryover_previous": 0,
            "carryover_current": 0,
            "procurement_budget": 0,
            "priority_assigned": 0,
        },
        {},
        {
            "score_budget_completion": "",
            "status_budget_completion": "分母为0，无法计算",
            "score_carryover_control": 4,
            "status_carryover_control": "不适用，按满分计",
            "score_procurement_execution": 0,
            "status_procurement_execution": "分母为0，按0分计",
            "score_priority_completion": "",  # a task that was done, and none assigned
        },
    ),
    Case(
        "amounts in 元",
        {
            "procurement_budget": 1.53,
            "procurement_actual": 459,
            "public_funds_budget": 1.53,
            "public_funds_actual": 458.99,
            "carryover_previous": 600000,
            "carryover_current": 60,
            "revenue_total": "两千",  # no number to be held against
            "expenditure_total": "",
            "three_public_reception_previous_budget": 25000,
            "three_public_reception_current_budget": 2.5,
            "three_public_reception_previous_actual": 2.4,
            "three_public_reception_current_actual": 2.3,
        },
        {},
        {
            "score_procurement_execution": "",
            "score_public_funds_control": 0,
            "score_carryover_control": "",
            "score_three_public_change": "",
            "score_three_public_control": 0.5,
        },
    ),
    Case(
        "parts above their wholes",
        {
            "fixed_assets_in_use": 900.03,
            "fixed_assets_total": 900,
            "project_budget_priority": 100.02,
            "project_budget_total": 100,
            "survey_satisfied": 850,
            "survey_responses": 10,
            "assessment_score": 201,
            "assessment_full": 100,
            "budget_increase": 1,
            "budget_decrease": 0,
            "budget_restructured": 0,
            "budget_adjustment_exempt": 1.05,
        },
        {},
        {
            "score_asset_utilization": "",
            "score_priority_spending": 5,  # by no more than rounding
            "score_satisfaction": "",
            "score_actual_completion": "",
            "score_budget_adjustment": "",
        },
    ),
    Case(
        "thresholds",
        {
            "carryover_current": 115,
            "public_funds_budget": 100,
            "public_funds_actual": 115,
            "procurement_actual": 198,
            "staff_actual": 50,
        },
        {},
        {
            "score_carryover_control": 4,
            "score_public_funds_control": 0.5,  # fifteen whole steps; in binary it looks like 14.99
            "score_procurement_execution": 3.5,
            "score_staff_control": 5,
        },
    ),
    Case(
        "rows that lack something",
        {},
        {
            "tasks": [
                ROW,
                ROW | {"planned_quarter": "1"},
                {"name": "", "priority": "是", "planned_quarter": 1, "completed_quarter": 1},
            ],
            "kpis": [KPI | {"target": 0, "actual": 1}],
        },
        {
            "calc_tasks_planned": 2,
            "calc_tasks_priority": 0,
            "calc_tasks_due_q1": "",
            "calc_tasks_quality_met": "",
            "score_timely_completion": "",
            "score_economic_benefit": "",
            "score_social_benefit": "",
        },
    ),
    Case(
        "no rows",
        {},
        {"tasks": [], "kpis": []},
        {
            "calc_tasks_planned": 0,
            "score_timely_completion": "",
            "score_quality_rate": "",
            "status_quality_rate": "资料不全：【年度工作任务】",
            "score_priority_completion": "",
            "score_ecological_benefit": 5,
            "status_ecological_benefit": "单位填报不涉及，待复核",
        },
    ),
    Case(
        "reviewed",
        {"review_staff_control": 3, "self_disclosure": None, "survey_responses": None}
        | {"satisfaction_rate": 1},
        {},
        {
            "score_satisfaction": 5,
            "total_score": 80.25,
            "total_review": 78.62,
            "grade_score": "良",
            "grade_review": "中",
            "total_self": "",
            "grade_self": "",
        },
    ),
]


@pytest.fixture(scope="module")
def books(
    standard: Standard, blank: Path, filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Workbook]:
    """Every workbook of this module, recalculated in one run."""
    folder = tmp_path_factory.mktemp("recalculated")
    paths = [blank, filled]
    for number, case in enumerate(CASES):
        filling = Filling(
            values={**FILLED.values, **case.values}, rows={**FILLED.rows, **case.rows}
        )
        paths.append(folder / f"case{number}.xlsx")
        build_template(standard, paths[-1], filling=filling)
    results = recalculate(paths, folder / "out")
    names = ["empty", "filled", *(case.name for case in CASES)]
    return {
        name: openpyxl.load_workbook(path, data_only=True)
        for name, path in zip(names, results, strict=True)
    }


def shown(book: Workbook, name: str) -> object:
    value = cells_of(book, name)[0].value
    return "" if value is None else value


def formula_cells(path: Path) -> Iterator[tuple[str, str]]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate


def told_otherwise(path: Path, recalculated: Path) -> list[tuple[str, str, object, object]]:
    """Formula cells whose stored result is not what LibreOffice calculates."""
    stored, anew = (openpyxl.load_workbook(one, data_only=True) for one in (path, recalculated))
    places = list(formula_cells(path))
    assert len(places) > 300
    found = []
    for sheet, cell in places:
        ours, theirs = (book[sheet][cell].value or "" for book in (stored, anew))
        if ours != theirs and ours != pytest.approx(theirs):
            found.append((sheet, cell, ours, theirs))
    return found


def test_a_template_stores_its_true_results(
    standard: Standard, blank: Path, tmp_path: Path
) -> None:
    """Blank, issued (alone and among many), and filled in."""
    issued, among, filled = (tmp_path / f"{name}.xlsx" for name in ("issued", "among", "filled"))
    values: Change = {"unit_code": "001", "unit_name": "县<民政>&局", "staff_quota": 12}
    build_template(standard, issued, values)
    build_issued(standard, among, {**values, "fiscal_year": 2023})
    build_template(standard, filled, filling=FILLED)
    made = [blank, issued, among, filled]
    for path, anew in zip(made, recalculate(made, tmp_path / "out"), strict=True):
        assert told_otherwise(path, anew) == [], path.name
    assert shown(openpyxl.load_workbook(filled, data_only=True), "total_score") == 80.04
    assert shown(openpyxl.load_workbook(among, data_only=True), "total_high") == 100


@pytest.mark.parametrize("name", ["national-2020", "project-2020"])
def test_a_template_of_another_standard_stores_its_true_results(name: str, tmp_path: Path) -> None:
    path = tmp_path / "issued.xlsx"
    build_issued(load_standard(name), path, {"unit_code": "001", "unit_name": "县林业局"})
    (anew,) = recalculate([path], tmp_path / "out")
    assert told_otherwise(path, anew) == []


def test_every_score_is_what_a_clerk_works_out(books: dict[str, Workbook]) -> None:
    found = {name: shown(books["filled"], f"score_{name}") for name in SCORES}
    assert found == SCORES
    assert shown(books["filled"], "total_score") == 80.04
    assert shown(books["filled"], "total_self") == 80.04
    assert shown(books["filled"], "grade_score") == "良"
    assert shown(books["filled"], "subtotal_input") == 19.13
    assert shown(books["filled"], "subtotal_goal_setting") == 4.5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases(case: Case, books: dict[str, Workbook]) -> None:
    found = {name: shown(books[case.name], name) for name in case.results}
    assert found == case.results


def test_completeness_counts_what_is_filled(books: dict[str, Workbook]) -> None:
    guide = {
        row[0].value: tuple(cell.value for cell in row[2:5])
        for row in books["filled"]["填报说明"].iter_rows()
        if isinstance(row[2].value, int | float)
    }
    assert guide["人员资产"] == (4, 4, 1)
    assert guide["制度合规"] == (28, 28, 1)
    assert guide["计分表"] == (27, 27, 1)
    assert guide["报告正文"] == (5, 0, 0)


def test_empty_rows_do_not_print_and_filled_rows_do(
    standard: Standard, blank: Path, tmp_path: Path
) -> None:
    full = tmp_path / "full.xlsx"
    rows: list[Change] = [{"name": f"任务第{number}号"} for number in range(1, 121)]
    build_template(standard, full, filling=Filling(rows={"tasks": rows}))

    # each page carries its sheet's name at the foot
    foot = re.compile(r"履职任务第\d+页共\d+页$")
    empty, crowded = (
        [page for page in pages(pdf) if foot.search(page)]
        for pdf in print_to_pdf([blank, full], tmp_path / "pdf")
    )
    assert len(empty) == 1
    assert len(crowded) > 2
    assert "任务第120号" in crowded[-1]
