"""What the builder writes for which arguments, and what it refuses."""

from __future__ import annotations

import datetime
import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.template.test_contract import cells_of, sheet_of
from workbook_tools.files.targets import TargetRefused
from workbook_tools.standard.model import Standard
from workbook_tools.template import (
    CellValue,
    Filling,
    TemplateError,
    TypedFormula,
    build_template,
)

COMMITTED = Path(__file__).parents[2] / "templates" / "score_template.xlsx"


def parts(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def test_the_same_input_gives_the_same_bytes(
    standard: Standard, blank: Path, tmp_path: Path
) -> None:
    build_template(standard, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == blank.read_bytes()


def test_the_committed_template_is_a_fresh_build(blank: Path) -> None:
    committed, fresh = parts(COMMITTED), parts(blank)
    assert [name for name, _ in committed] == [name for name, _ in fresh]
    assert [
        name for (name, one), (_, other) in zip(committed, fresh, strict=True) if one != other
    ] == []


@pytest.fixture(scope="module")
def issued(standard: Standard, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("issued") / "issued.xlsx"
    values: dict[str, CellValue] = {
        "unit_code": "012003",
        "unit_name": "某县样例局（虚构）",
        "budget_approved": Fraction(397553, 100),
        "satisfaction_rate": Fraction(1, 3),
        "prepared_on": datetime.date(2021, 3, 15),
        "payment_planned_q1": Fraction(3, 10),
    }
    build_template(standard, path, issued=values)
    return openpyxl.load_workbook(path)


def test_issued_values_are_locked_marked_and_remembered(issued: Workbook) -> None:
    (cell,) = cells_of(issued, "in_budget_approved")
    assert cell.value == 3975.53
    assert cell.protection.locked
    row = [other.value for other in sheet_of(cell)[cell.row]]
    assert "■财政预填" in row
    assert "●必填" not in row
    texts = [one.value for one in cells_of(issued, "meta_issued")]
    assert dict(zip(texts[::2], texts[1::2], strict=True)) == {
        "unit_code": "012003",
        "unit_name": "某县样例局（虚构）",
        "budget_approved": "3975.53",
        "satisfaction_rate": "0.333333333333333",
        "prepared_on": "2021-03-15",
        "payment_planned_q1": "0.3",
    }
    assert cells_of(issued, "meta_unit_code")[0].value == "012003"
    assert cells_of(issued, "in_payment_planned_q1")[0].value == 0.3
    assert cells_of(issued, "in_payment_planned_q2")[0].value == 0.5


def test_a_filling_stands_as_if_typed(standard: Standard, tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    build_template(standard, path, filling=Filling(values={"staff_quota": 50}))
    (score,) = cells_of(openpyxl.load_workbook(path), "score_staff_control")
    filling = Filling(
        values={
            "staff_quota": "５０",
            "staff_actual": TypedFormula("=50+4", 54),
            "budget_approved": TypedFormula("=NA()", "#N/A"),
            "payment_planned_q1": None,
            "reviewer": True,
        },
        rows={"tasks": [{"name": "任务一", "planned_quarter": 2}]},
        overwritten={"score_budget_completion": 4},
        results={("计分表", score.coordinate): 4.63},
    )
    build_template(standard, path, filling=filling, overwrite=True)
    formulas = openpyxl.load_workbook(path)
    shown = openpyxl.load_workbook(path, data_only=True)

    def typed(name: str) -> object:
        return cells_of(formulas, name)[0].value

    assert typed("in_staff_quota") == "５０"
    assert not cells_of(formulas, "in_staff_quota")[0].protection.locked
    assert typed("in_staff_actual") == "=50+4"
    assert cells_of(shown, "in_staff_actual")[0].value == 54
    assert cells_of(shown, "in_budget_approved")[0].value == "#N/A"
    assert typed("in_payment_planned_q1") is None
    assert typed("in_reviewer") is True
    assert typed("tbl_tasks_planned_quarter") == 2
    assert typed("score_budget_completion") == 4
    assert cells_of(shown, "score_staff_control")[0].value == 4.63


@pytest.mark.parametrize(
    ("issued", "filling", "named"),
    [
        ({"no_such": 1}, Filling(), "no_such"),
        ({}, Filling(values={"no_such": 1}), "no_such"),
        ({}, Filling(rows={"no_table": []}), "no_table"),
        ({}, Filling(rows={"tasks": [{"no_column": 1}]}), "no_column"),
        ({}, Filling(rows={"kpis": [{}] * 41}), "个性指标"),
        ({"budget_approved": TypedFormula("=1", 1)}, Filling(), "预填"),
    ],
)
def test_what_does_not_exist_is_refused_and_nothing_written(
    standard: Standard,
    tmp_path: Path,
    issued: dict[str, CellValue],
    filling: Filling,
    named: str,
) -> None:
    with pytest.raises(TemplateError, match=named):
        build_template(standard, tmp_path / "refused.xlsx", issued=issued, filling=filling)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stands_there_is_replaced_only_when_told(
    standard: Standard, tmp_path: Path
) -> None:
    path = tmp_path / "自评.xlsx"
    path.write_bytes(b"half filled in")

    with pytest.raises(TargetRefused, match=r"自评\.xlsx 已经存在，没有覆盖"):
        build_template(standard, path)
    assert path.read_bytes() == b"half filled in"

    build_template(standard, path, overwrite=True)
    assert "填报说明" in openpyxl.load_workbook(path).sheetnames
