"""Several rounds side by side, their last days, access codes given anew, and what was sent back."""

from __future__ import annotations

import io
import re
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.cli.shell import CLEAN, WATER
from tests.desk.office import ROSTER, Office, log_in, upload
from tests.desk.visiting import Page, arrived
from workbook_tools.assessment.outcomes import Outcome, lost
from workbook_tools.desk.office.checking import faults
from workbook_tools.desk.office.database import MIGRATIONS
from workbook_tools.desk.office.store import Store, Unit
from workbook_tools.running.bounds import Bounds
from workbook_tools.running.lost import Lost

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def test_a_wrong_code_is_told_on_the_form(office: Office) -> None:
    office.begin(office.bureau())
    answer = log_in(office.browser(), "208001", "AAAAA-AAAAA")
    page = Page(answer)
    assert answer.status_code == 400
    assert "访问码不对" in page.text
    assert [one["value"] for one in page.every("input") if one.get("name") == "code"] == ["208001"]
    assert "AAAAA" not in answer.text


def test_a_last_day_is_told_to_departments_and_closes_nothing(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    unit = office.department("208001")
    assert "以前提交" not in Page(unit.get("/unit")).text
    bureau.post(f"{board}/until", data={"until": "2001-02-03"})
    assert "2001年2月3日（已过）" in Page(bureau.get(board)).text
    assert "请在 2001年2月3日（已过） 以前提交" in Page(unit.get("/unit")).text
    assert upload(unit, CLEAN).url.path == "/unit/versions/1"
    wrong = bureau.post(f"{board}/until", data={"until": "月底"})
    assert (wrong.status_code, "“月底”不是日期" in wrong.text) == (400, True)
    bureau.post(f"{board}/until", data={"until": ""})
    assert "2001年" not in Page(bureau.get(board)).text


def test_a_round_that_is_final_has_no_other_last_day(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    for state in ("closed", "final"):
        bureau.post(f"{board}/state", data={"state": state})
    assert bureau.post(f"{board}/until", data={"until": "2001-02-03"}).status_code == 400


def test_all_codes_are_given_anew_only_where_that_is_asked_for(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    inside, before = office.department("003"), dict(office.codes)
    assert "全部重新发放" in Page(bureau.post(f"{board}/codes")).text
    assert inside.get("/unit").url.path == "/unit"
    office.give(bureau.post(f"{board}/codes", data={"again": "1"}))
    assert set(office.codes) == set(before)
    assert not set(office.codes.values()) & set(before.values())
    assert inside.get("/unit").url.path == "/"
    assert log_in(office.browser(), "003", before["003"]).status_code == 400
    office.department("003")


def test_the_version_that_was_sent_back_stays_marked(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    unit = office.department("402001")
    upload(unit, WATER)
    unit.post("/unit/versions/1/hand-in")
    place = re.findall(rf'{board}/units/\d+(?=">县水利局)', bureau.get(board).text)[0]
    bureau.post(f"{place}/return", data={"reason": "请补附件"})
    upload(unit, WATER)
    unit.post("/unit/versions/2/hand-in")
    for browser, home in ((unit, "/unit"), (bureau, place)):
        lines = re.findall(r'<tr><th scope="row">.*?</th>', browser.get(home).text, re.DOTALL)
        assert ["退回" in line for line in lines] == [False, True]
        assert "理由：请补附件" in Page(browser.get(f"{home}/versions/1")).text
        assert "理由" not in Page(browser.get(f"{home}/versions/2")).text


def test_the_bureau_goes_from_one_that_waits_to_the_next(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    for code in ("208001", "003"):
        unit = office.department(code)
        upload(unit, CLEAN)
        unit.post("/unit/versions/1/hand-in")
    first = Page(bureau.get(f"{board}/units/1")).text
    assert "下一个等着处理的单位： 县档案局" in first
    assert "下一个等着处理的单位" not in Page(unit.get("/unit")).text
    assert "县档案局" in Page(bureau.post(f"{board}/units/1/take")).text
    assert "下一个等着处理的单位" not in Page(bureau.post(f"{board}/units/3/take")).text


def test_two_years_by_two_standards_stand_side_by_side(office: Office) -> None:
    """Each code opens its own round; what comes into one is not in the other."""
    bureau = office.bureau()
    board = office.begin(bureau)
    first = dict(office.codes)
    data = {"title": "2021年度自评", "standard": "national-2020"}
    files = {"roster": ("名册.csv", ROSTER.encode())}
    other = str(arrived(bureau, bureau.post("/bureau/rounds", data=data, files=files)).url.path)
    office.give(bureau.post(f"{other}/codes"))
    bureau.post(f"{other}/state", data={"state": "open"})
    assert other != board
    text = Page(bureau.get("/bureau")).text
    assert text.index("2021年度自评") < text.index("2020年度自评")
    assert "10/50/30/10" in text
    now, before = office.department("208001"), office.browser()
    log_in(before, "208001", first["208001"])
    assert "2021年度自评" in Page(now.get("/unit")).text
    assert "2020年度自评" in Page(before.get("/unit")).text
    assert now.get("/unit/template").content != before.get("/unit/template").content
    upload(before, CLEAN)
    before.post("/unit/versions/1/hand-in")
    assert "第 1 版" not in now.get("/unit").text
    assert now.get("/unit/versions/1").status_code == 404
    assert next(one.state for one in office.hall.store.units(1)) == "handed"
    assert {one.state for one in office.hall.store.units(2)} == {"nothing"}
    assert "第 1 版" not in bureau.get(f"{other}/units/4").text
    assert bureau.get(f"{other}/units/1").status_code == 404  # a department of the other round


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_database_of_an_earlier_version_is_brought_up(tmp_path: Path, version: int) -> None:
    path = tmp_path / "desk.sqlite"
    with closing(sqlite3.connect(path)) as database:
        for number, script in enumerate(MIGRATIONS[:version], start=1):
            database.executescript(f"{script} PRAGMA user_version = {number};")
        if version:
            database.execute("PRAGMA application_id = 0x77626431")
            database.executescript(
                "INSERT INTO round (title, standard, roster, state)"
                " VALUES ('一轮', 's', 'r', 'open');"
                "INSERT INTO unit (round, code, name, contact, template)"
                " VALUES (1, '1', '甲', '', 't');"
                "INSERT INTO version (unit, number, at, name, content, outcome)"
                " VALUES (1, 1, 'now', 'a.xlsx', 'c', x'00');"
            )
    store = Store(path)
    assert [one.title for one in store.rounds()] == ["一轮"] * bool(version)
    assert [one.last_day for one in store.rounds()] == [None] * bool(version)
    assert [one.returned for one in store.versions(1)] == [""] * bool(version)
    store.close()
    assert not [one for one in faults(tmp_path) if not one.startswith("缺少原件")]


def test_whoever_sends_what_takes_long_holds_up_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More departments than are read at a time, each with a workbook that is not read soon."""
    hall, count = office.hall, office.hall.workroom.processes + 1
    roster = "单位编码,单位名称\n" + "".join(f"{one},单位{one}\n" for one in range(1, count + 2))
    office.begin(office.bureau(), roster)
    read, over = hall.read, threading.Event()

    def reading(path: Path, name: str, bounds: Bounds | None = None) -> Outcome:
        outcome = read(path, name)  # unbounded: how fast this machine is does not matter here
        if name == "慢.xlsx" and bounds is not None:
            return msgspec.structs.replace(outcome, lasting=False)
        assert name != "慢.xlsx" or over.wait(60)
        return outcome

    monkeypatch.setattr(hall, "read", reading)

    def sent(unit: Unit, name: str) -> int:
        return hall.upload(unit, name, io.BytesIO(CLEAN.read_bytes()), by=unit.name).number

    *slow, honest = hall.store.units(1)
    with ThreadPoolExecutor(count) as threads:
        waiting = [threads.submit(sent, unit, "慢.xlsx") for unit in slow]
        assert sent(honest, "自评.xlsx") == 1
        assert not any(one.done() for one in waiting)
        over.set()
        assert [one.result() for one in waiting] == [1] * count


def test_what_the_machine_failed_at_is_read_once_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was killed under it is no reason to refuse an honest workbook."""
    office.begin(office.bureau())
    read, asked = office.hall.read, list[Bounds | None]()

    def reading(path: Path, name: str, bounds: Bounds | None = None) -> Outcome:
        asked.append(bounds)
        return lost(path, name, Lost(stuck=False)) if bounds else read(path, name)

    monkeypatch.setattr(office.hall, "read", reading)
    assert upload(office.department("208001"), CLEAN).url.path == "/unit/versions/1"
    assert [one is None for one in asked] == [False, True]
