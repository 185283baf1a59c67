"""The whole way over files on disk, with the readers and checks as they are."""

from __future__ import annotations

import datetime
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from tests.consolidation.records import record
from workbook_tools.assessment import Assessment, assess
from workbook_tools.checks import Finding
from workbook_tools.consolidation import (
    RosterError,
    TargetRefused,
    consolidate,
    consolidate_records,
)
from workbook_tools.standard import Standard, load_standard
from workbook_tools.template import Filling, build_template

WHEN = datetime.datetime(2021, 4, 2, 9, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报送")
    standard = load_standard()
    for number in (1, 2):
        issued = {"unit_code": f"00{number}", "unit_name": f"单位{number}"}
        filling = Filling(values={"staff_actual": 50})
        build_template(standard, folder / f"单位{number}.xlsx", issued, filling)
    (folder / "坏.xlsx").write_bytes(b"not a workbook")
    (folder / "空.xlsx").write_bytes(b"")
    return folder


def test_broken_workbooks_are_listed_and_stop_nobody(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    result = consolidate(
        [folder], tmp_path / "汇总.xlsx", progress=lambda *done: told.append(done), when=WHEN
    )
    assert [item.code for item in result.departments] == ["001", "002"]
    assert sorted(result.exceptions["file"]) == ["坏.xlsx", "空.xlsx"]
    assert all(result.exceptions["reason"].str.len() > 10)
    assert told == [(n, 4) for n in (1, 2, 3, 4)]


def test_one_path_is_as_good_as_a_list(folder: Path) -> None:
    """A text is a path, not its letters."""
    both = [item.code for item in consolidate([folder], None).departments]
    assert [item.code for item in consolidate(str(folder), None).departments] == both
    assert [item.code for item in consolidate(folder, None).departments] == both


def test_an_unforeseen_failure_is_a_refusal_of_that_workbook_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(path: Path, standard: Standard | None, *, name: str) -> Assessment:
        if path.name == "单位1.xlsx":
            raise RecursionError("too deep")
        return assess(path, standard, name=name)

    monkeypatch.setattr("workbook_tools.assessment.assessing.assess", faulty)
    result = consolidate([folder], None)
    assert [item.code for item in result.departments] == ["002"]
    assert result.exceptions["reason"].str.contains("RecursionError").sum() == 1


def test_worker_processes_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    alone, together = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    consolidate([folder], alone, when=WHEN)
    with ProcessPoolExecutor(2) as pool:
        consolidate([folder], together, executor=pool, when=WHEN)
    assert alone.read_bytes() == together.read_bytes()


def test_a_target_or_roster_that_will_not_do_is_refused_before_the_work(
    folder: Path, tmp_path: Path
) -> None:
    def never(*_: int) -> None:
        pytest.fail("a workbook was read")

    with pytest.raises(TargetRefused):
        consolidate([folder], folder / "单位1.xlsx", progress=never)
    bad = tmp_path / "名册.csv"
    bad.write_text("unit_code\n1\n", encoding="utf-8")
    with pytest.raises(RosterError):
        consolidate([folder], None, roster=bad, progress=never)


def test_amounts_in_yuan_are_added_up_apart(tmp_path: Path) -> None:
    """One department typed every amount in 元, and so as ten thousand times too much."""
    records = [record("101", facts={"budget_approved": "100"}), record("102", facts={})]
    yuan = Finding(
        code="IN209", name="unit-looks-wrong", severity="warning", sheet="预算执行", cell="B5",
        field="budget_approved", expected="50", actual="500000", message="…",
    )  # fmt: skip
    records.append(record("103", facts={"budget_approved": "500000"}, findings=(yuan,)))
    result = consolidate_records(records, standard=load_standard())
    budget = result.budget.set_index("unit_code")
    assert list(budget["doubtful"]) == ["", "", "是"]
    result.write(tmp_path / "汇总.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["预算汇总"]
    rows = {str(row[1]): row for row in sheet.iter_rows(values_only=True) if row[1]}
    assert rows["合计（2 个单位，不含金额存疑的 1 个）"][4] == 100
    assert rows["各项有金额的单位数"][4] == 1
    assert rows["单位103"][4] == 500000
