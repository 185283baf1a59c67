"""Files of real programs: what we read is what openpyxl reads from the same file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel

from tests.lo import recalculate, requires_libreoffice
from workbook_tools.ooxml import Area, Cell, from_a1, from_serial, open_workbook, to_serial

FORMULAS = {
    "B2": ("=A1*2", 84),
    "B3": ('=IF(A2="是","按时","逾期")', "按时"),
    "B4": ("=A1/0", "#DIV/0!"),
    "B5": ("='数据 表'!$C$3&\"<&>\"", "甲<&>"),
    "B6": ("=A1>1", True),
    "B7": ('=IF(A1="","",A1)', 42),
    "B8": ('=IF(A1=42,"",A1)', ""),
}


def by_xlsxwriter(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("计分表")
    data = book.add_worksheet("数据 表")
    hidden = book.add_worksheet("_meta")
    hidden.very_hidden()
    bold = book.add_format({"bold": True})
    sheet.write("A1", 42)
    sheet.write("A2", "是")
    sheet.write("A3", "3,975.53 ")
    sheet.write_boolean("A4", True)
    sheet.write_datetime(
        "A5", datetime(2020, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"})
    )
    sheet.write_rich_string("A6", "富", bold, "文本", " 尾")
    sheet.write_blank("A7", None, bold)
    sheet.write("A8", "换\n行 & <标签>")
    for row in range(20):
        data.write(row, 0, row / 7)
        data.write_formula(row, 1, f"=A{row + 1}*2+$A$1", None, row / 7 * 2)
    data.write("C3", "甲")
    for address, (formula, value) in FORMULAS.items():
        sheet.write_formula(address, formula, None, value)
    sheet.write_array_formula("D1:D1", "{=SUM(A1:A1*2)}", None, 84)
    book.define_name("in_a", "=计分表!$A$1")
    book.define_name("tbl_x", "='数据 表'!$A$1:$B$20")
    book.define_name("计分表!local", "=计分表!$A$2")
    book.close()
    return path


def by_openpyxl(source: Path, path: Path) -> Path:
    """A load and save, by which every stored result is lost."""
    book = openpyxl.load_workbook(source)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return by_xlsxwriter(tmp_path_factory.mktemp("read") / "xlsxwriter.xlsx")


@pytest.fixture(scope="module")
def saved_by_libreoffice(written: Path) -> Path:
    return recalculate([written], written.parent / "lo")[0]


def read_by_openpyxl(path: Path, sheet: str) -> Iterator[tuple[tuple[int, int], object, object]]:
    """Place, formula as text or None, and value of each cell that is not empty."""
    formulas = openpyxl.load_workbook(path)[sheet]
    values = openpyxl.load_workbook(path, data_only=True)[sheet]
    for row in formulas.iter_rows():
        for cell in row:
            formula = getattr(cell.value, "text", cell.value)
            is_formula = cell.data_type == "f"
            value = values[cell.coordinate].value
            if isinstance(value, datetime):
                value = to_serial(value)
            if is_formula or value is not None:
                text = str(formula).removeprefix("=") if is_formula else None
                yield from_a1(cell.coordinate), text, value


def assert_reads_like_openpyxl(path: Path) -> None:
    wb = open_workbook(path)
    assert [sheet.name for sheet in wb.sheets] == openpyxl.load_workbook(path).sheetnames
    for sheet in wb.sheets:
        ours = wb.cells(sheet.name)
        seen = set()
        for place, formula, value in read_by_openpyxl(path, sheet.name):
            seen.add(place)
            assert ours[place].formula == formula, (sheet.name, place)
            # openpyxl gives None for an empty text beside a formula.
            assert ours[place].value == value or (value is None and not ours[place].value)
        assert set(ours) == seen


def test_a_file_of_xlsxwriter(written: Path) -> None:
    assert_reads_like_openpyxl(written)
    wb = open_workbook(written)
    assert [sheet.state for sheet in wb.sheets] == ["visible", "visible", "veryHidden"]
    cells = wb.cells("计分表")
    assert cells[6, 1] == Cell("text", "富文本 尾")
    assert (7, 1) not in cells
    assert cells[8, 1] == Cell("text", "换\n行 & <标签>")
    assert cells[4, 2] == Cell("error", "#DIV/0!", "A1/0")
    assert cells[6, 2] == Cell("bool", True, "A1>1")
    # XlsxWriter stores an empty text as no result at all.
    assert cells[8, 2] == Cell("blank", None, 'IF(A1=42,"",A1)')
    assert wb.names == {
        "in_a": Area("计分表", 1, 1, 1, 1),
        "tbl_x": Area("数据 表", 1, 1, 20, 2),
        "local": Area("计分表", 2, 1, 2, 1),  # one sheet's own, and no other's
    }


def test_a_file_of_openpyxl(written: Path, tmp_path: Path) -> None:
    path = by_openpyxl(written, tmp_path / "openpyxl.xlsx")
    assert_reads_like_openpyxl(path)
    cells = open_workbook(path).cells("计分表")
    assert cells[2, 2] == Cell("blank", None, "A1*2")
    assert cells[1, 1] == Cell("number", 42.0)


@pytest.mark.libreoffice
@requires_libreoffice
def test_a_file_of_libreoffice(written: Path, saved_by_libreoffice: Path) -> None:
    assert_reads_like_openpyxl(saved_by_libreoffice)
    before, after = open_workbook(written), open_workbook(saved_by_libreoffice)
    assert dict(after.names) == dict(before.names)
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    assert after.sheets[2].state == "hidden"
    assert after.cells("计分表")[2, 2] == Cell("number", 84.0, "A1*2")
    assert after.cells("计分表")[4, 2].kind == "error"
    assert after.cells("计分表")[8, 2] == Cell("text", "", 'IF(A1=42,"",A1)')
    assert from_serial(float(str(after.cells("计分表")[5, 1].value))) == datetime(2020, 12, 31)


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
)
values = st.one_of(
    st.floats(-1e300, 1e300),
    st.integers(-(10**15), 10**15),
    st.booleans(),
    texts.filter(lambda text: not text.startswith("=")),
)
grids = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 60)), values, min_size=1, max_size=15
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(grids, st.booleans())
def test_any_values_come_back_as_openpyxl_reads_them(
    tmp_path: Path, grid: dict[tuple[int, int], float | str | bool], inline: bool
) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": inline, "strings_to_urls": False})
    sheet = book.add_worksheet("数")
    for (row, column), value in sorted(grid.items()):
        sheet.write(row - 1, column - 1, value)
    book.close()
    ours = {place: cell.value for place, cell in open_workbook(path).cells("数").items()}
    theirs = {
        (cell.row, cell.column): cell.value
        for row in openpyxl.load_workbook(path)["数"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert ours == theirs
    assert set(ours) == set(grid)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.booleans(),
)
def test_dates_are_what_openpyxl_makes_of_their_serial_numbers(
    moment: datetime, date1904: bool
) -> None:
    if date1904 and moment.year < 1904:
        return
    serial = to_serial(moment, date1904=date1904)
    assert from_serial(serial, date1904=date1904) == moment
    if date1904 or moment >= datetime(1900, 3, 1):
        epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
        theirs = from_excel(serial, epoch)
        assert isinstance(theirs, datetime)
        assert abs((theirs - moment).total_seconds()) < 1


@pytest.mark.parametrize(
    ("serial", "day"),
    [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1)),
     (43831, date(2020, 1, 1)), (2958465, date(9999, 12, 31))],
)  # fmt: skip
def test_days_of_the_1900_system(serial: int, day: date) -> None:
    assert from_serial(serial).date() == day
    assert to_serial(datetime(day.year, day.month, day.day)) == serial


@pytest.mark.parametrize("serial", [60, 60.5, -1, 2958466, float("nan")])
def test_numbers_that_are_no_date(serial: float) -> None:
    with pytest.raises(ValueError, match=r"no date|never was"):
        from_serial(serial)
