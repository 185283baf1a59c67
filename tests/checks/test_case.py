"""What several checks ask of a case."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, cell_of
from tests.checks.facts import case_of
from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.faults import Fault

FIRST = tuple(one.id for one in STANDARD.indicators)
TITLE = [f"“{one.title}”" for one in STANDARD.indicators]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, TITLE[0]),
        (3, "、".join(TITLE[:3])),
        (4, "、".join(TITLE[:3]) + "等 4 项指标"),
        (7, "、".join(TITLE[:3]) + "等 7 项指标"),
    ],
)
def test_indicators_in_words(count: int, words: str) -> None:
    case = case_of(Change())
    assert case.named(FIRST[:count]) == words
    assert case.uncomputed(FIRST[:count]) == (f"，{words}无法计算" if count else "")


@pytest.mark.parametrize(
    ("number", "fiscal_year", "day"),
    [
        (36_525, 2000, None),
        (36_526, 2000, "2000-01-01"),
        (73_050, 2099, "2099-12-31"),
        (73_051, 2099, None),
        (73_051, 2100, None),
        (Fraction(73_051, 2), 2000, None),
        (43_830, 2020, "2019-12-31"),
        (43_830, 2021, None),
        (43_831, 2021, "2020-01-01"),
        (43_831, 2018, "2020-01-01"),
        (43_831, 2017, None),
        (43_831, None, None),
    ],
)
def test_a_number_that_is_a_day(
    number: Fraction | int, fiscal_year: int | None, day: str | None
) -> None:
    case = case_of(Change())
    year = None if fiscal_year is None else Fraction(fiscal_year)
    entry = msgspec.structs.replace(case.submission.entries["fiscal_year"], value=year)
    entries = {**case.submission.entries, "fiscal_year": entry}
    dated = Case(msgspec.structs.replace(case.submission, entries=entries), case.evaluation)
    found = dated.day(Fraction(number))
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("values", "calculated"),
    [([], False), ([None, ""], False), ([None, Fraction(0)], True), (["优", None], True)],
)
def test_a_workbook_is_calculated_where_a_formula_has_a_result(
    values: list[Fraction | str | None], calculated: bool
) -> None:
    submission = case_of(Change()).submission
    stored = [*submission.stored.items()][: len(values)]
    for formula, so in (("1+1", calculated), (None, False)):
        given = {
            name: msgspec.structs.replace(one, value=value, formula=formula)
            for (name, one), value in zip(stored, values, strict=True)
        }
        made = msgspec.structs.replace(submission, stored=given)
        assert Case(made, case_of(Change()).evaluation).calculated == so


def test_formulas_that_are_lost_beside_cells_that_are() -> None:
    case = case_of(Change(beside={"tbl_tasks_valid": [1]}))
    submission = case.submission
    there, *_ = submission.stored
    wanted = [there.upper(), "TBL_TASKS_VALID", "calc_gone", "in_staff_quota", "calc_lost"]
    made = msgspec.structs.replace(submission, formulas=dict.fromkeys(wanted, "1"))
    assert Case(made, case.evaluation).lost_formulas == ("calc_gone", "calc_lost")


def _altered(before: str, now: str, sheet: str) -> Fault:
    return Fault(
        kind="altered",
        name="calc",
        sheet=sheet,
        cell="Z200",
        last_cell="Z200",
        rows=1,
        expected=f"={before}",
        actual=f"={now}",
        altered=((f"={before}", f"={now}"),),
    )


@pytest.mark.parametrize(
    ("row", "sheet", "dragged"),
    [
        (2, cell_of("tasks.name[0]")[0], True),
        (0, cell_of("tasks.name[0]")[0], False),
        (0, cell_of("unit_name")[0], True),
    ],
)
def test_a_drag_leaves_a_blank_behind(row: int, sheet: str, dragged: bool) -> None:
    case = case_of(Change(rows={"tasks": {2: {"name": "丙", "quality_met": None}}}))
    before, now = (cell_of(f"tasks.quality_met[{one}]")[1] for one in (row, row + 1))
    case.faults = (_altered(before, now, sheet),)
    assert [one.moves for one in case.drags] == [((before, now),)] * dragged


def test_the_title_of_a_sheet_is_that_of_the_workbook() -> None:
    case = case_of(Change())
    sheet = case.fields["staff_quota"].sheet
    entries = {
        field: msgspec.structs.replace(entry, sheet="改过的名字" if field == "staff_quota" else "")
        for field, entry in case.submission.entries.items()
    }
    renamed = msgspec.structs.replace(case.submission, entries=entries)
    assert Case(renamed, case.evaluation).sheet(sheet) == "改过的名字"
    other = next(one for one in STANDARD.sheets if one.id != sheet)
    assert Case(renamed, case.evaluation).sheet(other.id) == other.title


def test_a_cell_in_words() -> None:
    case = case_of(Change(rows={"tasks": {2: {"planned_quarter": 2}}}))
    assert case.slot("staff_quota").where == f"{cell_of('staff_quota')[1]}（编制数）"
    column = next(one for one in case.slots if one.field == "tasks.planned_quarter")
    place = cell_of("tasks.planned_quarter[0]")[1]
    assert column.where == f"{place}（档案接收：计划完成季度）"
    nameless = next(one for one in case.uncounted if one.field == "tasks.planned_quarter")
    place = cell_of("tasks.planned_quarter[2]")[1]
    assert nameless.where == f"{place}（计划完成季度）"
    assert Slot(column.entry, column.spec, column.field, column.table).where == (
        f"{column.entry.cell}（计划完成季度）"
    )
    assert Slot(column.entry, column.spec, column.field, None, column.row).where == (
        f"{column.entry.cell}（计划完成季度）"
    )
