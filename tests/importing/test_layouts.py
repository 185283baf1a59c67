"""A report says the same in every layout, and the workbook has it, with where it came from."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

import workbook_tools
from tests import lo
from tests.importing.builder import (
    AMOUNTS,
    LAYOUTS,
    NARRATIVE,
    Report,
    lakeside,
    water_bureau,
    write,
)
from workbook_tools.importing import Imported
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard.contract import fields


class Filled(NamedTuple):
    """What stands in a cell that was not preset, and the note on it."""

    value: object
    note: Comment | None


def filled(path: Path, report: Report) -> dict[str, Filled]:
    """The filled cells of a workbook, by field id, as openpyxl finds them by their names."""
    cells = all_cells(path, report)
    presets = {one.id: one.preset for one in fields(report.standard).values()}
    return {
        field: cell
        for field, cell in cells.items()
        if cell.value is not None
        and not (isinstance(presets[field], Fraction) and cell.value == presets[field])
    }


def all_cells(path: Path, report: Report) -> dict[str, Filled]:
    """Every cell that people fill in, by field id."""
    book = openpyxl.load_workbook(path)
    cells = {one.id: _cell(book, one.name) for one in fields(report.standard).values()}
    return {field: Filled(cell.value, cell.comment) for field, cell in cells.items()}


def _cell(book: Workbook, name: str) -> openpyxl.cell.Cell:
    [(sheet, address)] = book.defined_names[name].destinations
    cell = book[sheet][address.replace("$", "")]
    assert isinstance(cell, openpyxl.cell.Cell)
    return cell


def expected(report: Report) -> dict[str, object]:
    """Every cell that the report fills."""
    values: dict[str, object] = {"fiscal_year": report.year, "claimed_total": float(report.total)}
    values |= {f"self_{one}": float(score) for one, score in report.scores.items()}
    values |= {f"reason_{one}": text for one, text in report.reasons.items()}
    labels = {
        "单位名称": "unit_name",
        "预算单位编码": "unit_code",
        "主管部门": "supervising_department",
        "单位基本职能": "functions",
        "评价结果": "claimed_grade",
    }
    values |= {labels[label]: text for label, text in report.head.items() if label in labels}
    if report.sections:
        values |= {one: "\n".join(report.sections[at]) for one, at in NARRATIVE.items()}
        values |= {one: float(amount) for one, amount in AMOUNTS.items()}
    return values


@pytest.mark.parametrize("made", [water_bureau, lakeside])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(
    layout: str, made: Callable[[], Report], tmp_path: Path
) -> None:
    report = made()
    document = read_document(write(report, tmp_path / f"报告.{layout}", layout))
    entries = read_entries(document, report.standard)
    plain = {
        field: value if isinstance(value, str | datetime.date) else float(value)
        for field, value in entries.values.items()
    }
    assert plain == expected(report)
    assert entries.not_placed == []


@pytest.mark.parametrize(
    ("layout", "place_of_a_score"),
    [
        pytest.param("lines.txt", "第 {} 行", marks=pytest.mark.slow),
        ("merged.docx", "表 2 第 3 行第 7 列"),
    ],
)
def test_the_workbook_has_it_with_its_sources(
    layout: str, place_of_a_score: str, tmp_path: Path
) -> None:
    report = water_bureau()
    source = write(report, tmp_path / f"某局 2020 报告.{layout}", layout)
    target = tmp_path / "自评.xlsx"
    imported = workbook_tools.import_report(source, target)
    cells = filled(target, report)
    assert {field: cell.value for field, cell in cells.items()} == expected(report)
    assert [one.field for one in imported.placed] == list(cells)
    for one in imported.placed:
        note = cells[one.field].note
        assert note is not None
        assert source.name in note.text
        assert one.place in note.text
        assert f"“{one.words}”" in note.text
        assert one.words.split("…")[0].split(" ")[0] in _text_of(source)
    noted = {field for field, cell in all_cells(target, report).items() if cell.note}
    assert noted == set(cells)
    clarity = next(one for one in imported.placed if one.field == "self_goal_clarity")
    if layout.endswith(".txt"):
        lines = source.read_text(encoding="utf-8").splitlines()
        scored = lines.index("\t绩效指标明确性（3分）") + 5
        place_of_a_score = place_of_a_score.format(scored)
    assert clarity.place == place_of_a_score
    assert imported.unscored == ()


def test_the_import_is_a_submission_like_any_other(tmp_path: Path) -> None:
    imported = _imported(tmp_path)
    submission = workbook_tools.read_submission(imported.target)
    evaluation = workbook_tools.evaluate(submission)
    report = water_bureau()
    assert {one: submission.number(f"self_{one}") for one in report.scores} == report.scores
    assert evaluation.self_total == report.total
    assert evaluation.results["budget_completion"].score == 4
    target = tmp_path / "批注" / "自评.xlsx"
    target.parent.mkdir()
    findings = workbook_tools.check(submission, evaluation)
    workbook_tools.annotate(imported.target, target, findings, evaluation)
    note = filled(target, report)["self_quality_rate"].note
    assert note is not None
    assert "导入自 报告.docx" in note.text  # ours stands below it
    assert "【绩效校验】" in note.text


@pytest.mark.slow
@pytest.mark.libreoffice
@lo.requires_libreoffice
def test_libreoffice_opens_it_and_keeps_the_notes(tmp_path: Path) -> None:
    imported = _imported(tmp_path)
    [saved] = lo.recalculate([Path(imported.target)], tmp_path / "lo")
    report = water_bureau()
    before, after = filled(Path(imported.target), report), filled(saved, report)
    assert {field: cell.value for field, cell in after.items()} == expected(report)
    assert {field: cell.note.text for field, cell in after.items() if cell.note} == {
        field: cell.note.text for field, cell in before.items() if cell.note
    }
    total = _cell(openpyxl.load_workbook(saved, data_only=True), "total_self").value
    assert total == pytest.approx(float(report.total))


def _imported(folder: Path) -> Imported:
    source = write(water_bureau(), folder / "报告.docx", "table.docx")
    return workbook_tools.import_report(source, folder / "自评.xlsx")


def _text_of(path: Path) -> str:
    document = read_document(path)
    return "\n".join(piece.text for piece in document.pieces)
