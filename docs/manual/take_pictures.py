"""Make the manual's pictures from the real program: ``python -m docs.manual.take_pictures``.

Needs Chromium with its Chinese words (Debian: chromium-l10n), Playwright's Python package, Pillow
(which pdfplumber brings), LibreOffice, pdftoppm and pdftotext. The pages of the desk are pictured
while somebody goes the manual's way through them, with the samples; sheets are printed by
LibreOffice, in copies in which comments are shown.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from docs.pictures.make import SAMPLES, picture, run, show_comments
from docs.pictures.make_desk import chinese, opened, running
from docs.pictures.shrinking import shrink
from workbook_tools import build_template, load_standard

HERE = Path(__file__).parent / "pictures"
WIDTH = 1000  # pixels of a page: 163 to the inch on paper, where two columns still stand
BELOW_HEAD, BELOW_CARDS = 56, 380
UNIT, WORKBOOK = "305001", "transport-2020.xlsx"
"""The department whose way is pictured: three slips, one of them in a running total."""
ISSUED: Mapping[str, str | float] = {
    "unit_code": UNIT,
    "unit_name": "示例县交通运输局（虚构）",
    "budget_approved": 8946.0,
}
NOTED = "agriculture-2020.xlsx"  # one comment on its first page of figures
REASON = "预算执行 D32 填的是第三季度当季数，请改为年初至第三季度末的累计数后重新提交。"
SHEETS = {
    "sheet-guide": ("template", "评分表）", 1, (40, 50, 950, 600)),
    "sheet-budget": ("issued", "预算执行", 1, (40, 60, 1390, 640)),
    "sheet-scores": ("sample", "计分表", 1, (40, 50, 950, 620)),
    "sheet-notes": ("noted", "预算执行", 1, (40, 60, 1100, 560)),
    "sheet-results": ("commented", "校验结果", 1, (40, 60, 1110, 640)),
    "summary": ("summary", "自评汇总", 1, (20, 20, 1014, 620)),
}
"""Each picture of a sheet: of which workbook, how the first line of its printed page ends, which
such page it is, and the box of that page that is kept."""


def main() -> None:
    """Picture all."""
    with sync_playwright() as playwright:
        browser = chinese(playwright)
        alone(browser)
        office(browser)
    sheets()
    shrink(HERE)


def alone(browser: Browser) -> None:
    """The desk of one person: its pages, and the samples in it."""
    with running("--no-browser") as (address, base):
        page = opened(browser, address, WIDTH)
        keep(page, "desk-start", 540)
        page.goto(f"{base}/templates")
        page.get_by_label("单位名册").set_input_files(SAMPLES / "roster.csv")
        keep(page, "desk-templates", 530)
        page.goto(base)
        page.locator("#files").set_input_files(sorted(SAMPLES.glob("*.xlsx")))
        page.get_by_role("button", name="开始校验").click()
        page.wait_for_url("**/batches/1")
        page.locator("#roster-file").set_input_files(SAMPLES / "roster.csv")
        page.get_by_role("button", name="使用这份名册").click()
        page.get_by_role("button", name="换一份名册").wait_for()
        keep(page, "desk-batch", 520, top=BELOW_HEAD)
        page.get_by_role("link", name="横向比较、抽查").click()
        keep(page, "desk-look", 720, top=BELOW_HEAD)
        page.go_back()
        page.get_by_role("link", name="示例县交通运输局（虚构）").click()
        page.locator("#found").wait_for()
        keep(page, "desk-workbook", 560, top=BELOW_HEAD)
        page.get_by_role("button", name="结束程序").click()


def office(browser: Browser) -> None:
    """The desk of a bureau: a round from its beginning to a workbook that is sent back."""
    with (
        tempfile.TemporaryDirectory() as data,
        running("--serve", data, "--port", "18515", "--no-browser") as (address, base),
    ):
        bureau = opened(browser, address, WIDTH)
        bureau.get_by_label("名称").fill("2020年度部门整体支出绩效自评")
        bureau.get_by_label("单位名册").set_input_files(SAMPLES / "roster.csv")
        keep(bureau, "office-round", 560)
        bureau.get_by_role("button", name="建立").click()
        bureau.wait_for_url("**/rounds/1")
        bureau.get_by_role("button", name="发放访问码").click()
        bureau.wait_for_url("**/codes")
        codes = dict(
            re.findall(r'单位编码 (\w+)</span><span class="code">([\w-]+)', bureau.content())
        )
        keep(bureau, "office-codes", 450)
        board = f"{base}/bureau/rounds/1"
        bureau.goto(board)
        bureau.get_by_role("button", name="进入“开放”阶段").click()
        unit = opened(browser, f"{base}/", WIDTH)
        unit.get_by_label("单位编码").fill(UNIT)
        keep(unit, "unit-login", 380)
        unit.get_by_label("访问码").fill(codes[UNIT])
        unit.get_by_role("button", name="登录").click()
        unit.locator("#workbook").set_input_files(SAMPLES / WORKBOOK)
        keep(unit, "unit-upload", 400)
        unit.get_by_role("button", name="上传并核对").click()
        unit.wait_for_url("**/versions/1")
        keep(unit, "unit-result", 520, top=BELOW_HEAD)
        unit.get_by_role("button", name="提交这一版").click()
        bureau.goto(board)
        bureau.get_by_text("代为收件：").click()
        others = [path for path in sorted(SAMPLES.glob("*.xlsx")) if path.name != WORKBOOK]
        bureau.locator("#files").set_input_files(others)
        bureau.get_by_role("button", name="收进来").click()
        bureau.wait_for_url("**/deliveries/*")
        keep(bureau, "office-delivery", 420)
        bureau.goto(board)
        keep(bureau, "office-board", 560, top=BELOW_CARDS)
        bureau.get_by_role("link", name="示例县交通运输局（虚构）").click()
        bureau.get_by_label("退回的理由").fill(REASON)
        keep(bureau, "office-department", 500, top=BELOW_HEAD)


def keep(page: Page, name: str, height: int, top: int = 0) -> None:
    """Picture ``height`` pixels of a page from ``top`` on."""
    clip = {"x": 0, "y": top, "width": WIDTH, "height": height}
    page.screenshot(path=HERE / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type] # a dict of its shape


def sheets() -> None:
    """Sheets as LibreOffice prints them: blank, issued, filled in, commented, summed up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("workbook-tools", "demo", "-o", str(folder))
        shutil.copyfile(folder / "批注副本" / WORKBOOK, folder / "commented.xlsx")
        show_comments(folder / "批注副本" / NOTED, folder / "noted.xlsx")
        build_template(load_standard(), folder / "template.xlsx")
        build_template(load_standard(), folder / "issued.xlsx", issued=ISSUED)
        shutil.copyfile(SAMPLES / WORKBOOK, folder / "sample.xlsx")
        shutil.copyfile(folder / "汇总.xlsx", folder / "summary.xlsx")
        for picture_name, (whose, title, which, box) in SHEETS.items():
            workbook = folder / f"{whose}.xlsx"
            picture(workbook, printed_page(workbook, title, which), HERE / picture_name, box)


def printed_page(workbook: Path, title: str, which: int) -> int:
    """The number of the ``which``-th printed page whose first line ends so."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        convert = ["--headless", "--convert-to", "pdf", "--outdir", folder, str(workbook)]
        run("soffice", profile, *convert)
        pdf = Path(folder, workbook.name).with_suffix(".pdf")
        told = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    firsts = [page.strip().partition("\n")[0].strip() for page in told.stdout.decode().split("\f")]
    found = [number for number, line in enumerate(firsts, start=1) if line.endswith(title)]
    return found[which - 1]


if __name__ == "__main__":
    main()
