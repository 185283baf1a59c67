"""Workbooks spoilt in the ways in which departments spoil them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl

from samples.places import places_of
from tests.cli.shell import CLEAN

Spoil = Callable[[Path], None]
"""Writes the spoilt workbook to a path."""


def a_letter(path: Path) -> None:
    path.write_text("请查收附件", encoding="utf-8")


def half_of_it(path: Path) -> None:
    content = CLEAN.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def another_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "通讯录"
    book.save(path)


def without_staff_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(CLEAN)
    places = places_of(book)
    _lose(book, (name for name, place in places.items() if place[0] == "人员资产"))
    del book["人员资产"]
    book.save(path)


def without_staff_cells(path: Path) -> None:
    """As when the column was deleted in which everything is filled in."""
    book = openpyxl.load_workbook(CLEAN)
    places = places_of(book)
    _lose(book, (name for name, place in places.items() if place[0] == "人员资产"))
    book.save(path)


def without_staff_quota(path: Path) -> None:
    book = openpyxl.load_workbook(CLEAN)
    _lose(book, ["in_staff_quota"])
    book.save(path)


def from_an_older_template(path: Path) -> None:
    type_in(CLEAN, path, {"meta_standard_version": "0.9"})


def of_the_same_version_with_other_content(path: Path) -> None:
    type_in(CLEAN, path, {"meta_standard_hash": "0123456789abcdef" * 4})


def of_another_standard(path: Path) -> None:
    type_in(CLEAN, path, {"meta_standard": "elsewhere-2099"})


def number_as_text(path: Path) -> None:
    type_in(CLEAN, path, {"in_staff_quota": "３２"})


def error_value(path: Path) -> None:
    type_in(CLEAN, path, {"in_staff_quota": "#DIV/0!"})


def type_in(source: Path, target: Path, values: dict[str, object]) -> None:
    """Open a workbook with openpyxl, type values into named cells, and save it."""
    book = openpyxl.load_workbook(source)
    places = places_of(book)
    for name, value in values.items():
        sheet, row, column = places[name]
        book[sheet].cell(row, column).value = value  # type: ignore[assignment] # any content
    book.save(target)


def replace_in_part(source: Path, target: Path, part: str, old: str, new: str) -> None:
    """Copy a workbook with a text in one of its parts replaced, everywhere."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as write:
        for info in read.infolist():
            content = read.read(info)
            if info.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            write.writestr(info, content, zipfile.ZIP_DEFLATED)


def _lose(book: openpyxl.Workbook, names: Iterable[str]) -> None:
    """Break names as Excel breaks them when what they named is deleted."""
    for name in list(names):
        book.defined_names[name].value = "#REF!"
