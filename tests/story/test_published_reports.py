"""A county's published reports, read back: import of a folder, validate, consolidate.

Through the real command line, on one process and on two, with the same outcome.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import lo
from tests.cli.shell import run_apart
from tests.importing.builder import water_bureau, write
from tests.importing.layouts import layouts
from tests.importing.layouts import write as write_layout

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, lo.requires_libreoffice]
FORM = layouts()["several-sheets"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports as they are found: several formats, a form, an archive, and files that are none."""
    folder = tmp_path_factory.mktemp("网上") / "公开"
    (folder / "水利局").mkdir(parents=True)
    report = write(water_bureau(), folder / "水利局" / "报告.docx", "merged.docx")
    [old] = lo.convert([report], folder, "doc:MS Word 97", ".doc")
    old.rename(folder / "水利局 旧.wps")
    [printed] = lo.convert([report], folder, "pdf:writer_pdf_Export", ".pdf")
    printed.rename(folder / "水利局 打印.pdf")
    write_layout(FORM, folder / "项目.xlsx")
    with zipfile.ZipFile(folder / "乡镇.zip", "w") as archive:
        archive.write(report, "甲乡/报告.docx")
        archive.writestr("甲乡/照片.jpg", b"\xff\xd8\xff")
    (folder / "通知.txt").write_text("请于月底前报送。", encoding="utf-8")
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def ran(folder: Path, *args: str, processes: int, code: int) -> str:
    done = run_apart(folder, *args, processes=processes)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def whole(published: Path, folder: Path, processes: int) -> dict[str, Any]:
    """The three commands, one after the other; all that they tell."""
    shutil.copytree(published, folder / "公开")
    made = ran(
        folder, "import", "公开", "-o", "导入", "--format", "json", processes=processes, code=1
    )
    again = ran(folder, "import", "公开", "-o", "导入", processes=processes, code=1)
    checked = ran(
        folder, "validate", "导入", "-o", "批注", "--format", "json", processes=processes, code=1
    )
    summed = ran(
        folder, "consolidate", "导入", "-o", "汇总.xlsx", "--standard", "hunan-county-2020",
        "--format", "json", "--no-cache", processes=processes, code=1,
    )  # fmt: skip
    return {
        "made": json.loads(made)["reports"],
        "again": again,
        "checked": json.loads(checked)["workbooks"],
        "summed": json.loads(summed)["departments"],
    }


def test_the_recomputed_picture_of_a_county(published: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    told = whole(published, one, 1)
    assert told == whole(published, two, 2)

    made = {one["source"]: one for one in told["made"]}
    failed = {source: one["problem"] for source, one in made.items() if one["problem"]}
    assert sorted(failed) == ["公开/扫描.pdf", "公开/通知.txt"]
    assert "没有认出" in failed["公开/通知.txt"]
    targets = {
        source: [book["target"] for book in one["workbooks"]]
        for source, one in made.items()
        if one["workbooks"]
    }
    assert targets == {
        "公开/水利局 打印.pdf": ["导入/水利局 打印.pdf.xlsx"],
        "公开/水利局 旧.wps": ["导入/水利局 旧.wps.xlsx"],
        "公开/水利局/报告.docx": ["导入/水利局/报告.docx.xlsx"],
        "公开/乡镇.zip/甲乡/报告.docx": ["导入/乡镇.zip/甲乡/报告.docx.xlsx"],
        "公开/项目.xlsx": [f"导入/项目-{name}.xlsx" for name in ("项目一", "项目二")],
    }
    reports = [
        {cell["field"]: cell["value"] for cell in book["placed"]}
        for source, one in made.items()
        for book in one["workbooks"]
        if "项目" not in source
    ]
    assert len(reports) == 4
    assert all(report == reports[0] for report in reports)

    assert told["again"].count("没有覆盖") == 5
    assert "生成 0 个工作簿" in told["again"]
    assert {one["status"] for one in told["checked"]} == {"findings"}
    assert len(told["checked"]) == 6
    scores = {
        one["scores"]["budget_completion"]["score"]
        for one in told["checked"]
        if "budget_completion" in one["scores"]
    }
    assert scores == {"4"}
    assert told["summed"]
    sheet = openpyxl.load_workbook(one / "汇总.xlsx").worksheets[0]
    assert sheet.max_row > 1
