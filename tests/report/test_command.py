"""``workbook-tools report`` and ``consolidate --report``, as a person runs them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest

from tests.cli.shell import CLEAN, SAMPLES, WATER, run
from tests.report.reading import Read
from workbook_tools.conversion.libreoffice import ELSEWHERE
from workbook_tools.report.paper import pdf


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ELSEWHERE, "none")


def test_reports_of_a_folder_with_a_broken_workbook_in_it(tmp_path: Path) -> None:
    folder, out = tmp_path / "报送", tmp_path / "报告"
    (folder / "甲").mkdir(parents=True)
    (folder / "甲" / "民政.xlsx").write_bytes(CLEAN.read_bytes())
    (folder / "水利.xlsx").write_bytes(WATER.read_bytes())
    (folder / "坏.xlsx").write_bytes(b"not a workbook")
    (folder / "说明.txt").write_text("请查收", encoding="utf-8")

    ran = run("report", folder, "-o", out)

    assert ran.code == 1
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.*")) == [
        "水利-自评报告.docx",
        "甲/民政-自评报告.docx",
    ]
    assert "无法读取" in ran.out
    assert "共写报告（正式稿）2 份，其中草稿 1 份。" in ran.out
    assert "说明.txt" in ran.err
    assert "草稿" in Read(out / "水利-自评报告.docx").paragraphs[0]
    assert "草稿" not in Read(out / "甲" / "民政-自评报告.docx").paragraphs[0]


def test_a_workbook_without_errors_ends_well(tmp_path: Path) -> None:
    assert run("report", CLEAN, "-o", tmp_path).code == 0


def test_workbooks_in_an_archive(tmp_path: Path) -> None:
    archive, out = tmp_path / "报送.zip", tmp_path / "报告"
    with zipfile.ZipFile(archive, "w") as package:
        package.write(CLEAN, "民政局/自评表.xlsx")

    ran = run("report", archive, "-o", out, "--format", "json")

    assert ran.code == 0
    (entry,) = json.loads(ran.out)["reports"]
    assert entry["path"] == str(archive / "民政局" / "自评表.xlsx")
    assert Path(entry["report"]).name == "自评表-自评报告.docx"
    assert Path(entry["report"]).is_file()
    assert Path(entry["report"]).is_relative_to(out)


def test_json_tells_what_was_written(tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"not a workbook")

    ran = run("report", WATER, broken, "-o", tmp_path / "out", "--format", "json")

    document = json.loads(ran.out)
    assert document["schema_version"] == 1
    by_status = {entry["status"]: entry for entry in document["reports"]}
    assert by_status["findings"]["draft"] is True
    assert by_status["findings"]["errors"] == 3
    assert by_status["findings"]["pdf"] is None
    assert by_status["refused"]["report"] is None
    assert by_status["refused"]["draft"] is False


def test_a_report_that_somebody_edited_stays(tmp_path: Path) -> None:
    run("report", CLEAN, "-o", tmp_path)
    (target,) = tmp_path.glob("*.docx")
    document = docx.Document(str(target))
    document.paragraphs[3].add_run("补充。")
    document.save(str(target))
    worked = target.read_bytes()

    again = run("report", CLEAN, "-o", tmp_path)

    assert again.code == 2
    assert "没有覆盖" in again.err
    assert target.read_bytes() == worked
    assert run("report", CLEAN, "-o", tmp_path, "--overwrite").code == 0
    assert target.read_bytes() != worked


@pytest.mark.parametrize("path", ["没有.xlsx", "*.none"])
def test_nothing_at_a_path(path: str, tmp_path: Path) -> None:
    ran = run("report", path, "-o", tmp_path / "out")

    assert ran.code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_pdf_says_so_before_the_work(tmp_path: Path) -> None:
    ran = run("report", CLEAN, "-o", tmp_path / "out", "--pdf")

    assert ran.code == 2
    assert "没有找到 LibreOffice" in ran.err
    assert "另存为 PDF" in ran.err
    assert not (tmp_path / "out").exists()


def test_an_office_that_makes_nothing_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As LibreOffice does without Writer: it ends well and leaves nothing."""
    idle = tmp_path / "idle"
    idle.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    idle.chmod(0o755)
    monkeypatch.setattr(pdf, "find_office", lambda: str(idle))

    ran = run("report", CLEAN, "-o", tmp_path / "out", "--pdf")

    assert ran.code == 2
    assert "请确认装有 Writer" in ran.err
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".docx"]


def test_an_office_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = tmp_path / "stuck"
    stuck.write_text("#!/bin/sh\nsleep 600\n", encoding="utf-8")
    stuck.chmod(0o755)
    monkeypatch.setattr(pdf, "find_office", lambda: str(stuck))
    monkeypatch.setattr(pdf, "_START", 0.2)
    monkeypatch.setattr(pdf, "_EACH", 0)

    ran = run("report", CLEAN, "-o", tmp_path / "out", "--pdf")

    assert ran.code == 2
    assert "没有转换完" in ran.err


def test_the_overview_beside_the_summary(tmp_path: Path) -> None:
    summary, report = tmp_path / "汇总.xlsx", tmp_path / "总报告.docx"

    ran = run("consolidate", WATER, CLEAN, "-o", summary, "--report", report)

    assert ran.code == 1
    assert f"总报告：{report}" in ran.out
    assert summary.is_file()
    assert "情况总报告" in Read(report).paragraphs
    again = run("consolidate", CLEAN, "-o", summary, "--report", report, "--format", "json")
    assert again.code == 0
    assert json.loads(again.out)["report"] == str(report)


def test_the_overview_never_replaces_what_is_not_ours(tmp_path: Path) -> None:
    summary, report = tmp_path / "汇总.xlsx", tmp_path / "总报告.docx"
    report.write_text("去年的", encoding="utf-8")

    ran = run("consolidate", CLEAN, "-o", summary, "--report", report)

    assert ran.code == 2
    assert "没有覆盖" in ran.err
    assert report.read_text(encoding="utf-8") == "去年的"
    assert not summary.exists(), "said before the long work"


def test_all_samples_at_once_in_several_processes(tmp_path: Path) -> None:
    ran = run("report", SAMPLES / "*-2019.xlsx", CLEAN, "-o", tmp_path, "-j", "2")

    assert ran.code == 1
    assert len(list(tmp_path.glob("*.docx"))) == 2
