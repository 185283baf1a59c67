"""What somebody did in one go is one finding, also where it left its mark in many cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.template.department import FILLED, filled_in_yuan, input_cell
from workbook_tools import assess, load_standard
from workbook_tools.checks.finding import Finding
from workbook_tools.template import build_template

STANDARD = load_standard()


def raised(path: Path, *names: str) -> list[Finding]:
    return [one for one in assess(path).findings if one.name in names]


def with_names(source: Path, target: Path, change: Callable[[str], str]) -> None:
    """The workbook with its list of names as ``change`` makes it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/workbook.xml":
                content = change(content.decode()).encode()
            new.writestr(part, content)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsx"
    build_template(STANDARD, path, filling=FILLED)
    return path


def first_cell_of(book: openpyxl.Workbook, name: str) -> str:
    """The first cell of a table's column, ``G12``."""
    area = book.defined_names[name].attr_text.partition("!")[2]
    return str(area.partition(":")[0].replace("$", ""))


def test_rows_of_formulas_deleted(filled: Path, tmp_path: Path) -> None:
    """What is worked out below the score table is gone; nobody is to blame for empty scores."""
    target = tmp_path / "删行.xlsx"

    def lose(names: str) -> str:
        lost = r'(<definedName name="(?:calc|scale)_[^"]*">)[^<]*'
        names, count = re.subn(lost, r"\1#REF!", names)
        assert count > 50
        return names

    with_names(filled, target, lose)
    (told,) = raised(target, "name-missing", "formula-value-differs")

    assert (told.name, told.severity) == ("name-missing", "warning")
    assert "等 65 处的公式找不到了" in told.message


def test_rows_of_a_table_dragged(filled: Path, tmp_path: Path) -> None:
    """The formulas beside the rows that were moved are altered together."""
    target = tmp_path / "拖行.xlsx"
    book = openpyxl.load_workbook(filled)
    sheet = book["履职任务"]
    rows = [row for row in sheet.iter_rows() if str(row[8].value).startswith("=IF(")][:3]
    formulas = [cell for row in rows for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) > 10
    for cell in formulas:
        cell.value = f"{cell.value}&T(A1)"
    book.save(target)

    (told,) = raised(target, "formula-altered")

    assert formulas[0].coordinate in told.message
    assert formulas[-1].coordinate in told.message
    assert "列的公式与模板不同" in told.message


def test_a_cell_of_a_row_dragged_onto_another(filled: Path, tmp_path: Path) -> None:
    """The formulas went along, as in Excel; what is blank here and wrong there follows from it."""
    target = tmp_path / "拖格.xlsx"
    book = openpyxl.load_workbook(filled)
    sheet = book["个性指标"]
    lost = sheet[first_cell_of(book, "tbl_kpis_actual")]
    first, onto = lost.row, lost.offset(1)
    letter = lost.column_letter
    for row, reference in ((first, f"${letter}{first + 1}"), (first + 1, "#REF!")):
        for cell in sheet[row]:
            if str(cell.value).startswith("="):
                cell.value = cell.value.replace(f"${letter}{row}", reference)
    onto.value, lost.value = lost.value, None
    book.save(target)

    (told,) = raised(target, "formula-altered")

    assert f"多半是把 {lost.coordinate} 剪切或拖动到了 {onto.coordinate}" in told.message
    (blank,) = [one for one in raised(target, "required-blank") if one.cell == lost.coordinate]
    assert [one.cell for one in blank.causes] == [told.cell]


def test_rows_of_a_table_dragged_a_row_down(filled: Path, tmp_path: Path) -> None:
    """What was dragged is told whole, from the first cell of the first row to the last of all."""
    target = tmp_path / "拖几行.xlsx"
    book = openpyxl.load_workbook(filled)
    sheet = book["个性指标"]
    first = sheet[first_cell_of(book, "tbl_kpis_name")].row
    inputs = [cell.column_letter for cell in sheet[first] if not cell.protection.locked]
    for row in (first + 2, first + 1, first):
        for letter in inputs:
            sheet[f"{letter}{row + 1}"].value = sheet[f"{letter}{row}"].value
            for cell in sheet[row]:
                if str(cell.value).startswith("="):
                    cell.value = cell.value.replace(f"${letter}{row}", f"${letter}{row + 1}")
    for letter in inputs:
        sheet[f"{letter}{first}"].value = None
        for cell in sheet[first + 3]:  # what was overrun is asked for no more
            if str(cell.value).startswith("="):
                cell.value = cell.value.replace(f"${letter}{first + 3}", "#REF!")
    book.save(target)

    (told,) = raised(target, "formula-altered")

    lost = f"{inputs[0]}{first} 至 {inputs[-1]}{first + 2}"
    onto = f"{inputs[0]}{first + 1} 至 {inputs[-1]}{first + 3}"
    assert f"多半是把 {lost} 剪切或拖动到了 {onto}。" in told.message


def test_rows_of_a_table_dragged_with_their_formulas(filled: Path, tmp_path: Path) -> None:
    """On an unprotected sheet: the formulas left a blank behind, and ask for where they were."""
    target = tmp_path / "拖整行.xlsx"
    book = openpyxl.load_workbook(filled)
    sheet = book["个性指标"]
    first = sheet[first_cell_of(book, "tbl_kpis_name")].row
    onto = first + 9
    inputs = [cell.column for cell in sheet[first] if not cell.protection.locked]
    formulas = [cell for cell in sheet[first] if str(cell.value).startswith("=")]
    for cell in formulas[1:]:
        for column in inputs:
            letter = get_column_letter(column)
            cell.value = cell.value.replace(f"${letter}{first}", f"${letter}{onto}")
    for column in inputs:
        sheet.cell(onto, column).value, sheet.cell(first, column).value = (
            sheet.cell(first, column).value,
            None,
        )
    moved = formulas[0]
    for column in inputs:
        letter = get_column_letter(column)
        moved.value = moved.value.replace(f"${letter}{first}", f"${letter}{onto}")
    sheet.cell(onto, moved.column).value, moved.value = moved.value, None
    book.save(target)

    (told,) = [
        one for one in raised(target, "formula-altered", "formula-overwritten") if not one.causes
    ]

    assert told.name == "formula-altered"
    assert f" 至 {sheet.cell(onto, inputs[-1]).coordinate}" in told.message


def typed_into(filled: Path, target: Path, **values: object) -> None:
    """The filled workbook with other contents in the cells of these fields."""
    book = openpyxl.load_workbook(filled)
    for field, value in values.items():
        input_cell(book, field).value = value
    book.save(target)


def test_a_column_of_numbers_pasted_as_texts(filled: Path, tmp_path: Path) -> None:
    """Cells without numbers between them break no run; what is lacking follows from the one."""
    target = tmp_path / "文本.xlsx"
    book = openpyxl.load_workbook(filled)
    sheet = book["预算执行"]
    numbers = [
        cell
        for row in sheet["B5:B28"]
        for cell in row
        if cell.number_format == "#,##0.00" and not cell.protection.locked
    ]
    assert len(numbers) > 10
    for cell in numbers:
        cell.value = f"{cell.value or 0:,.2f}"
    book.save(target)

    (told,) = raised(target, "number-as-text")

    assert told.cell == numbers[0].coordinate
    assert f" 至 {numbers[-1].coordinate} 的 {len(numbers) - 1} 格也是这样" in told.message
    assert f"{numbers[1].coordinate} 应为 {str(numbers[1].value).replace(',', '')}" in told.message
    unsupported = raised(target, "self-score-unsupported")
    assert unsupported
    assert all([one.cell for one in each.causes] == [told.cell] for each in unsupported)


def test_percentages_of_a_row_without_their_signs(filled: Path, tmp_path: Path) -> None:
    """Four quarters are one finding, three cells are three."""
    plan = [f"payment_planned_q{number}" for number in range(1, 5)]
    together, single = tmp_path / "四格.xlsx", tmp_path / "三格.xlsx"
    typed_into(filled, together, **dict(zip(plan, (25, 50, 75, 100), strict=True)))
    typed_into(filled, single, **dict(zip(plan[1:], (50, 75, 100), strict=True)))

    (told,) = raised(together, "out-of-range")

    assert told.expected == "25%"
    assert "D31 应为 75%" in told.message
    assert [one.expected for one in raised(single, "out-of-range")] == ["50%", "75%", "100%"]


def test_the_whole_table_in_yuan(tmp_path: Path) -> None:
    """Beside a budget that was issued in 万元; each amount is named with what it should be."""
    path = tmp_path / "全部按元.xlsx"
    issued = {"budget_approved": FILLED.values["budget_approved"]}
    build_template(STANDARD, path, issued, filling=filled_in_yuan(STANDARD, issued))

    (told,) = raised(path, "unit-looks-wrong")

    assert "疑似整张表误按“元”填写" in told.message
    assert "（本年支出合计）应为" in told.message
    unsupported = raised(path, "self-score-unsupported")
    assert unsupported
    assert all(cause.cell == told.cell for one in unsupported for cause in one.causes)


def test_a_block_dragged_onto_another(filled: Path, tmp_path: Path) -> None:
    """Two cells dragged onto two others: the names of all four are lost at once."""
    target = tmp_path / "拖块.xlsx"

    def drag(names: str) -> str:
        where = dict(re.findall(r'<definedName name="(in_budget_\w+)">([^<]*)', names))
        for one, onto in (("increase", "restructured"), ("decrease", "adjustment_exempt")):
            name = f'<definedName name="in_budget_{one}">'
            moved = name + where[f"in_budget_{onto}"]
            names = names.replace(name + where[f"in_budget_{one}"], moved)
        return names

    with_names(filled, target, drag)
    (told,) = raised(target, "cell-moved")

    assert told.message.count("、") >= 3
    unsupported = raised(target, "self-score-unsupported")
    assert unsupported
    assert all(one.causes for one in unsupported)


def test_a_cell_that_a_merge_hides_cannot_be_filled_in(filled: Path, tmp_path: Path) -> None:
    """Nobody can type into it, so what is asked for is to take the merge back first."""
    target = tmp_path / "合并.xlsx"
    book = openpyxl.load_workbook(filled)
    money, tasks = book["预算执行"], book["履职任务"]
    shown = input_cell(book, "expenditure_basic")
    hidden = shown.offset(1)
    name = tasks[first_cell_of(book, "tbl_tasks_name")]
    money.merge_cells(f"{shown.coordinate}:{hidden.coordinate}")
    tasks.merge_cells(f"{name.coordinate}:{name.offset(1).coordinate}")
    book.save(target)

    found = raised(target, "required-blank", "unnamed-row")

    told = {one.cell: one.message for one in found}
    areas = (f"{shown.coordinate}:{hidden.coordinate}", f"{name.coordinate}:A{name.row + 1}")
    assert f"{areas[0]} 合并成了一格，请先取消合并。请补填" in told[hidden.coordinate]
    assert f"{areas[1]} 合并成了一格，请先取消合并。请补填" in told[f"A{name.row + 1}"]
