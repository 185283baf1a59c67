"""A bureau's round with departments: who may do what, when, and what everybody sees of it."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

import workbook_tools as wt
from tests.cli.shell import CLEAN, WATER
from tests.desk.office import BROKEN, ROSTER, ROUTES, Office, addressed, log_in, upload
from tests.desk.visiting import KEY, Page, arrived, name_of
from workbook_tools.desk.office.application import application

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def test_a_round_from_codes_to_summary(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    water = office.department("402001")
    template = water.get("/unit/template")
    assert wt.read_submission(io.BytesIO(template.content)).text("unit_name") == "县水利局"

    result = upload(water, WATER)
    assert result.url.path == "/unit/versions/1"
    text = Page(result).text
    assert "B9" in text
    assert "在职人员控制率" in text
    copy = water.get("/unit/versions/1/copy")
    assert openpyxl.load_workbook(io.BytesIO(copy.content))["人员资产"]["B9"].comment
    assert name_of(water.get("/unit/versions/1/report")).endswith(".docx")
    assert name_of(template) == "402001 县水利局.xlsx"
    assert name_of(copy) == "402001 县水利局-批注副本.xlsx"
    assert "试核" in Page(bureau.get(board)).text

    assert "已提交" in Page(water.post("/unit/versions/1/hand-in")).text
    assert upload(water, WATER).status_code == 400
    unit = re.findall(rf'{board}/units/\d+(?=">县水利局)', bureau.get(board).text)[0]

    assert "请写明退回的理由" in bureau.post(f"{unit}/return", data={"reason": " "}).text
    bureau.post(f"{unit}/return", data={"reason": "编制数不对<b>"})
    home = water.get("/unit")
    assert "编制数不对<b>" in Page(home).text
    assert "<b>" not in home.text.replace("<b>财政局退回", "")

    again = upload(water, WATER)
    assert "与上一版相比：错误和警告改好 0 处，新增 0 处" in Page(again).text
    water.post("/unit/versions/2/hand-in")
    assert "收下" in Page(bureau.post(f"{unit}/take")).text
    events = Page(bureau.get(unit)).text
    for what in ("上传第 1 版", "提交第 1 版", "退回第 1 版：编制数不对<b>", "提交第 2 版", "登录"):
        assert what in events

    archive = arrived(bureau, bureau.post(f"{board}/everything"))
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        assert "批注副本/402001 县水利局.xlsx" in packed.namelist()
        book = openpyxl.load_workbook(io.BytesIO(packed.read("汇总表.xlsx")))
    assert "县档案局" in str(list(book["缺报与异常"].iter_rows(values_only=True)))


def test_a_refused_file_replaces_nothing_and_is_told(office: Office) -> None:
    office.begin(office.bureau())
    unit = office.department("208001")
    upload(unit, CLEAN)
    answer = upload(unit, BROKEN)
    assert answer.status_code == 400
    assert "请" in Page(answer).text
    home = Page(unit.get("/unit")).text
    assert "第 1 版" in home
    assert "第 2 版" not in home


def test_only_an_open_round_takes_uploads_and_the_bureau_may_take_for_a_unit(
    office: Office,
) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    unit = office.department("208001")
    bureau.post(f"{board}/state", data={"state": "closed"})
    assert upload(unit, CLEAN).status_code == 400
    place = re.findall(rf"{board}/units/\d+", bureau.get(board).text)[0]
    assert "已提交" in Page(upload(bureau, CLEAN, place)).text
    bureau.post(f"{place}/return", data={"reason": "请补签字"})
    assert upload(unit, CLEAN).url.path == "/unit/versions/2"  # to cure what came back
    assert bureau.post(f"{board}/state", data={"state": "preparing"}).status_code == 400
    bureau.post(f"{board}/state", data={"state": "final"})
    assert upload(unit, CLEAN).status_code == 400
    assert bureau.post(f"{board}/state", data={"state": "open"}).status_code == 400


def test_from_a_page_that_is_not_there_one_goes_back_to_ones_own(office: Office) -> None:
    bureau = office.bureau()
    office.begin(bureau)
    unit = office.department("003")
    for browser, home, place in ((bureau, "/bureau", "rounds/9"), (unit, "/unit", "versions/9")):
        answer = browser.get(f"{home}/{place}")
        assert answer.status_code == 404
        buttons = [one["href"] for one in Page(answer).every("a") if one.get("class") == "button"]
        assert buttons == [home]
        assert browser.get(home).url.path == home


def test_ten_wrong_codes_lock_and_a_new_one_opens(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    inside = office.department("003")
    browser = office.browser()
    for _ in range(10):
        assert "不对" in log_in(browser, "003", "AAAAA-AAAAA").text
    assert "已经锁定" in log_in(browser, "003", office.codes["003"]).text
    assert inside.get("/unit").url.path == "/"
    place = re.findall(rf'{board}/units/\d+(?=">县档案局)', bureau.get(board).text)[0]
    office.give(bureau.post(f"{place}/code"))
    assert office.department("003").get("/unit").status_code == 200
    assert inside.get("/unit").url.path == "/"  # a session of the earlier code


def test_a_blank_template_is_not_offered_to_be_handed_in(office: Office, tmp_path: Path) -> None:
    office.begin(office.bureau())
    water = office.department("402001")
    blank = tmp_path / "空表.xlsx"
    blank.write_bytes(water.get("/unit/template").content)

    first, second = upload(water, blank), upload(water, WATER)

    assert ("空白模板" in first.text, "提交这一版" in first.text) == (True, False)
    assert ("提交这一版" in second.text, "与上一版相比" in second.text) == (True, False)


def test_a_slip_says_where_its_code_is_used(office: Office) -> None:
    """By the address in use, unless it is the bureau's own name for its own machine."""
    bureau = office.bureau()
    board = office.begin(bureau)
    place = re.findall(rf"{board}/units/\d+", bureau.get(board).text)[0]
    assert "用浏览器打开财政部门告知的收件台地址" in Page(bureau.post(f"{place}/code")).text

    there = "http://10.0.0.5:8480"
    app = application(office.hall, key=KEY, addresses=["10.0.0.5:8480"], secure=False)
    client = ("127.0.0.1", 50000)
    clerk = TestClient(app, base_url=there, headers={"Origin": there}, client=client)
    clerk.get(f"/bureau?key={KEY}")
    assert f"用浏览器打开 {there}/，" in Page(clerk.post(f"{place}/code")).text


def test_that_a_round_is_final_is_confirmed(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    bureau.post(f"{board}/state", data={"state": "closed"})
    asked = [one for one in Page(bureau.get(board)).every("input") if one.get("name") == "sure"]
    assert len(asked) == 1
    assert "required" in asked[0]


def test_codes_are_shown_once_and_kept_sealed(office: Office, tmp_path: Path) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    assert not any(code in bureau.get(board).text for code in office.codes.values())
    assert bureau.post(f"{board}/codes").status_code == 400
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("desk.sqlite*"))
    for code in office.codes.values():
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept
        assert not set(code) & set("01OIL")
    typed = f" {office.codes['003'].lower().replace('-', '')} "
    assert log_in(office.browser(), "003", typed).url.path == "/unit"


def test_what_was_acknowledged_is_there_after_a_restart(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.begin(office.bureau())
    unit = office.department("208001")
    upload(unit, CLEAN)
    unit.post("/unit/versions/1/hand-in")
    office.hall.close()
    later = Office(tmp_path)
    later.codes = office.codes
    assert "已提交" in Page(later.department("208001").get("/unit")).text
    later.hall.close()


def test_events_are_never_changed(office: Office, tmp_path: Path) -> None:
    office.begin(office.bureau())
    database = sqlite3.connect(tmp_path / "data" / "desk.sqlite")
    for change in ("UPDATE event SET who = 'x'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            database.execute(change)
    database.close()


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("who", ["nobody", "another unit", "the bureau from elsewhere"])
def test_nobody_sees_or_does_what_is_anothers(
    settled: tuple[Office, str, str], who: str, method: str, path: str
) -> None:
    office, board, unit = settled
    browser = office.department("402001") if who == "another unit" else office.browser()
    address = addressed(path, board, unit)
    if who == "the bureau from elsewhere":
        address += f"?key={KEY}"
    before = office.hall.store.units(1)[0], office.hall.store.versions(1)
    answer = browser.request(method, address)
    assert "民政局" not in answer.text
    assert "92.25" not in answer.text
    assert "98.61" not in answer.text
    if path.startswith(("/bureau", "/works", "/files")):
        assert answer.status_code == 403
    elif path.startswith("/unit") and who != "another unit":
        assert answer.url.path == "/"
    elif path.startswith("/unit/versions"):
        assert answer.status_code == 404
    assert (office.hall.store.units(1)[0], office.hall.store.versions(1)) == before


@pytest.mark.parametrize(("method", "path"), [one for one in ROUTES if one[0] == "POST"])
def test_no_other_page_acts_for_who_is_logged_in(
    settled: tuple[Office, str, str], method: str, path: str
) -> None:
    office, board, unit = settled
    for browser in (office.bureau(), office.department("208001")):
        headers = {"Origin": "http://evil.example"}
        answer = browser.request(method, addressed(path, board, unit), headers=headers)
        assert answer.status_code == 403


def test_who_logs_in_before_the_round_is_open_is_told_so_with_the_right_code_only(
    office: Office,
) -> None:
    bureau = office.bureau()
    data = {"title": "2020年度自评", "standard": "hunan-county-2020"}
    files = {"roster": ("名册.csv", ROSTER.encode())}
    board = arrived(bureau, bureau.post("/bureau/rounds", data=data, files=files)).url.path
    office.give(bureau.post(f"{board}/codes"))
    early = office.browser()
    assert "还没有开放" in Page(log_in(early, "208001", office.codes["208001"])).text
    assert early.get("/unit").url.path != "/unit"
    wrong = Page(log_in(early, "208001", office.codes["402001"])).text
    assert "还没有开放" not in wrong
    assert wrong == Page(log_in(early, "999999", office.codes["402001"])).text
    bureau.post(f"{board}/state", data={"state": "open"})
    assert log_in(early, "208001", office.codes["208001"]).url.path == "/unit"


def test_the_address_that_everybody_was_given_leads_home_who_has_logged_in(office: Office) -> None:
    bureau = office.bureau()
    office.begin(bureau)
    unit = office.department("208001")
    assert unit.get("/").url.path == "/unit"
    assert bureau.get("/").url.path == "/bureau"
    assert office.browser().get("/").url.path == "/"
    unit.post("/logout")
    assert unit.get("/").url.path == "/"
