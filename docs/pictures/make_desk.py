"""Make the READMEs' pictures of the desk: ``python -m docs.pictures.make_desk``.

Needs Chromium with its Chinese words (Debian: chromium-l10n), Playwright's Python package and
Pillow (which pdfplumber brings).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from docs.pictures.shrinking import shrink

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
ALONE = {"desk": "/batches/1", "desk-workbook": "/batches/1/8#scores"}
UNIT, WORKBOOK = "402001", "water-2020.xlsx"
"""A department that uploads its workbook itself; the bureau has the others on a stick."""


def main() -> None:
    """Picture the pages of both forms of the desk as a screen shows them."""
    with sync_playwright() as playwright:
        browser = chinese(playwright)
        alone(browser)
        office(browser)
    shrink(HERE)


def chinese(playwright: Playwright) -> Browser:
    """A browser that speaks Chinese."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=["--lang=zh-CN"],
        env={**os.environ, "LANGUAGE": "zh_CN", "LC_ALL": "zh_CN.UTF-8"},
    )


def alone(browser: Browser) -> None:
    """The desk of one person, with the samples."""
    with running("--demo", "--no-browser") as (address, base):
        page = opened(browser, address)
        page.wait_for_url("**/batches/1")
        for name, path in ALONE.items():
            page.goto(base + path)
            page.screenshot(path=HERE / f"{name}.png")
        page.get_by_role("button", name="结束程序").click()


def office(browser: Browser) -> None:
    """The desk of a bureau: its board, and what a department sees of its workbook."""
    with (
        tempfile.TemporaryDirectory() as data,
        running("--serve", data, "--port", "18480", "--no-browser") as (address, base),
    ):
        bureau = opened(browser, address)
        bureau.get_by_label("名称").fill("2020年度部门整体支出绩效自评")
        bureau.get_by_label("单位名册").set_input_files(SAMPLES / "roster.csv")
        bureau.get_by_role("button", name="建立").click()
        bureau.wait_for_url("**/rounds/1")
        bureau.get_by_role("button", name="发放访问码").click()
        slips = r'单位编码 (\w+)</span><span class="code">([\w-]+)'
        bureau.wait_for_url("**/codes")
        codes = dict(re.findall(slips, bureau.content()))
        board = f"{base}/bureau/rounds/1"
        bureau.goto(board)
        bureau.get_by_role("button", name="进入“开放”阶段").click()
        unit = opened(browser, f"{base}/")
        unit.get_by_label("单位编码").fill(UNIT)
        unit.get_by_label("访问码").fill(codes[UNIT])
        unit.get_by_role("button", name="登录").click()
        unit.locator("#workbook").set_input_files(SAMPLES / WORKBOOK)
        unit.get_by_role("button", name="上传并核对").click()
        unit.wait_for_url("**/versions/1")
        unit.screenshot(path=HERE / "desk-unit.png")
        bureau.get_by_text("代为收件：").click()
        others = [path for path in sorted(SAMPLES.glob("*.xlsx")) if path.name != WORKBOOK]
        bureau.locator("#files").set_input_files(others)
        bureau.get_by_role("button", name="收进来").click()
        bureau.wait_for_url("**/deliveries/*")
        bureau.goto(board)
        bureau.screenshot(path=HERE / "desk-board.png")


@contextmanager
def running(*options: str) -> Iterator[tuple[str, str]]:
    """A desk while the block lasts: the address that it gave, and what all begin with."""
    with tempfile.TemporaryDirectory() as cache:  # a desk that is open elsewhere is not this one
        desk = subprocess.Popen(
            [sys.executable, "-m", "workbook_tools", "desk", *options],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "WORKBOOK_TOOLS_CACHE": str(Path(cache, "outcomes.sqlite"))},
        )
        assert desk.stdout is not None
        address = re.search(r"(http://[^/]+)/\S+", desk.stdout.readline())
        assert address is not None
        try:
            yield address[0], address[1]
        finally:
            if desk.poll() is None:
                desk.send_signal(signal.SIGINT)
            desk.wait(60)


def opened(browser: Browser, address: str, width: int = 1366) -> Page:
    """An address in a window of its own, ``width`` pixels wide."""
    page = browser.new_page(viewport={"width": width, "height": 768}, locale="zh-CN")
    page.set_default_timeout(120_000)
    page.goto(address)
    return page


if __name__ == "__main__":
    main()
