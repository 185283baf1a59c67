"""A clerk's work in a real browser, with JavaScript and without; and how the pages look."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.cli.shell import CLEAN, SAMPLES, WATER, XIANGTAN
from tests.desk.running import CHROMIUM, Desk, desk, requires_chromium

pytestmark = [pytest.mark.slow, requires_chromium]

SIZES = {"screen": (1366, 768), "phone": (390, 844)}
PAGES = ["/", "/templates", "/imports", "/batches/1", "/batches/1/2", "/batches/1/14", "/nowhere"]
_LONGEST = 120_000  # milliseconds

# The least contrast between a text and what is behind it, over all texts of the page.
_FAINT = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      const alpha = colour.length > 3 ? colour[3] : 1;
      if (alpha > 0) layers.push([...colour.slice(0, 3), alpha]);
      if (alpha === 1) break;
    }
    return layers.reverse().reduce(
      (under, [r, g, b, a]) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a)),
      [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push([ratio.toFixed(2), walker.currentNode.data.trim().slice(0, 30)]);
  }
  return faint;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("demo"), "--demo") as running:
        yield running


def entered(browser: Browser, running: Desk, *, script: bool = True, size: str = "screen") -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(_LONGEST)
    page.goto(running.address)
    return page


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """Press a button and save the file, at once or from the page that says it is ready."""
    with page.expect_download(timeout=_LONGEST) as waiting:
        page.get_by_role("button", name=button).click(no_wait_after=True)
        ready = page.get_by_role("link", name="下载文件")
        page.wait_for_timeout(3000)
        if "/works/" in page.url:
            ready.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


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
    assert page.evaluate(_FAINT) == []
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


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_bureau_and_a_department(browser: Browser, tmp_path: Path, script: bool) -> None:
    """From codes to taken in, sent back once; and no page on the way is too wide or too faint."""
    with desk(tmp_path, "--serve", str(tmp_path / "data"), "--port", "18481") as running:
        bureau = entered(browser, running, script=script)
        looked_at(bureau)
        bureau.get_by_label("名称").fill("2020年度自评")
        bureau.get_by_label("单位名册").set_input_files(SAMPLES / "roster.csv")
        bureau.get_by_role("button", name="建立").click()
        bureau.wait_for_url("**/rounds/1")
        bureau.get_by_role("button", name="发放访问码").click()
        slip = bureau.locator(".slips li", has_text="水利局")
        code = slip.locator(".code").inner_text()
        looked_at(bureau)
        bureau.goto(f"{running.base}/bureau/rounds/1")
        led_on(bureau, bureau.get_by_role("button", name="进入“开放”阶段"))
        looked_at(bureau)

        context = browser.new_context(java_script_enabled=script, locale="zh-CN")
        unit = context.new_page()
        unit.set_default_timeout(_LONGEST)
        unit.goto(running.base)
        looked_at(unit)
        unit.get_by_label("单位编码").fill("402001")
        unit.get_by_label("访问码").fill(code)
        led_on(unit, unit.get_by_role("button", name="登录"))
        looked_at(unit)
        for number in (1, 2):
            unit.get_by_label("选择填好的工作簿").set_input_files(WATER)
            unit.get_by_role("button", name="上传并核对").click()
            unit.wait_for_url(f"**/versions/{number}")
            expect(unit.locator("main")).to_contain_text("在职人员控制率")
            looked_at(unit)
            unit.get_by_role("button", name="提交这一版").click()
            unit.wait_for_url("**/unit")
            bureau.goto(f"{running.base}/bureau/rounds/1")
            led_on(bureau, bureau.get_by_role("link", name="水利局"))
            looked_at(bureau)
            if number == 1:
                bureau.get_by_label("退回的理由").fill("编制数请按批文改正。")
                led_on(bureau, bureau.get_by_role("button", name="退回"))
                unit.reload()
                expect(unit.get_by_role("alert")).to_contain_text("编制数请按批文改正。")
                looked_at(unit)
            else:
                bureau.get_by_role("button", name="收下").click()
        expect(bureau.get_by_role("heading", level=1)).to_contain_text("收下")
        bureau.goto(f"{running.base}/bureau/rounds/1")
        looked_at(bureau)
        bureau.get_by_text("代为收件：").click()
        bureau.get_by_label("选择文件，或把文件").set_input_files([CLEAN, XIANGTAN])
        bureau.get_by_role("button", name="收进来").click()
        bureau.wait_for_url("**/deliveries/*")
        expect(bureau.get_by_role("row", name=CLEAN.name)).to_contain_text("收进")
        expect(bureau.get_by_role("row", name=XIANGTAN.name)).to_contain_text("没有收")
        looked_at(bureau)
        bureau.goto(f"{running.base}/bureau/rounds/1")
        bureau.get_by_text("反馈意见（每个单位").click()
        bureau.get_by_label("改正期限").fill("2026-04-30")
        bureau.get_by_label("签发人").fill("王某")
        looked_at(bureau)
        with zipfile.ZipFile(downloaded(bureau, "生成反馈意见", tmp_path)) as archive:
            assert len(archive.namelist()) == 2
        bureau.goto(f"{running.base}/bureau/rounds/1")
        assert downloaded(bureau, "缺报名单（Excel）", tmp_path).suffix == ".xlsx"
        bureau.goto(f"{running.base}/bureau")
        looked_at(bureau)
        assert zipfile.is_zipfile(downloaded(bureau, "下载备份", tmp_path))
        bureau.goto(f"{running.base}/bureau/rounds/1")
        summary = openpyxl.load_workbook(downloaded(bureau, "汇总表（Excel）", tmp_path))
        assert "水利局" in str(list(summary["排名"].iter_rows(values_only=True)))
        led_on(bureau, bureau.get_by_role("button", name="退出"))
        bureau.goto(f"{running.base}/bureau")
        expect(bureau.locator("main")).to_contain_text("启动时给出的地址")
        assert running.end()[0] == 0


def led_on(page: Page, control: Locator) -> None:
    """Follow a control to its page, and be there: between two pages there is none to look at."""
    with page.expect_navigation():
        control.click()


def looked_at(page: Page) -> None:
    """Hold a page against what every page is held against, on a screen and on a phone."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
        assert page.evaluate(_FAINT) == [], page.url
