"""Findings as comments and as rows of 校验结果, in copies of real workbooks."""

from __future__ import annotations

import datetime
import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.annotation.reading import notes_in, parts_of, results_in
from tests.cli import broken
from tests.lo import recalculate, requires_libreoffice
from workbook_tools import __version__, annotate, assess, build_template, clean, load_standard
from workbook_tools.annotation import ChangedCopyError, NotOurCopyError
from workbook_tools.annotation.notes import AUTHOR, MARKER, MOST_NOTES, notes
from workbook_tools.checks import Finding
from workbook_tools.cli.samples import samples_folder
from workbook_tools.presentation.telling import told
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.severity import SEVERITY_NAMES, SEVERITY_ORDER

IDENTITY = "——自动批注"
"""How the line begins that tells our words from what others add to a note."""
AT = datetime.datetime(2021, 3, 1, 8, 30, 5)
SAMPLES = {path.stem: path for path in sorted(samples_folder().glob("*.xlsx"))}
WATER = SAMPLES["water-2020"]


def evaluated(path: Path) -> tuple[Sequence[Finding], Evaluation]:
    found = assess(path)
    assert found.evaluation is not None
    return found.findings, found.evaluation


def annotated(path: Path, target: Path) -> Sequence[Finding]:
    findings, evaluation = evaluated(path)
    annotate(path, target, findings, evaluation, at=AT)
    return findings


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "blank-template.xlsx"
    build_template(load_standard(), path)
    return path


CASES = ["water-2020", "xiangtan-2020", "school-2020"]  # the last was saved by LibreOffice


@pytest.mark.parametrize("name", CASES)
def test_every_finding_stands_in_its_cell_and_in_the_list(name: str, tmp_path: Path) -> None:
    findings = annotated(SAMPLES[name], tmp_path / "copy.xlsx")

    expected = defaultdict(list)
    for one in findings:
        if one.cell:
            expected[one.sheet, one.cell].append(one)
    texts = {id(one.finding): one.text for one in told(findings)}
    found = notes_in(tmp_path / "copy.xlsx")
    assert found.keys() == expected.keys()
    for place, here in expected.items():
        first, *lines = found[place].split("\n")
        assert first == MARKER
        lines = [line for line in lines if not line.startswith(IDENTITY)]
        assert sorted(lines) == sorted(
            f"{SEVERITY_NAMES[one.severity]} {one.code}：{texts[id(one)]}" for one in here
        )
        words = list(SEVERITY_NAMES.values())
        assert [words.index(line[:2]) for line in lines] == sorted(
            SEVERITY_ORDER[one.severity] for one in here
        )

    head, rows = results_in(tmp_path / "copy.xlsx")
    assert [row[0] for row in rows] == list(range(1, len(findings) + 1))
    assert [row[5].removeprefix("　└ ") for row in rows] == [one.text for one in told(findings)]
    assert [row[5].startswith("　└ ") for row in rows] == [one.under for one in told(findings)]
    assert sorted(
        ((*row[1:5], row[5].removeprefix("　└ "), *row[6:]) for row in rows), key=str
    ) == sorted(
        (
            (
                SEVERITY_NAMES[one.severity],
                one.code,
                one.sheet or None,
                (one.cell, f"{one.sheet}!{one.cell}") if one.cell else None,
                texts[id(one)],
                *map(_shown, one.compared),
            )
            for one in findings
        ),
        key=str,
    )
    standard = load_standard()
    assert head["result_time"] == "2021-03-01 08:30:05"
    assert head["result_versions"] == (
        f"workbook-tools {__version__}；评分标准：{standard.title} {standard.version} 版"
    )
    for severity, word in SEVERITY_NAMES.items():
        number = sum(one.severity == severity for one in findings)
        assert f"{word} {number} 条" in head["result_counts"]
    assert "复算总分 " in head["result_counts"]


def _shown(text: str) -> str | None:
    return f"{text[:60]}……" if len(text) > 60 else text or None


def test_incomplete_total_is_a_range_in_the_head(tmp_path: Path) -> None:
    annotated(SAMPLES["xiangtan-2020"], tmp_path / "copy.xlsx")

    head, _ = results_in(tmp_path / "copy.xlsx")
    assert "复算总分 4.00～100.00（资料不全）" in head["result_counts"]


def test_the_guide_says_what_was_found_and_leads_to_the_list(tmp_path: Path) -> None:
    copy, again, back = (tmp_path / f"{name}.xlsx" for name in ("copy", "again", "back"))
    findings = annotated(WATER, copy)
    annotated(copy, again)
    clean(again, back)

    for path in copy, again:
        cell = notice_in(path)
        assert cell.value is not None
        for severity, word in SEVERITY_NAMES.items():
            assert f"{word} {sum(one.severity == severity for one in findings)} 条" in cell.value
        assert "复算总分 " in cell.value
        assert cell.hyperlink.location == "校验结果!A1"
    assert parts_of(again) == parts_of(copy)
    assert notice_in(back).value is None


def notice_in(path: Path) -> Any:
    book = openpyxl.load_workbook(path)
    (place,) = book.defined_names["result_notice"].destinations
    return book[place[0]][place[1].replace("$", "")]


@pytest.mark.parametrize("name", SAMPLES)
def test_clean_gives_back_every_part_byte_for_byte(name: str, tmp_path: Path) -> None:
    annotated(SAMPLES[name], tmp_path / "copy.xlsx")

    clean(tmp_path / "copy.xlsx", tmp_path / "again.xlsx")

    assert parts_of(tmp_path / "again.xlsx") == parts_of(SAMPLES[name])
    assert parts_of(tmp_path / "copy.xlsx") != parts_of(SAMPLES[name])


def test_blank_template_goes_there_and_back(blank: Path, tmp_path: Path) -> None:
    before = blank.read_bytes()
    annotated(blank, tmp_path / "copy.xlsx")

    clean(tmp_path / "copy.xlsx", tmp_path / "again.xlsx")

    assert "提示" in notice_in(tmp_path / "copy.xlsx").value
    assert parts_of(tmp_path / "again.xlsx") == parts_of(blank)
    assert blank.read_bytes() == before


def test_same_arguments_give_the_same_bytes_and_again_changes_nothing(tmp_path: Path) -> None:
    once, twice, over = (tmp_path / f"{name}.xlsx" for name in ("once", "twice", "over"))
    annotated(WATER, once)
    annotated(WATER, twice)
    annotated(once, over)

    assert once.read_bytes() == twice.read_bytes()
    assert parts_of(over) == parts_of(once)


def test_only_the_parts_that_carry_comments_differ(tmp_path: Path) -> None:
    annotated(WATER, tmp_path / "copy.xlsx")

    before, after = parts_of(WATER), parts_of(tmp_path / "copy.xlsx")
    kept = {name for name in before if after[name] == before[name]}
    changed = before.keys() - kept
    assert {
        name for name in changed if not name.startswith(("xl/worksheets/", "[Content"))
    } == set()
    assert {"xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"} <= kept


def test_corrected_copy_is_a_submission_like_any_other(tmp_path: Path) -> None:
    """What was mended is gone from note and list; what was not is still there."""
    copy, corrected, again = (tmp_path / f"{name}.xlsx" for name in ("copy", "mended", "again"))
    annotated(WATER, copy)
    part = next(name for name, text in parts_of(copy).items() if b"<v>91.37</v>" in text)
    broken.replace_in_part(copy, corrected, part, "<v>91.37</v>", "<v>85.35</v>")

    findings = annotated(corrected, again)

    assert ("基本信息", "B19") in notes_in(copy)
    assert ("基本信息", "B19") not in notes_in(again)
    assert ("基本信息", "B20") in notes_in(again)
    assert "91.37" not in str(results_in(again)[1])
    assert len(results_in(again)[1]) == len(findings)


def test_somebody_elses_notes_stay(tmp_path: Path) -> None:
    source, copy, back = (tmp_path / f"{name}.xlsx" for name in ("source", "copy", "back"))
    book = openpyxl.load_workbook(WATER)
    book["基本信息"]["B19"].comment = Comment("请核对\n张三", "张三")
    book["基本信息"]["B3"].comment = Comment("全称", "张三")
    book.save(source)

    annotated(source, copy)
    clean(copy, back)

    found = notes_in(copy)
    assert found["基本信息", "B3"] == "全称"
    theirs, ours = found["基本信息", "B19"].split(MARKER)
    assert theirs.strip() == "请核对\n张三"
    assert "91.37" in ours
    assert notes_in(back) == {("基本信息", "B19"): "请核对\n张三", ("基本信息", "B3"): "全称"}
    assert any(b' t="n"></c>' in part for part in parts_of(source).values())  # blank, yet typed
    assert parts_of(back) == parts_of(source)


def test_without_the_list_there_are_notes_only(tmp_path: Path) -> None:
    source, copy, back = (tmp_path / f"{name}.xlsx" for name in ("source", "copy", "back"))
    book = openpyxl.load_workbook(WATER)
    del book["校验结果"]
    for name in ("result_row", "result_time", "result_counts", "result_versions"):
        book.defined_names[name].value = "#REF!"
    book.save(source)
    findings, evaluation = evaluated(source)

    outcome = annotate(source, copy, findings, evaluation, at=AT)
    clean(copy, back)

    assert not outcome.listed
    assert outcome.noted == len(notes_in(copy)) > 3
    assert "校验结果" not in openpyxl.load_workbook(copy, read_only=True).sheetnames
    assert any(one.code == "WB110" and "校验结果" in one.message for one in findings)
    assert parts_of(back) == parts_of(source)


def test_list_whose_cells_were_deleted_does_not_cost_the_notes(tmp_path: Path) -> None:
    """The names still point there, but the rows are gone from the sheet's part."""
    source, copy = tmp_path / "source.xlsx", tmp_path / "copy.xlsx"
    book = openpyxl.load_workbook(WATER)
    sheet = book["校验结果"]
    sheet.delete_rows(1, sheet.max_row)
    sheet.merged_cells.ranges.clear()
    book.save(source)
    findings, evaluation = evaluated(source)

    outcome = annotate(source, copy, findings, evaluation, at=AT)

    assert not outcome.listed
    assert len(notes_in(copy)) == outcome.noted > 3


EVIL = '=HYPERLINK("http://x")\n<b>&amp;</b> ]]> \x00\x0b\ufffe _x000A_ \'@SUM(1)'


def test_text_from_a_workbook_stays_text(tmp_path: Path) -> None:
    findings, evaluation = evaluated(WATER)
    place = next(one for one in findings if one.cell == "B19")
    hostile = msgspec.structs.replace(
        place, message=EVIL, expected="=1+1", actual="+cmd|' /C calc'!A0"
    )

    annotate(WATER, tmp_path / "copy.xlsx", [hostile], evaluation, at=AT)

    note = notes_in(tmp_path / "copy.xlsx")["基本信息", "B19"]
    _, ((_, _, _, _, _, message, expected, actual),) = results_in(tmp_path / "copy.xlsx")
    for text in note, message:
        assert '=HYPERLINK("http://x")' in text
        assert "<b>&amp;</b> ]]>" in text
        assert "'@SUM(1)" in text
    assert (expected, actual) == ("=1+1", "+cmd|' /C calc'!A0")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    types = {cell.data_type for row in book["校验结果"].iter_rows() for cell in row}
    assert "f" not in types
    clean(tmp_path / "copy.xlsx", tmp_path / "back.xlsx")
    assert parts_of(tmp_path / "back.xlsx") == parts_of(WATER)


def finding(sheet: str, cell: str, severity: str, code: str = "XC401") -> Finding:
    made = {"code": code, "name": "n", "severity": severity, "sheet": sheet, "cell": cell}
    rest = {"field": "f", "expected": "", "actual": "", "message": f"{cell} 有误"}
    return msgspec.convert({**made, **rest}, Finding)


def test_a_sheet_gets_no_more_notes_than_can_be_read_and_the_worst_first() -> None:
    hints = [finding("计分表", f"A{row}", "info") for row in range(1, 601)]
    errors = [finding("计分表", f"B{row}", "error") for row in range(1, 6)]
    elsewhere = [finding("预算执行", "A1", "info"), finding("", "", "error")]

    made = notes([*hints, *errors, *elsewhere])

    assert len(made) == MOST_NOTES + 1
    assert [note.ref for note in made[:5]] == [f"B{row}" for row in range(1, 6)]
    assert made[-1].sheet == "预算执行"
    assert len({(note.sheet, note.ref) for note in made}) == len(made)


def test_findings_of_a_cell_are_joined_worst_first() -> None:
    (note,) = notes([finding("表", "A1", "info", "ST601"), finding("表", "A1", "error", "IN201")])
    assert note.text == "错误 IN201：A1 有误\n提示 ST601：A1 有误"


def test_originals_and_others_files_are_never_the_target(tmp_path: Path) -> None:
    original, other = tmp_path / "original.xlsx", tmp_path / "other.xlsx"
    shutil.copy(WATER, original)
    shutil.copy(SAMPLES["school-2020"], other)
    findings, evaluation = evaluated(original)

    with pytest.raises(OSError, match="不能覆盖原文件"):
        annotate(original, original, findings, evaluation)
    with pytest.raises(NotOurCopyError, match="不是本工具生成的批注副本") as refused:
        annotate(original, other, findings, evaluation, overwrite=True)
    with pytest.raises(OSError, match="不能覆盖原文件"):
        clean(original, original)

    assert not isinstance(refused.value, ChangedCopyError)
    assert original.read_bytes() == WATER.read_bytes()
    assert other.read_bytes() == SAMPLES["school-2020"].read_bytes()


def test_notes_have_our_author(tmp_path: Path) -> None:
    annotated(WATER, tmp_path / "copy.xlsx")

    comment = openpyxl.load_workbook(tmp_path / "copy.xlsx")["基本信息"]["B19"].comment
    assert comment is not None
    assert comment.author == AUTHOR


@requires_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_shows_the_notes_and_its_copy_can_be_checked_again(tmp_path: Path) -> None:
    copy, again, back = (tmp_path / f"{name}.xlsx" for name in ("copy", "again", "back"))
    findings = annotated(SAMPLES["xiangtan-2020"], copy)
    notes, (_, rows) = notes_in(copy), results_in(copy)

    (saved,) = recalculate([copy], tmp_path / "saved")

    assert {place: text.strip() for place, text in notes_in(saved).items()} == notes
    assert [row[5] for row in results_in(saved)[1]] == [row[5] for row in rows]
    assert {(one.code, one.cell) for one in annotated(saved, again)} == {
        (one.code, one.cell) for one in findings
    }
    assert notes_in(again) == notes  # replaced, not doubled
    assert len(results_in(again)[1]) == len(findings)
    clean(again, back)
    assert notes_in(back) == {}
    assert results_in(back)[1] == []
