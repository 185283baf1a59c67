"""Bad input: a clear sentence with file, sheet and cell; the other workbooks are still done."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli import broken
from tests.cli.shell import CLEAN, WATER, run
from workbook_tools.scoring import Evaluation, evaluate
from workbook_tools.submission import Submission

CASES: dict[str, tuple[broken.Spoil, str, int, tuple[str, ...]]] = {
    "a letter": (broken.a_letter, "WB111", 1, ("坏.xlsx", "是文本文件")),
    "half of it": (broken.half_of_it, "WB109", 1, ("坏.xlsx", "另存一份")),
    "another workbook": (broken.another_workbook, "WB101", 1, ("坏.xlsx", "模板")),
    "other standard": (broken.of_another_standard, "WB102", 1, ("elsewhere-2099", "财政部门")),
    "sheet deleted": (broken.without_staff_sheet, "WB110", 1, ("“人员资产”已被删除",)),
    "column deleted": (
        broken.without_staff_cells,
        "WB110",
        1,
        ("“人员资产”还在", "一列可能已被删除"),
    ),
    "name broken": (broken.without_staff_quota, "WB104", 1, ("“人员资产”", "编制", "恢复")),
    "older template": (broken.from_an_older_template, "WB103", 0, ("0.9", "1.0", "换用")),
    "other content": (
        broken.of_the_same_version_with_other_content,
        "WB103",
        0,
        ("同为 1.0 版", "内容却不相同", "换用"),
    ),
    "number as text": (broken.number_as_text, "IN202", 1, ("人员资产!B5", "３２")),
    "error value": (broken.error_value, "IN206", 1, ("人员资产!B5", "#DIV/0!")),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_workbook_is_told_by_what_is_wrong_and_where(case: str, tmp_path: Path) -> None:
    spoil, code, exit_code, words = CASES[case]
    path = tmp_path / "坏.xlsx"
    spoil(path)
    before = path.read_bytes()

    ran = run("validate", path, "--all")

    line = next(line for line in ran.out.splitlines() if f" {code} " in line)
    assert all(word in line for word in words), line
    assert ran.code == exit_code
    assert path.read_bytes() == before


def test_bad_workbooks_do_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for number, spoil in enumerate((broken.a_letter, broken.half_of_it, broken.another_workbook)):
        spoil(folder / f"{number}.xlsx")
    shutil.copy(CLEAN, folder / "5.xlsx")
    shutil.copy(WATER, folder / "6.xlsx")

    ran = run("validate", folder, "-o", tmp_path / "批注")

    assert ran.code == 1
    assert sorted(path.name for path in (tmp_path / "批注").iterdir()) == ["5.xlsx", "6.xlsx"]
    assert "共 5 个工作簿" in ran.out
    assert "无法读取 3 个" in ran.out
    assert "示例县水利局" in ran.out


def test_refused_workbook_in_json_has_its_reason_and_no_scores(tmp_path: Path) -> None:
    broken.another_workbook(tmp_path / "坏.xlsx")

    ran = run("validate", tmp_path / "坏.xlsx", "--format", "json", "-o", tmp_path / "批注")

    assert ran.code == 1
    (workbook,) = json.loads(ran.out)["workbooks"]
    assert workbook["status"] == "refused"
    assert (workbook["scores"], workbook["total"], workbook["annotated"]) == ({}, None, None)
    (finding,) = workbook["findings"]
    assert (finding["code"], finding["name"]) == ("WB101", "not-a-template")
    assert not (tmp_path / "批注").exists()


def test_failure_that_nobody_foresaw_refuses_only_that_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(CLEAN, tmp_path / "1.xlsx")
    shutil.copy(CLEAN, tmp_path / "2.xlsx")

    def fails_once(submission: Submission) -> Evaluation:
        if submission.path.endswith("1.xlsx"):
            raise ZeroDivisionError("by us")
        return evaluate(submission)

    monkeypatch.setattr("workbook_tools.assessment.assessing.evaluate", fails_once)

    ran = run("validate", tmp_path)

    assert ran.code == 1
    assert "1.xlsx：读取时出现意外错误（ZeroDivisionError：by us）" in ran.out
    assert "没有问题" in ran.out
    assert "无法读取 1 个" in ran.out
    assert "示例县民政局" in ran.out


def test_failure_while_commenting_leaves_that_copy_out_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fails(findings: object) -> None:
        raise KeyError("by us")

    monkeypatch.setattr("workbook_tools.annotation.copies.notes", fails)

    ran = run("validate", WATER, "-o", tmp_path / "批注")

    assert ran.code == 2
    assert "示例县水利局" in ran.out
    assert "water-2020.xlsx：写批注时出现意外错误" in ran.err
    assert list((tmp_path / "批注").iterdir()) == []


def test_hashes_are_for_programs_and_not_for_people(tmp_path: Path) -> None:
    """Of a template with other content, the hash stands in JSON and in nothing that is read."""
    filled, out = tmp_path / "县民政局.xlsx", tmp_path / "出"
    broken.of_the_same_version_with_other_content(filled)

    shown = run("validate", filled, "-o", out, "--all")
    run("consolidate", filled, "-o", out / "汇总.xlsx", "--report", out / "报告.docx")
    run("report", filled, "-o", out)

    texts = {"terminal": shown.out + shown.err}
    for path in out.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            if sheet.sheet_state == "visible":
                cells = [cell for row in sheet.iter_rows() for cell in row]
                notes = [cell.comment.text for cell in cells if cell.comment]
                texts[f"{path.name} {sheet.title}"] = " ".join(
                    [*(str(cell.value) for cell in cells), *notes]
                )
    for path in out.glob("*.docx"):
        texts[path.name] = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert len([name for name in texts if name.endswith(".docx")]) == 2
    assert [name for name, text in texts.items() if "WB103" in text]
    assert [name for name, text in texts.items() if re.search("[0-9a-f]{32}", text)] == []

    document = json.loads(run("validate", filled, "--format", "json").out)
    finding = next(one for one in document["workbooks"][0]["findings"] if one["code"] == "WB103")
    assert finding["actual"] == "0123456789abcdef" * 4
    assert finding["expected"] == document["standard"]["hash"]
