"""A clerk's work in a real browser, with JavaScript and without; and how the pages look."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.cli.shell import CLEAN, SAMPLES, WATER, XIANGTAN
from tests.desk.browsing import FAINT, SIZES, downloaded, entered
from tests.desk.running import Desk, desk, requires_chromium

pytestmark = [pytest.mark.slow, requires_chromium]

PAGES = ["/", "/templates", "/imports", "/batches/1", "/batches/1/2", "/batches/1/14", "/nowhere"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("demo"), "--demo") as running:
        yield running


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_clerks_afternoon(browser: Browser, tmp_path: Path, script: bool) -> None:
    with desk(tmp_path) as running:
        page = entered(browser, running, script=script)
        assert "key=" not in page.url
        page.get_by_label("选择文件，或把文件").set_input_files([CLEAN, WATER, XIANGTAN])
        page.get_by_role("button", name="开始校验").click()
        page.wait_for_url("**/batches/1")
        expect(page.get_by_role("row", name="水利局")).to_contain_text("85.35")

        page.get_by_label("名册文件").set_input_files(SAMPLES / "roster.csv")
        page.get_by_role("button", name="使用这份名册").click()
        expect(page.locator("main")).to_contain_text("个单位未报送")

        summary = downloaded(page, "汇总表（Excel）", tmp_path)
        assert "排名" in openpyxl.load_workbook(summary, read_only=True).sheetnames
        page.goto(f"{running.base}/batches/1")
        with zipfile.ZipFile(downloaded(page, "全部结果（压缩包）", tmp_path)) as archive:
            assert len(archive.namelist()) == 5

        page.goto(f"{running.base}/batches/1")
        page.get_by_role("link", name="水利局").click()
        expect(page.locator("main")).to_contain_text("B9")
        copy = openpyxl.load_workbook(downloaded(page, "批注副本（Excel）", tmp_path))
        assert copy["人员资产"]["B9"].comment is not None
        assert downloaded(page, "自评报告（Word）", tmp_path).suffix == ".docx"

        page.get_by_role("link", name="下发模板").click()
        page.get_by_label("单位名册").set_input_files(SAMPLES / "roster.csv")
        with zipfile.ZipFile(downloaded(page, "生成模板", tmp_path)) as archive:
            assert len(archive.namelist()) == 13

        page.goto(f"{running.base}/imports")
        old = tmp_path / "旧报告.txt"
        old.write_text(
            "单位名称：示例县档案馆\n一、部门基本情况\n负责保管档案。\n", encoding="utf-8"
        )
        page.get_by_label("自评报告（.docx").set_input_files(old)
        page.get_by_role("button", name="读进工作簿").click()
        expect(page.get_by_role("link", name="下载工作簿")).to_be_visible()

        page.get_by_role("button", name="结束程序").click()
        expect(page.get_by_role("heading")).to_have_text("程序已经结束")
        assert running.ended()[0] == 0


def test_files_dropped_on_the_page_are_taken(browser: Browser, demo: Desk) -> None:
    page = entered(browser, demo)
    page.goto(demo.base)
    page.evaluate(
        """(content) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(content)], "拖来的.xlsx"));
          document.querySelector(".drop").dispatchEvent(
            new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        list(CLEAN.read_bytes()),
    )
    expect(page.locator("[data-chosen]")).to_have_text("已选择：拖来的.xlsx")
    page.get_by_role("button", name="开始校验").click()
    page.wait_for_url("**/batches/*")
    expect(page.locator("main")).to_contain_text("拖来的.xlsx")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_the_screen_are_readable_and_raise_nothing(
    browser: Browser, demo: Desk, size: str, path: str
) -> None:
    page = entered(browser, demo, size=size)
    page.wait_for_url("**/batches/1")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(demo.base + path)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert page.evaluate(FAINT) == []
    assert not [one for one in said if "404" not in one]


def test_every_control_is_reached_by_keyboard_and_says_what_it_is(
    browser: Browser, demo: Desk
) -> None:
    page = entered(browser, demo)
    page.goto(demo.base)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
            )
        )
    assert {"校验和汇总", "下发模板", "导入旧报告", "结束程序", "开始校验"} <= reached
    assert "选择整个文件夹（含子文件夹）" in reached
