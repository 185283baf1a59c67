"""A bureau's year with three departments, in a real browser, with JavaScript and without."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.cli.shell import SAMPLES
from tests.desk.browsing import downloaded, entered, led_on, linked, looked_at, window
from tests.desk.running import Desk, desk, requires_chromium
from tests.story.clerks import DEPARTMENTS, SECOND, correct, fill

pytestmark = [pytest.mark.slow, requires_chromium]

CIVIL, HEALTH, WATER = "208001", "301001", "402001"
STICK = (CIVIL,)  # brings its workbook to the bureau
ONLINE = (HEALTH, WATER)
REASON = "编制数请按批文改正。"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_year_of_three_departments(browser: Browser, tmp_path: Path, script: bool) -> None:
    """Roster, codes, templates, uploads with mistakes, corrected, handed in, sent back, taken in,
    summary; and no page on the way is too wide or too faint."""
    with desk(tmp_path, "--serve", str(tmp_path / "data"), "--port", "18481") as running:
        bureau = Bureau(browser, running, tmp_path, script)
        codes = bureau.begin()
        units = {
            code: Accountant(browser, running, code, codes[code], tmp_path, script)
            for code in DEPARTMENTS
            if code in codes
        }
        for code in ONLINE:
            units[code].fill_in_and_upload()
        units[CIVIL].fill_in()
        for code in ONLINE:
            units[code].correct_and_upload()
            units[code].hand_in(2)
        bureau.take_in_from_a_stick(units[CIVIL].workbook)
        bureau.send_back(WATER)
        units[WATER].upload_again(3)
        units[WATER].hand_in(3)
        bureau.take_all(codes)
        units[WATER].is_taken()
        bureau.finish(codes)
        assert running.end()[0] == 0


class Bureau:
    """A clerk of the bureau in a window."""

    def __init__(self, browser: Browser, running: Desk, folder: Path, script: bool) -> None:
        self.page = entered(browser, running, script=script)
        self.base, self.folder = running.base, folder
        self.board = f"{running.base}/bureau/rounds/1"

    def begin(self) -> dict[str, str]:
        """A round of three departments, open, with a last day; their access codes."""
        page = self.page
        looked_at(page)
        page.get_by_label("名称").fill("2020年度自评")
        page.get_by_label("单位名册").set_input_files(self._roster("名称"))
        page.get_by_role("button", name="建立").click()
        page.wait_for_url("**/works/*")
        expect(page.get_by_role("heading", level=1)).to_have_text("没有做成：按名册生成模板")
        led_on(page, page.get_by_role("link", name="返回"))
        page.get_by_label("名称").fill("2020年度自评")
        page.get_by_label("单位名册").set_input_files(self._roster("单位名称"))
        page.get_by_role("button", name="建立").click()
        page.wait_for_url("**/rounds/1")
        looked_at(page)
        page.get_by_label("截止日期").fill("2099-03-31")
        led_on(page, page.get_by_role("button", name="保存"))
        led_on(page, page.get_by_role("button", name="发放访问码"))
        looked_at(page)
        slips = page.locator(".slips li")
        expect(slips.first).to_contain_text("2099年3月31日")
        texts = [one.splitlines() for one in slips.all_inner_texts()]
        led_on(page, page.get_by_role("link", name="已经打印"))
        led_on(page, page.get_by_role("button", name="进入“开放”阶段"))
        looked_at(page)
        return {lines[2].removeprefix("单位编码 "): lines[3] for lines in texts}

    def _roster(self, second: str) -> Path:
        """The samples' roster with our three departments, its second column called so."""
        head, *rows = (SAMPLES / "roster.csv").read_text(encoding="utf-8-sig").splitlines()
        ours = [row for row in rows if row.startswith((CIVIL, HEALTH, WATER))]
        head = head.replace("unit_code,unit_name", f"单位编码,{second}")
        path = self.folder / "名册.csv"
        path.write_text("\n".join([head, *ours]), encoding="utf-8")
        return path

    def take_in_from_a_stick(self, workbook: Path) -> None:
        """An archive with a workbook, and with a file that is none."""
        stick = self.folder / "U盘.zip"
        with zipfile.ZipFile(stick, "w") as archive:
            archive.write(workbook, f"社保股/{workbook.name}")
            archive.writestr("社保股/说明.txt", "请查收")
        page = self.page
        page.goto(self.board)
        page.get_by_text("代为收件：").click()
        page.get_by_label("选择文件，或把文件").set_input_files(stick)
        page.get_by_role("button", name="收进来").click()
        page.wait_for_url("**/deliveries/*")
        expect(page.get_by_role("row", name=workbook.name)).to_contain_text("收进")
        expect(page.get_by_role("row", name="说明.txt")).to_contain_text("没有收")
        looked_at(page)

    def open(self, code: str) -> None:
        """A department's page, from the board."""
        self.page.goto(self.board)
        led_on(self.page, self.page.get_by_role("row", name=code).get_by_role("link"))

    def send_back(self, code: str) -> None:
        """Send a department's workbook back with a reason."""
        self.open(code)
        looked_at(self.page)
        self.page.get_by_label("退回的理由").fill(REASON)
        led_on(self.page, self.page.get_by_role("button", name="退回"))
        expect(self.page.get_by_role("row", name="第 2 版")).to_contain_text("退回")
        looked_at(self.page)

    def take_all(self, codes: dict[str, str]) -> None:
        """From one department that waits to the next, until none does."""
        self.open(min(codes))
        for left in range(len(codes) - 1, -1, -1):
            led_on(self.page, self.page.get_by_role("button", name="收下"))
            expect(self.page.get_by_role("heading", level=1)).to_contain_text("收下")
            waiting = self.page.get_by_text("下一个等着处理的单位")
            expect(waiting).to_have_count(min(left, 1))
            if left:
                led_on(self.page, waiting.get_by_role("link"))

    def finish(self, codes: dict[str, str]) -> None:
        """Letters, the list of the missing, everything, a backup; then the round is final."""
        page = self.page
        page.goto(self.board)
        looked_at(page)
        page.get_by_text("反馈意见（每个单位").click()
        page.get_by_label("改正期限").fill("2026-04-30")
        page.get_by_label("签发人").fill("王某")
        looked_at(page)
        letters = downloaded(page, "生成反馈意见", self.folder)
        assert len(zipfile.ZipFile(letters).namelist()) == len(codes)
        page.goto(self.board)
        assert downloaded(page, "缺报名单（Excel）", self.folder).suffix == ".xlsx"
        page.goto(self.board)
        assert downloaded(page, "总报告（Word）", self.folder).suffix == ".docx"
        page.goto(self.board)
        with zipfile.ZipFile(downloaded(page, "全部结果（压缩包）", self.folder)) as archive:
            assert len(archive.namelist()) == len(codes) + 2
        page.goto(self.board)
        summary = openpyxl.load_workbook(downloaded(page, "汇总表（Excel）", self.folder))
        ranked = str(list(summary["排名"].iter_rows(values_only=True)))
        assert all(str(DEPARTMENTS[one].inputs["unit_name"]) in ranked for one in codes)
        page.goto(f"{self.base}/bureau")
        looked_at(page)
        assert zipfile.is_zipfile(downloaded(page, "下载备份", self.folder))
        page.goto(self.board)
        led_on(page, page.get_by_role("button", name="进入“截止”阶段"))
        looked_at(page)
        page.get_by_label("定稿后不能再退回").check()
        led_on(page, page.get_by_role("button", name="进入“定稿”阶段"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("定稿")
        looked_at(page)
        led_on(page, page.get_by_role("button", name="退出"))
        page.goto(f"{self.base}/bureau")
        expect(page.locator("main")).to_contain_text("启动时给出的地址")


class Accountant:
    """A department's accountant in a window; ``workbook`` is what there is to hand in."""

    def __init__(
        self, browser: Browser, running: Desk, code: str, access: str, folder: Path, script: bool
    ) -> None:
        self.page = window(browser, script=script)
        self.base, self.code, self.folder = running.base, code, folder / code
        self.folder.mkdir()
        self._log_in(access)
        self.template = linked(self.page, "下载本单位的模板", self.folder)
        self.workbook = self.folder / "自评.xlsx"

    def _log_in(self, access: str) -> None:
        """With a wrong code first."""
        page = self.page
        page.goto(self.base)
        looked_at(page)
        page.get_by_label("单位编码").fill(self.code)
        page.get_by_label("访问码").fill("AAAAA-AAAAA")
        led_on(page, page.get_by_role("button", name="登录"))
        expect(page.get_by_role("alert")).to_contain_text("访问码不对")
        expect(page.get_by_label("单位编码")).to_have_value(self.code)
        page.get_by_label("访问码").fill(access)
        led_on(page, page.get_by_role("button", name="登录"))
        expect(page.locator("main")).to_contain_text("2099年3月31日")
        looked_at(page)

    def fill_in(self) -> None:
        """Type the department's figures, slips included, into the template that it got."""
        fill(self.template, self.workbook, DEPARTMENTS[self.code])

    def fill_in_and_upload(self) -> None:
        """The same, and look at what the recomputation says; a broken file before that."""
        broken = self.folder / "坏.xlsx"
        broken.write_bytes(self.template.read_bytes()[:5000])
        self._choose(broken)
        expect(self.page.get_by_role("alert")).to_contain_text("没有收：坏.xlsx")
        looked_at(self.page)
        self.fill_in()
        self._upload(1)
        expect(self.page.locator("main")).to_contain_text("在职人员控制率")
        expect(self.page.locator(".mark.error").first).to_be_visible()
        looked_at(self.page)

    def correct_and_upload(self) -> None:
        """Put right in the commented copy what it says is wrong, and send that."""
        annotated = linked(self.page, "批注副本（Excel）", self.folder)
        correct(annotated, self.template, self.workbook, SECOND[self.code])
        self._upload(2)
        main = self.page.locator("main")
        expect(main).to_contain_text("错误和警告改好")
        expect(main).not_to_contain_text("改好 0 处")
        expect(self.page.locator(".mark.error")).to_have_count(0)
        assert linked(self.page, "自评报告（Word）", self.folder).suffix == ".docx"

    def hand_in(self, number: int) -> None:
        """From the department's page, which says that nothing is handed in yet."""
        page = self.page
        page.goto(f"{self.base}/unit")
        expect(page.locator("main")).to_contain_text(f"第 {number} 版只是试核，还没有提交")
        looked_at(page)
        led_on(page, page.get_by_role("link", name="提交这一版"))
        led_on(page, page.get_by_role("button", name="提交这一版"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("已提交")

    def upload_again(self, number: int) -> None:
        """What was sent back, once more."""
        self.page.goto(f"{self.base}/unit")
        expect(self.page.get_by_role("alert")).to_contain_text(REASON)
        expect(self.page.get_by_role("row", name=f"第 {number - 1} 版")).to_contain_text("退回")
        looked_at(self.page)
        self._upload(number)

    def is_taken(self) -> None:
        """The department sees that it is done."""
        self.page.reload()
        expect(self.page.locator("main")).to_contain_text("财政局已经收下")

    def _upload(self, number: int) -> None:
        self._choose(self.workbook)
        self.page.wait_for_url(f"**/versions/{number}")

    def _choose(self, path: Path) -> None:
        self.page.goto(f"{self.base}/unit")
        self.page.get_by_label("选择填好的工作簿").set_input_files(path)
        led_on(self.page, self.page.get_by_role("button", name="上传并核对"))
