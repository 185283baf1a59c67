"""The folder for Windows, used as its people use it, under wine."""

from __future__ import annotations

import io
import re
import shutil
import time
from contextlib import closing
from pathlib import Path

import httpx
import openpyxl
import pytest
from docx import Document
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped] # it ships no types

from tests.cli.shell import CLEAN, SAMPLES, WATER
from tests.distribution.wine import LONGEST, Windows, path_there, requires_wine

pytestmark = [pytest.mark.slow, requires_wine]


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A folder with two workbooks, called as people call them."""
    place = tmp_path / "报送 材料"
    place.mkdir()
    shutil.copy(CLEAN, place / "民政局 (终稿).xlsx")
    shutil.copy(WATER, place / "水利局.xlsx")
    return place


def notes(path: Path) -> dict[str, str]:
    with closing(openpyxl.load_workbook(path)) as workbook:
        return {
            f"{sheet.title}!{cell.coordinate}": cell.comment.text
            for sheet in workbook.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment is not None
        }


def test_it_runs_under_the_code_page_that_was_asked_for(machine: Windows, folder: Path) -> None:
    program = "import ctypes; print(ctypes.windll.kernel32.GetACP())"
    assert machine.run(folder, r"python\python.exe", "-c", program).text == f"{machine.code_page}\n"


def test_what_is_dropped_is_checked(machine: Windows, folder: Path, received: Path) -> None:
    dropped = [path_there(path) for path in sorted(received.iterdir())]
    ran = machine.run(folder, "cmd", "/c", "校验.bat", *dropped)
    copies = received / "批注"
    assert sorted(path.name for path in copies.iterdir()) == ["民政局 (终稿).xlsx", "水利局.xlsx"]
    assert "共 2 个工作簿：没有问题 1 个，有问题 1 个" in ran.text
    marked = notes(copies / "水利局.xlsx")
    assert {"基本信息!B19", "人员资产!B9"} <= marked.keys()
    assert "【绩效校验】" in marked["人员资产!B9"]


def test_a_folder_is_dropped(machine: Windows, folder: Path, received: Path) -> None:
    ran = machine.run(folder, "cmd", "/c", "校验.bat", path_there(received))
    assert "共 2 个工作簿" in ran.text
    assert len(list((received.parent / "批注").iterdir())) == 2


def test_nothing_is_dropped(machine: Windows, folder: Path) -> None:
    assert "拖到“校验.bat”的图标上" in machine.run(folder, "cmd", "/c", "校验.bat").text


def test_without_its_python_it_says_what_to_do(
    machine: Windows, folder: Path, tmp_path: Path
) -> None:
    for name in ("启动.bat", "收件台.bat", "校验.bat"):
        shutil.copy(folder / name, tmp_path)
        said = machine.said(tmp_path, "cmd", "/c", name)
        assert rb"python\python.exe" in said, name
        if machine.code_page == 936:  # wine's cmd does not go over to 936 for what it reads
            advice = "找不到 python\\python.exe。请先把压缩包完整解压".encode("gbk")
            assert said.startswith(advice), name


def test_a_round_is_put_together(machine: Windows, folder: Path, received: Path) -> None:
    summary = received.parent / "汇总.xlsx"
    ran = machine.run(
        *(folder, "cmd", "/c", "workbook-tools.bat", "consolidate", path_there(received)),
        *("-o", path_there(summary), "--roster", path_there(SAMPLES / "roster.csv")),
    )
    assert ran.code == 1, ran.text  # for some have not reported
    assert "已汇总 2 个单位" in ran.text
    with closing(openpyxl.load_workbook(summary)) as workbook:
        shown = {cell for sheet in workbook for row in sheet.values for cell in row}
    assert {"示例县民政局（虚构）", "示例县水利局（虚构）", "示例县教育局（虚构）"} <= shown


def test_a_report_is_written(machine: Windows, folder: Path, received: Path) -> None:
    (received / "水利局.xlsx").unlink()
    ran = machine.run(
        *(folder, "cmd", "/c", "workbook-tools.bat", "report", path_there(received)),
        *("-o", path_there(received.parent / "报告"), "--edition", "working"),
    )
    assert ran.code == 0, ran.text
    (report,) = (received.parent / "报告").iterdir()
    text = "\n".join(paragraph.text for paragraph in Document(str(report)).paragraphs)
    assert "示例县民政局（虚构）" in text
    assert re.search(r"生成时间：20\d\d年\d+月\d+日", text)


def test_a_file_that_opens_without_asking_is_decrypted(
    machine: Windows, folder: Path, tmp_path: Path
) -> None:
    with (tmp_path / "只读.xlsx").open("wb") as content:
        OOXMLFile(io.BytesIO(CLEAN.read_bytes())).encrypt("VelvetSweatshop", content)
    ran = machine.run(
        *(folder, "cmd", "/c", "workbook-tools.bat", "validate"),
        path_there(tmp_path / "只读.xlsx"),
    )
    assert ran.code == 0, ran.text
    assert "示例县民政局（虚构）" in ran.text


def test_a_prefilled_template_shows_what_its_formulas_give(
    machine: Windows, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "名册.csv").write_text("单位编码,单位名称\n1,甲局\n", encoding="gbk")
    ran = machine.run(
        *(folder, "cmd", "/c", "workbook-tools.bat", "template"),
        *("--roster", path_there(tmp_path / "名册.csv"), "-o", path_there(tmp_path / "下发")),
    )
    assert ran.code == 0, ran.text
    (issued,) = (tmp_path / "下发").iterdir()
    with closing(openpyxl.load_workbook(issued, data_only=True)) as workbook:
        assert "甲局" in {cell for sheet in workbook for row in sheet.values for cell in row}


def test_the_desk_takes_an_upload(machine: Windows, folder: Path) -> None:
    desk = machine.start(folder, "cmd", "/c", "启动.bat", "--no-browser")
    assert desk.stdout is not None
    first = machine.decoded(desk.stdout.readline())
    found = re.search(r"(http://127\.0\.0\.1:\d+)/\?key=\S+", first)
    assert found, first + machine.decoded(desk.stdout.read())
    with httpx.Client(
        base_url=found[1], headers={"Origin": found[1]}, timeout=LONGEST, follow_redirects=True
    ) as visitor:
        assert visitor.get(found[0]).status_code == 200
        page = visitor.post("/batches", files=[("files", (WATER.name, WATER.read_bytes()))])
        for _ in range(LONGEST):
            if "/works/" not in str(page.url):
                break
            time.sleep(1)
            page = visitor.get(page.url)
        assert "示例县水利局（虚构）" in page.text, (page.url, page.text[-1500:])
        assert "程序已经结束" in visitor.post("/end").text
    said, _ = desk.communicate(timeout=LONGEST)
    assert "收件台已经结束" in machine.decoded(said)
    assert desk.returncode == 0


def test_the_bureaus_desk_keeps_its_data_in_the_folder(machine: Windows, folder: Path) -> None:
    desk = machine.start(
        folder,
        "cmd",
        "/c",
        "收件台.bat",
        "--no-browser",
        "--port",
        str(18000 + machine.code_page % 1000),
    )
    assert desk.stdout is not None
    first = machine.decoded(desk.stdout.readline())
    found = re.search(r"http://127\.0\.0\.1:\d+/bureau\?key=\S+", first)
    assert found, first
    page = httpx.get(found[0], follow_redirects=True, timeout=LONGEST)
    assert page.status_code == 200
    machine.off()
    desk.communicate(timeout=LONGEST)
    shutil.rmtree(folder / "收件")  # made by this very run
