"""Where things stand does not matter, only their names; and what is no submission is refused."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.submission.handmade import STANDARD, write_workbook
from workbook_tools.standard.contract import fields
from workbook_tools.submission import SubmissionRefused, read_submission
from workbook_tools.template import build_template

SOME = {"unit_name": "示例县档案馆", "staff_quota": 50, "staff_actual": 54}
TASK: dict[str, object] = {
    "name": "甲",
    "planned_quarter": 1,
    "priority": "是",
    "completed_quarter": 2,
}


@pytest.mark.parametrize(
    ("sheet", "first_row"), [("填报", 1), ("人员 (改名)", 1), ("O'Brien 'x' 表", 40), ("A1", 0)]
)
def test_renamed_sheets_and_inserted_rows_do_no_harm(
    tmp_path: Path, sheet: str, first_row: int
) -> None:
    path = write_workbook(
        tmp_path / "表.xlsx", SOME, {"tasks": [TASK]}, sheet=sheet, first_row=first_row
    )

    submission = read_submission(path)

    assert submission.number("staff_actual") == 54
    assert submission.text("unit_name") == "示例县档案馆"
    assert submission.entries["staff_quota"].sheet == sheet
    assert submission.entries["staff_quota"].cell == f"C{first_row + 2}"
    (row,) = submission.tables["tasks"]
    assert row.entries["name"].sheet == sheet
    assert {name: entry.value for name, entry in row.entries.items() if entry.value} == {
        "name": "甲",
        "planned_quarter": Fraction(1),
        "priority": "是",
        "completed_quarter": Fraction(2),
    }


def test_moved_sheets_do_no_harm(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "原.xlsx", SOME)
    book = openpyxl.load_workbook(path)
    book.create_sheet("新表", 0)
    book.move_sheet("填报", offset=2)
    book.save(tmp_path / "移动.xlsx")

    submission = read_submission(tmp_path / "移动.xlsx")

    assert submission.origin.sheets == ("新表", "_meta", "填报")
    assert submission.number("staff_quota") == 50


def test_a_missing_name_and_a_name_that_points_nowhere(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "缺.xlsx", SOME, broken_names=["in_budget_approved"])

    submission = read_submission(path)

    for field in ("budget_approved", "carryover_previous"):
        entry = submission.entries[field]
        assert (entry.value, entry.problem, entry.sheet, entry.cell) == (
            None,
            "name-missing",
            "",
            "",
        )
        assert not entry.blank
    assert {"in_budget_approved", "in_carryover_previous", "tbl_tasks_name"} <= {
        *submission.missing_names
    }
    assert "in_staff_quota" not in submission.missing_names
    assert list(submission.entries) == list(fields(STANDARD))


def test_a_sheet_that_was_deleted(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "原.xlsx", SOME)
    book = openpyxl.load_workbook(path)
    del book["填报"]
    book.create_sheet("别的表")
    book.save(tmp_path / "删表.xlsx")

    submission = read_submission(tmp_path / "删表.xlsx")

    assert submission.entries["staff_quota"].problem == "name-missing"
    assert "in_staff_quota" in submission.missing_names


def test_tables_with_gaps_and_rows_without_a_name(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {},
        TASK,
        {},
        {"planned_quarter": 3},
        {"name": " "},
        {"name": "乙"},
        {"name": ""},
    ]
    path = write_workbook(tmp_path / "任务.xlsx", {}, {"tasks": rows})

    submission = read_submission(path)

    first = 4  # the row after the two that stand before a table
    seen = [(row.number - first, row.counted) for row in submission.tables["tasks"]]
    assert seen == [(1, True), (3, False), (4, False), (5, True)]
    named = [row.entries["name"].raw for row in submission.counted_rows("tasks")]
    assert named == ["甲", "乙"]  # a space is no name
    last = submission.tables["tasks"][-1]
    assert last.entries["planned_quarter"].blank
    assert submission.tables["kpis"] == ()


def test_a_table_whose_columns_lost_a_name(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "原.xlsx", {}, {"tasks": [TASK]})
    book = openpyxl.load_workbook(path)
    del book.defined_names["tbl_tasks_priority"]
    book.save(tmp_path / "缺列.xlsx")

    (row,) = read_submission(tmp_path / "缺列.xlsx").tables["tasks"]

    assert row.counted
    assert row.entries["priority"].problem == "name-missing"
    assert row.entries["planned_quarter"].value == 1


def test_results_issued_values_and_expected_formulas_are_kept_apart_from_inputs(
    tmp_path: Path,
) -> None:
    results = {
        "score_staff_control": ("=5/1.08", 4.62962962962963),
        "value_staff_control": 1.08,
        "grade_score": ('=IF(1,"优",0)', "优"),
        "total_score": ("=1/0", "#DIV/0!"),
        "calc_own": ("=1+1", 2),
    }
    pairs = {
        "meta_issued": {"staff_quota": "50", "unit_name": "示例县档案馆"},
        "meta_formulas": {"score_staff_control": "5/value", "calc_own": "1+1"},
    }
    path = write_workbook(tmp_path / "结果.xlsx", {**SOME, **results}, pairs=pairs)

    submission = read_submission(path)

    stored = submission.stored
    assert stored["score_staff_control"].value == Fraction("4.62962962962963")
    assert stored["score_staff_control"].formula == "5/1.08"
    assert (stored["value_staff_control"].formula, stored["value_staff_control"].cell) == (
        None,
        "C6",
    )
    assert (stored["grade_score"].kind, stored["grade_score"].value) == ("text", "优")
    assert (stored["total_score"].kind, stored["total_score"].value) == ("error", "#DIV/0!")
    assert stored["calc_own"].value == 2
    assert "total_low" not in stored
    assert submission.issued == {"staff_quota": "50", "unit_name": "示例县档案馆"}
    assert submission.formulas == {"score_staff_control": "5/value", "calc_own": "1+1"}
    assert (submission.origin.standard, submission.origin.standard_version) == (STANDARD.id, "1.0")
    assert submission.origin.unit_code == "0301"
    assert submission.origin.tool_version == ""


def test_reading_changes_nothing(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "原.xlsx", SOME)
    before = path.read_bytes()
    read_submission(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["原.xlsx"]


# -------------------------------------------------------------------------------------- refusals


def refusal(path: Path) -> SubmissionRefused:
    with pytest.raises(SubmissionRefused) as refused:
        read_submission(path)
    assert path.name in refused.value.message
    assert refused.value.message.endswith("。")
    return refused.value


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的表.xlsx"
    openpyxl.Workbook().save(path)
    assert refusal(path).code == "not-a-template"
    with pytest.raises(SubmissionRefused) as refused:
        read_submission(path, STANDARD)
    assert refused.value.code == "not-a-template"


def test_a_workbook_of_a_standard_that_is_not_here(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "外县.xlsx", SOME, meta={"meta_standard": "another-county-2031"}
    )
    refused = refusal(path)
    assert refused.code == "unknown-standard"
    assert "another-county-2031" in refused.message
    assert "财政部门" in refused.message
    assert read_submission(path, STANDARD).number("staff_quota") == 50


def test_a_standard_is_never_looked_for_by_a_path_in_a_workbook(tmp_path: Path) -> None:
    bait = tmp_path / "bait.yaml"
    bait.write_text("schema: 1", encoding="utf-8")
    path = write_workbook(tmp_path / "路径.xlsx", SOME, meta={"meta_standard": str(bait)})
    assert refusal(path).code == "unknown-standard"


def test_a_lost_meta_sheet_can_be_made_good_by_naming_the_standard(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "缺标识.xlsx", SOME, meta={})
    assert refusal(path).code == "not-a-template"
    submission = read_submission(path, STANDARD)
    assert submission.number("staff_quota") == 50
    assert submission.origin.standard == ""


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.xlsx", b"", "unreadable"),
        ("文本.xlsx", "单位,得分\n甲,90\n".encode(), "not-a-workbook"),
        ("网页.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
        ("旧格式.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-workbook"),
        ("截断.xlsx", b"PK\x03\x04" + b"\0" * 60, "unreadable"),
    ],
)
def test_what_is_no_workbook_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path).code == code


def test_a_zip_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "资料.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("说明.txt", "没有工作簿")
    assert refusal(path).code == "not-a-workbook"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "不存在" in refusal(tmp_path / "没有.xlsx").message
    assert "文件夹" in refusal(tmp_path).message


def test_a_refusal_travels_between_processes() -> None:
    sent = SubmissionRefused("not-a-template", "甲.xlsx：不是模板。")
    received = pickle.loads(pickle.dumps(sent))
    assert (received.code, received.message) == (sent.code, sent.message)


def test_formulas_beside_table_rows_are_read_in_every_row(tmp_path: Path) -> None:
    build_template(STANDARD, tmp_path / "模板.xlsx")

    submission = read_submission(tmp_path / "模板.xlsx")

    tables = {table.id: table.rows for table in STANDARD.tables}
    column = submission.row_formulas["tbl_tasks_timeliness"]
    assert (column.area.sheet, len(column.cells)) == ("履职任务", tables["tasks"])
    book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    for row, cell in enumerate(column.cells, start=column.area.first_row):
        assert f"={cell.formula}" == book["履职任务"].cell(row, column.area.first_col).value
    names = submission.columns["tbl_tasks_name"]
    assert (names.sheet, names.first_row) == ("履职任务", column.area.first_row)
    assert "tbl_tasks_timeliness" not in submission.stored
    assert not {name for name in submission.row_formulas if not name.startswith("tbl_")}


def test_a_column_of_formulas_that_was_stretched_over_the_sheet(tmp_path: Path) -> None:
    build_template(STANDARD, tmp_path / "模板.xlsx")
    book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    book.defined_names["tbl_tasks_timeliness"].attr_text = "履职任务!$I$13:$I$1048576"
    book.save(tmp_path / "长.xlsx")

    submission = read_submission(tmp_path / "长.xlsx")

    rows = next(table.rows for table in STANDARD.tables if table.id == "tasks")
    assert len(submission.row_formulas["tbl_tasks_timeliness"].cells) == 2 * rows


@pytest.mark.parametrize(
    ("typed", "stored", "code"),
    [
        ("305001", "305001", "305001"),
        ("305001\u00a0", "305001", "305001"),
        ("\u202d３０５００１\u202c ", "305001", "305001"),
        (305001, 305001.0, "305001"),  # a library made numbers of both
        (2, "002", "002"),
        ("0002", "002", "002"),
        ("003", "002", "003"),
    ],
)
def test_a_units_code_is_the_one_that_is_meant(
    tmp_path: Path, typed: str | int, stored: str | float, code: str
) -> None:
    path = tmp_path / "表.xlsx"
    build_template(STANDARD, path, {"unit_code": "305001"})
    book = openpyxl.load_workbook(path)
    for row in book["_meta"].iter_rows():
        for key, value in pairwise(row):
            if key.value in ("unit_code", "meta_unit_code"):
                value.value = stored
    sheet, place = book.defined_names["in_unit_code"].attr_text.split("!")
    book[sheet.strip("'")][place.replace("$", "")].value = typed
    book.save(path)

    submission = read_submission(path)

    assert submission.text("unit_code") == code
    assert submission.entries["unit_code"].raw == str(typed)
    assert submission.is_as_issued("unit_code") == (code != "003")
