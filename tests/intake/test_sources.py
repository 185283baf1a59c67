"""Which files are taken for workbooks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.consolidation.records import consolidation, record
from workbook_tools.consolidation import SourceError, find_workbooks, is_summary
from workbook_tools.ooxml import Package

TEMPLATE = Path(__file__).parents[2] / "templates" / "score_template.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "子文件夹").mkdir()
    for name in (
        "单位10.xlsx",
        "单位2.xlsx",
        "子文件夹/单位1.xlsm",
        "~$单位2.xlsx",
        ".~单位2.xlsx",
        ".~lock.单位2.xlsx#",
        "旧.xls",
        "说明.docx",
        "Thumbs.db",
    ):
        (tmp_path / name).write_bytes(b"x")
    consolidation(record("1")).write(tmp_path / "汇总.xlsx")
    return tmp_path


def test_a_folder_gives_its_workbooks_in_natural_order_and_the_rest_with_reasons(
    folder: Path,
) -> None:
    found = find_workbooks([folder])
    names = [path.relative_to(folder).as_posix() for path in found.workbooks]
    assert names == ["单位2.xlsx", "单位10.xlsx", "子文件夹/单位1.xlsm", "旧.xls"]
    reasons = {item.path.name: item.reason for item in found.passed_over}
    locks = ["~$单位2.xlsx", ".~单位2.xlsx", ".~lock.单位2.xlsx#"]
    assert reasons.keys() == {*locks, "说明.docx", "汇总.xlsx", "Thumbs.db"}
    assert all("锁定文件" in reasons[name] for name in locks)
    assert "汇总表" in reasons["汇总.xlsx"]
    assert [item.path.name for item in found.passed_over if item.sent] == ["说明.docx"]


@pytest.mark.parametrize("suffix", [".xls", ".et", ".ods", ".rar", ".7z"])
def test_what_a_department_sends_in_another_format_gets_its_refusal_later(
    tmp_path: Path, suffix: str
) -> None:
    (tmp_path / f"自评表{suffix}").write_bytes(b"x")
    found = find_workbooks([tmp_path])
    assert [path.name for path in found.workbooks] == [f"自评表{suffix}"]
    assert found.passed_over == ()


def test_a_pattern_gives_what_matches(folder: Path) -> None:
    assert [p.name for p in find_workbooks([f"{folder}/单位?.xlsx"]).workbooks] == ["单位2.xlsx"]
    assert len(find_workbooks([f"{folder}/**/*.xls*"]).workbooks) == 4


def test_a_file_named_twice_counts_once(folder: Path) -> None:
    assert len(find_workbooks([folder, folder / "单位2.xlsx"]).workbooks) == 4


def test_a_file_that_is_named_itself_gets_its_refusal_later(folder: Path) -> None:
    assert [p.name for p in find_workbooks([folder / "说明.docx"]).workbooks] == ["说明.docx"]
    assert find_workbooks([folder / "~$单位2.xlsx"]).workbooks == ()


@pytest.mark.parametrize("missing", ["没有.xlsx", "没有*.xlsx"])
def test_a_path_with_nothing_at_it_is_an_error_that_names_it(folder: Path, missing: str) -> None:
    with pytest.raises(SourceError, match=r"没有"):
        find_workbooks([folder / missing])


def test_a_summary_is_known_and_other_files_are_not(folder: Path) -> None:
    assert is_summary(folder / "汇总.xlsx")
    assert not is_summary(folder / "单位2.xlsx")
    assert not is_summary(folder / "没有.xlsx")


def test_a_submission_is_not_opened_to_see_that_it_is_no_summary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(Package, "open", lambda *args: opened.append(args))
    assert not is_summary(TEMPLATE)
    assert opened == []


def test_of_a_file_without_a_directory_at_its_end_the_package_is_asked(tmp_path: Path) -> None:
    summary = tmp_path / "汇总.xlsx"
    consolidation(record("1")).write(summary)
    with zipfile.ZipFile(summary, "a") as package:
        package.comment = b"xl/workbook.xml" + b" " * 60_000
    assert is_summary(summary)


def test_a_summary_larger_than_a_submission_may_be_is_still_ours(tmp_path: Path) -> None:
    summary = tmp_path / "汇总.xlsx"
    consolidation(record("1")).write(summary)
    with zipfile.ZipFile(summary, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet99.xml", b"<worksheet/>" + b" " * 250_000_000)
    assert is_summary(summary)
    assert find_workbooks([tmp_path]).workbooks == ()
    consolidation(record("2")).write(summary)  # and may be replaced
    assert summary.stat().st_size < 200_000
