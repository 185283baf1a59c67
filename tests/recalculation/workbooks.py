"""A department's real workbook, whose results were stored by a program that calculates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import msgspec
import openpyxl

from tests.template.department import FILLED, SCORES
from workbook_tools.ooxml import open_workbook
from workbook_tools.recalculation import recalculate
from workbook_tools.standard import Standard, load_standard
from workbook_tools.submission import read_submission
from workbook_tools.template import StoredResult, build_template

STANDARD = load_standard()
Results = Mapping[tuple[str, str], StoredResult]


def write(
    path: Path,
    results: Results,
    *,
    standard: Standard = STANDARD,
) -> Path:
    """The department's workbook with these results."""
    build_template(standard, path, filling=msgspec.structs.replace(FILLED, results=results))
    return path


def results_of(path: Path) -> dict[tuple[str, str], StoredResult]:
    """What the formulas of a workbook give, by sheet and cell; its scores are checked on paper."""
    submission = read_submission(path)
    values = recalculate(submission).values
    assert {name: float(values[f"score_{name}"]) for name in SCORES} == SCORES  # type: ignore[arg-type]  # numbers, or the test fails
    return {
        (one.sheet, one.cell): "" if (value := values[name]) is None else plain(value)
        for name, one in submission.stored.items()
    }


def plain(value: Any) -> float | str:
    return value if isinstance(value, str) else float(value)


def saved_by_openpyxl(source: Path, target: Path, cells: Mapping[str, Any] | None = None) -> Path:
    """The workbook as a program saves it that does not calculate; ``cells``: "sheet!A1" changed."""
    book = openpyxl.load_workbook(source)
    for place, content in (cells or {}).items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = content
    book.save(target)
    return target


def respelled(source: Path, target: Path, cells: Mapping[tuple[str, str], str]) -> Path:
    """The workbook with other content in cells, every other result as it was stored.

    ``cells``: by sheet and cell, the XML between the cell's tags (:func:`number`, :func:`formula`).
    """
    with open_workbook(source) as book:
        parts = {sheet.name: sheet.part for sheet in book.sheets}
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            for (sheet, cell), inner in cells.items():
                if parts[sheet] == entry.filename:
                    pattern = rf'(<c r="{cell}"(?: s="\d+")?)[^>]*>.*?</c>'.encode()
                    content, times = re.subn(pattern, rf"\1>{inner}</c>".encode(), content)
                    assert times == 1, cell
            new.writestr(entry, content)
    return target


def number(value: float) -> str:
    """A number as it stands in a cell."""
    return f"<v>{value}</v>"


def formula(text: str, result: float) -> str:
    """A formula (without "=") and the result stored with it, as they stand in a cell."""
    return f"<f>{escape(text)}</f><v>{result}</v>"
