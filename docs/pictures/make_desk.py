"""Make the READMEs' pictures of the desk: ``python docs/pictures/make_desk.py``.

Needs Chromium and Playwright's Python package.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAGES = {"desk": "/batches/1", "desk-workbook": "/batches/1/8#scores"}


def main() -> None:
    """Start the desk with the samples and picture its pages as a screen shows them."""
    desk = subprocess.Popen(
        ["workbook-tools", "desk", "--demo", "--no-browser"], stdout=subprocess.PIPE, text=True
    )
    assert desk.stdout is not None
    address = re.search(r"http\S+", desk.stdout.readline())
    assert address is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.goto(address[0])
        page.wait_for_url("**/batches/1")
        for name, path in PAGES.items():
            page.goto(address[0].partition("/?")[0] + path)
            page.screenshot(path=HERE / f"{name}.png")
        page.get_by_role("button", name="结束程序").click()
    desk.wait(60)


if __name__ == "__main__":
    main()
