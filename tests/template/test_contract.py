"""The blank template as other programs find it: names, locks, rules on inputs, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.formula import Tokenizer
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbook_tools.standard import standard_hash
from workbook_tools.standard.contract import (
    GRADE_NAMES,
    GUIDE_SHEET,
    META_FORMULAS,
    META_ISSUED,
    META_NAMES,
    META_SHEET,
    RESULT_COUNTS,
    RESULT_ROW,
    RESULT_SHEET,
    RESULT_TIME,
    RESULT_VERSIONS,
    TOTAL_NAMES,
    column_name,
    fields,
)
from workbook_tools.standard.model import Standard

VOCABULARY = {
    *("IF", "AND", "OR", "NOT", "COUNT", "COUNTA", "ISNUMBER", "IFERROR", "MIN", "MAX", "ROUND"),
    *("INT", "ROUNDUP", "TEXT", "INDEX", "MATCH", "SUM", "SUBSTITUTE"),
    *("COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS"),
}


@pytest.fixture(scope="module")
def book(blank: Path) -> Workbook:
    return openpyxl.load_workbook(blank)


def cells_of(book: Workbook, name: str) -> list[Cell]:
    sheet, area = book.defined_names[name].attr_text.rsplit("!", 1)
    found = book[sheet.strip("'")][area.replace("$", "")]
    if isinstance(found, tuple):
        return [cell for row in found for cell in row]
    return [found]


def sheet_of(cell: Cell) -> Worksheet:
    assert isinstance(cell.parent, Worksheet)
    return cell.parent


def test_sheets_stand_in_the_order_of_the_contract(book: Workbook, standard: Standard) -> None:
    titles = [sheet.title for sheet in standard.sheets]
    assert book.sheetnames == [GUIDE_SHEET, *titles, RESULT_SHEET, META_SHEET]
    assert book[META_SHEET].sheet_state == "veryHidden"
    assert all(book[name].protection.sheet for name in book.sheetnames)
    assert all(book[name].protection.password is None for name in book.sheetnames)


def test_every_name_of_the_contract_points_at_its_cell(book: Workbook, standard: Standard) -> None:
    levels = [one.id for top in standard.levels for one in (top, *top.children)]
    single = [field.name for field in fields(standard).values()]
    single += [
        f"{kind}_{one.id}" for one in standard.indicators for kind in ("value", "score", "status")
    ]
    single += [f"subtotal_{level}" for level in levels]
    single += [*TOTAL_NAMES, *GRADE_NAMES, *META_NAMES]
    single += [RESULT_TIME, RESULT_COUNTS, RESULT_VERSIONS]
    places = {}
    for name in single:
        (cell,) = cells_of(book, name)
        places[(sheet_of(cell).title, cell.coordinate)] = name
    assert len(places) == len(single)
    for table in standard.tables:
        for part in (*table.columns, *table.row_measures):
            assert len(cells_of(book, column_name(table.id, part.id))) == table.rows
    assert len(cells_of(book, RESULT_ROW)) == 8


def test_only_inputs_are_unlocked(book: Workbook, standard: Standard) -> None:
    bureau = {"review", "review_reason"}
    expected = {
        (sheet_of(cell).title, cell.coordinate)
        for field in fields(standard).values()
        if field.role not in bureau and field.id not in ("reviewer", "reviewed_on")
        for cell in cells_of(book, field.name)
    }
    expected |= {
        (sheet_of(cell).title, cell.coordinate)
        for table in standard.tables
        for column in table.columns
        for cell in cells_of(book, column_name(table.id, column.id))
    }
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == expected


def test_every_input_has_a_rule_with_prompt_and_error(book: Workbook, standard: Standard) -> None:
    names = [field.name for field in fields(standard).values()]
    names += [
        column_name(table.id, column.id) for table in standard.tables for column in table.columns
    ]
    for name in names:
        for cell in (cells_of(book, name)[0], cells_of(book, name)[-1]):
            rules = [
                rule
                for rule in sheet_of(cell).data_validations.dataValidation
                if cell.coordinate in rule.sqref
            ]
            assert len(rules) == 1, name
            assert rules[0].prompt, name
            assert rules[0].error, name
            assert len(rules[0].prompt) <= 255, name
            assert len(rules[0].promptTitle) <= 32, name


def test_rules_say_type_and_range(book: Workbook) -> None:
    def rule(name: str) -> tuple[str, str, str]:
        (cell,) = cells_of(book, name)
        (found,) = (
            one
            for one in sheet_of(cell).data_validations.dataValidation
            if cell.coordinate in one.sqref
        )
        return found.type, found.formula1, found.formula2

    assert rule("in_budget_approved") == ("decimal", "0", "1000000000000")
    assert rule("in_staff_quota") == ("whole", "0", "1000000000000")
    assert rule("in_satisfaction_rate") == ("decimal", "0", "1")
    assert rule("self_staff_control") == ("decimal", "0", "5")
    assert rule("in_check_fund_compliance_3")[:2] == ("list", '"是,否,不涉及"')
    assert rule("in_check_fund_compliance_1")[:2] == ("list", '"是,否"')
    assert rule("in_prepared_on")[0] == "date"


def formulas_of(book: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", str(cell.value)


def test_formulas_use_the_vocabulary_that_all_programs_share(book: Workbook) -> None:
    used = set()
    for place, text in formulas_of(book):
        assert len(text) < 8192, place
        tokens = Tokenizer(text).items
        functions = [one.value[:-1] for one in tokens if one.subtype == "OPEN" and one.value != "("]
        used |= {name for name in functions if name}
        assert "?*" not in text, place
        assert '"<>"' not in text, place
    assert used <= VOCABULARY


def test_arithmetic_noise_never_reaches_a_threshold(book: Workbook, standard: Standard) -> None:
    for indicator in standard.indicators:
        text = str(cells_of(book, f"score_{indicator.id}")[0].value)
        for inner in re.findall(r"INT\((.*?)\)", text):
            assert inner.startswith("ROUND("), text
        measured = re.sub(r"\bin_\w+[<>]=", "", text)  # what was typed has no noise
        for left in re.findall(r"(\S{12})[<>]=", measured):
            assert left.endswith((",9)", ",12)")), text


def test_hidden_technical_columns_stay_hidden(book: Workbook) -> None:
    cell = cells_of(book, "tbl_tasks_counted")[0]
    assert sheet_of(cell).column_dimensions[cell.column_letter].hidden
    for name in ("tbl_tasks_timeliness", "tbl_kpis_achievement"):
        cell = cells_of(book, name)[0]
        assert not sheet_of(cell).column_dimensions[cell.column_letter].hidden


def test_meta_knows_identity_and_formulas(book: Workbook, standard: Standard) -> None:
    assert cells_of(book, "meta_standard")[0].value == standard.id
    assert cells_of(book, "meta_standard_version")[0].value == standard.version
    assert cells_of(book, "meta_standard_hash")[0].value == standard_hash(standard)
    texts = [cell.value for cell in cells_of(book, META_FORMULAS)]
    kept = dict(zip(texts[::2], texts[1::2], strict=True))
    wanted = [f"score_{one.id}" for one in standard.indicators]
    wanted += [*TOTAL_NAMES, *GRADE_NAMES, "tbl_tasks_timeliness", "calc_tasks_on_time_q1"]
    for name in wanted:
        assert name in kept
        if not name.startswith("tbl_"):
            assert cells_of(book, name)[0].value == f"={kept[name]}"
    assert "tbl_tasks_completed_quarter<=tbl_tasks_planned_quarter" in str(
        kept["tbl_tasks_timeliness"]
    )
    assert [cell.value for cell in cells_of(book, META_ISSUED)] == [None, None]


def test_the_two_indicators_of_the_same_name_are_told_apart(book: Workbook) -> None:
    titles = {str(cell.value) for row in book["计分表"].iter_rows() for cell in row}
    assert {"管理制度健全性（预算）", "管理制度健全性（资产）"} <= titles
