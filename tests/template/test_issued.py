"""A template among many is the one that would have been built alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.template.test_build import parts
from workbook_tools.jobs.templates import Issue, issue
from workbook_tools.spreadsheet.plain_sheet import PlainSheet
from workbook_tools.standard.loader import load_standard
from workbook_tools.standard.model import Standard
from workbook_tools.template import build_template

ROWS: tuple[dict[str, str], ...] = (
    {"unit_code": "001", "unit_name": "县教育局"},
    {"unit_code": "002", "unit_name": "县<民政>&局" * 20},
    {"unit_code": "003"},
)

ALONE = """
import sys
from workbook_tools.standard.loader import load_standard
from workbook_tools.template import build_template
build_template(load_standard(), sys.argv[1], dict(zip(sys.argv[2::2], sys.argv[3::2])))
"""


def test_each_of_many_is_as_if_built_alone(standard: Standard, tmp_path: Path) -> None:
    """After others of this and another standard, what is kept in the process changes nothing."""
    build_template(load_standard("national-2020"), tmp_path / "other.xlsx")
    planned = [Issue(tmp_path / f"{row['unit_code']}.xlsx", row) for row in ROWS]
    for one in planned:
        issue(one, standard)
    for one, row in zip(planned, ROWS, strict=True):
        alone = tmp_path / "alone.xlsx"
        typed = [text for pair in row.items() for text in pair]
        subprocess.run([sys.executable, "-c", ALONE, alone, *typed], check=True)
        assert parts(one.target) == parts(alone)
        alone.unlink()


def test_the_plain_sheet_writes_what_xlsxwriter_would(
    standard: Standard, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shortened in ("_write_formula", "_write_cell", "_prepare_formula"):
        monkeypatch.delattr(PlainSheet, shortened)
    build_template(standard, tmp_path / "blank.xlsx")
    assert parts(tmp_path / "blank.xlsx") == parts(blank)
