"""``validate``: which files, what is told, and how it ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.shell import CLEAN, SAMPLES, WATER, XIANGTAN, run, tree
from workbook_tools import load_standard


def test_exit_codes() -> None:
    assert run("validate", CLEAN).code == 0
    assert run("validate", WATER).code == 1
    assert run("validate", CLEAN, WATER).code == 1


def test_workbook_is_told_in_few_lines_worst_first() -> None:
    ran = run("validate", WATER)

    first, scores, counted, *findings = ran.out.splitlines()
    assert first == f"● 示例县水利局（虚构）  {WATER}"
    assert scores == "  复算 84.35～85.35（良）  自评合计 85.35（良）  填报总分 91.37（优）"
    assert counted.startswith("  错误 3  警告 ")
    assert [line.split()[0] for line in findings] == sorted(
        (line.split()[0] for line in findings), key=["错误", "警告"].index
    )
    assert any(
        line.startswith("    错误 SC309 基本信息!B19（自评总分）为 91.37 分") for line in findings
    )
    assert ran.err == ""


def test_hints_are_counted_and_listed_only_when_asked_for() -> None:
    short, whole = run("validate", CLEAN), run("validate", CLEAN, "--all")

    assert "ST601" not in short.out
    assert "提示 2" in short.out
    assert "    提示 ST601 计分表!" in whole.out


def test_at_most_twenty_findings_are_listed_and_the_rest_counted() -> None:
    short, whole = run("validate", XIANGTAN), run("validate", XIANGTAN, "--all")

    listed = [line for line in short.out.splitlines() if line.startswith("    ")]
    assert len(listed) == 21
    assert listed[-1].startswith("    …… 另有错误 ")
    assert listed[-1].endswith("加 --all 全部列出")
    assert sum(" SC304 " in line for line in whole.out.splitlines()) == 26
    assert "……" not in whole.out


def test_incomplete_total_is_a_range() -> None:
    assert (
        "  复算 4.00～100.00（资料不全，暂不评级）  自评合计 100.00（优）"
        in run("validate", XIANGTAN).out
    )


@pytest.mark.parametrize("asked", ["file", "folder", "pattern", "all of them"])
def test_files_folders_and_patterns(asked: str, tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    workbook = tmp_path / "甲" / "民政局.xlsx"
    shutil.copy(CLEAN, workbook)
    paths = {
        "file": [workbook],
        "folder": [tmp_path],
        "pattern": [tmp_path / "甲" / "*.xlsx"],
        "all of them": [workbook, tmp_path, tmp_path / "甲" / "*.xlsx"],
    }[asked]

    ran = run("validate", *paths)

    assert ran.code == 0
    assert ran.out.count("● ") == 1
    assert str(workbook) in ran.out


def test_what_is_passed_over_is_said_on_stderr(tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path / "民政局.xlsx")
    (tmp_path / "~$民政局.xlsx").write_bytes(b"lock")
    (tmp_path / "旧表.xls").write_bytes(b"old")

    ran = run("validate", tmp_path)

    assert ran.code == 1  # what a unit sent counts
    assert "略过" not in ran.out
    assert ran.err.count("略过 ") == 1
    assert "旧表.xls：" in ran.out
    assert "无法读取 1 个" in ran.out


def test_only_some_of_many_files_passed_over_are_named(tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path)
    for number in range(30):
        (tmp_path / f"{number}.jpg").write_bytes(b"")

    *named, last = run("validate", tmp_path).err.splitlines()

    assert len(named) == 10
    assert last == "…… 另略过 20 个文件"


def test_without_output_folder_nothing_is_written(tmp_path: Path) -> None:
    shutil.copy(WATER, tmp_path)
    before = tree(tmp_path)

    run("validate", tmp_path)

    assert tree(tmp_path) == before


def test_two_processes_give_the_same_as_one(tmp_path: Path) -> None:
    """Results, their order, and every byte of the copies (but for the time shown in them)."""
    alone = run("validate", SAMPLES, "-j", "1", "--all", "--no-cache")
    together = run("validate", SAMPLES, "-j", "2", "--all", "--no-cache")

    assert alone.out.count("● ") > 8  # more than one batch
    assert together == alone


def test_workers_know_the_standard_that_they_are_sent() -> None:
    """In a worker the standard is a copy; the samples' templates are of it all the same."""
    forced = ("--standard", load_standard().id, "--no-cache", "--all")
    alone, together = (run("validate", CLEAN, WATER, *forced, "-j", count) for count in "12")

    assert "WB103" not in alone.out
    assert together == alone
