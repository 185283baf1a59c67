"""Names of files that Windows, macOS and Linux all take."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.files.names import LONGEST, distinct, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("001 县教育局", "001 县教育局"),
        ('县<a>:"b"/\\|?*局', "县_a___b______局"),
        ("CON", "_CON"),
        ("nul.tar", "_nul.tar"),
        ("com¹", "_com¹"),
        ("Console", "Console"),
        ("结尾. . ", "结尾"),
        ("..", "_"),
        ("", "_"),
        ("右至左\u202egnp", "右至左gnp"),
        ("换\n行\t", "换行"),
        ("e\u0301", "é"),
        ("../../etc", ".._.._etc"),
        ("长" * 200, "长" * 60),
    ],
)
def test_a_text_becomes_a_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(st.characters(codec=None), max_size=120))
def test_any_text_becomes_one_part_of_a_path(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= LONGEST + 1
    assert PureWindowsPath(name + ".xlsx").name == Path(name + ".xlsx").name == name + ".xlsx"
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert not name.endswith((".", " "))
    assert safe_name(name) == name


@given(st.lists(st.sampled_from(["ab", "AB", "Ab (2)", "甲" * 60, "甲" * 60]), max_size=8))
def test_names_differ_in_more_than_capitals(names: list[str]) -> None:
    taken: set[str] = set()
    given_out = [distinct(name, taken) for name in names]
    assert len({name.casefold() for name in given_out}) == len(names)
    assert all(len(name.encode()) <= LONGEST for name in given_out)
