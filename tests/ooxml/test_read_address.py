from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from workbook_tools.ooxml import Area, from_a1, parse_area, quote_sheet, to_a1

rows = st.integers(1, 1_048_576)
columns = st.integers(1, 16_384)
# What Excel allows in a sheet's name: up to 31 characters, none of these, no quote at an end.
sheet_names = (
    st.text(st.characters(codec="utf-8", exclude_characters="[]:*?/\\\0"), min_size=1, max_size=31)
    .filter(lambda name: not (name.startswith("'") or name.endswith("'")))
    .filter(lambda name: name.isprintable() and name.strip() == name)
)


@given(rows, columns)
def test_an_address_and_its_numbers_are_each_other_s_inverse(row: int, column: int) -> None:
    address = to_a1(row, column)
    assert from_a1(address) == (row, column)
    assert coordinate_from_string(address) == (get_column_letter(column), row)


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1:B2", "甲1"])
def test_what_is_no_cell_of_the_grid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        from_a1(text)


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1_048_577, 1), (1, 0), (1, 16_385)])
def test_places_outside_the_grid_have_no_address(row: int, column: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_a1(row, column)


@given(sheet_names, rows, columns, rows, columns)
def test_a_reference_written_for_any_sheet_is_read_back(
    sheet: str, top: int, left: int, bottom: int, right: int
) -> None:
    corners = f"{to_a1(top, left)}:{to_a1(bottom, right)}"
    area = parse_area(f"{quote_sheet(sheet)}!{corners}")
    assert area == Area(
        sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right)
    )
    assert (top, right) in area
    assert (area.last_row + 1, left) not in area


AREAS = [
    ("表!$D$8", Area("表", 8, 4, 8, 4), "D8"),
    ("'表 1'!$A$1:$B$3", Area("表 1", 1, 1, 3, 2), "A1:B3"),
    ("'it''s'!B2", Area("it's", 2, 2, 2, 2), "B2"),
    (" 表!$B$2 ", Area("表", 2, 2, 2, 2), "B2"),
    ("表!$A:$C", Area("表", 1, 1, 1_048_576, 3), "A1:C1048576"),
    ("表!$3:$5", Area("表", 3, 1, 5, 16_384), "A3:XFD5"),
]


@pytest.mark.parametrize(("text", "area", "a1"), AREAS)
def test_one_area_of_one_sheet(text: str, area: Area, a1: str) -> None:
    found = parse_area(text)
    assert found == area
    assert found.a1 == a1


@pytest.mark.parametrize(
    "text",
    [
        "表!#REF!",
        "#REF!",
        "#REF!$A$1",
        "[1]表!$A$1",
        "'[账.xlsx]表'!$A$1",
        "'C:\\[账.xlsx]表'!$A$1",
        "表!$A$1,表!$B$2",
        "甲:乙!$A$1",
        "$A$1",
        "表!$A",
        "表!$1",
        "表!$A$1:$B",
        "表!",
        "OFFSET(表!$A$1,0,0)",
        "12",
        '"文本"',
        "",
        "表!$XFE$1",
        "表!$A$1048577",
    ],
)
def test_what_points_to_no_single_area_is_none(text: str) -> None:
    assert parse_area(text) is None
