"""Files on a stick become departments' submissions, and what became of each is told."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

import workbook_tools as wt
from tests.cli.shell import CLEAN, WATER, XIANGTAN
from tests.desk.office import BROKEN, Office, upload
from tests.desk.visiting import Page, arrived
from workbook_tools.template.filling import Filling

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def brought(bureau: TestClient, board: str, files: list[tuple[str, bytes]]) -> Response:
    """Send files in for the round of a board; the page that tells what became of them."""
    parts = [("files", one) for one in files]
    return arrived(bureau, bureau.post(f"{board}/deliveries", files=parts))


def row(answer: Response, file: str) -> str:
    """What the page tells of a file."""
    (found,) = [one for one in re.findall(r"<tr>.*?</tr>", answer.text, re.S) if f">{file}<" in one]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def packed(*paths: Path) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in paths:
            archive.write(path, f"报送/{path.name}")
    return stream.getvalue()


def test_a_stick_is_taken_in_and_each_file_is_told(office: Office, tmp_path: Path) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    blank = tmp_path / "档案局.xlsx"
    wt.build_template(wt.load_standard(), blank, issued={"unit_code": "003"})
    files = [
        ("U盘/民政局.xlsx", CLEAN.read_bytes()),
        ("U盘/其他.zip", packed(WATER)),
        ("U盘/湘潭.xlsx", XIANGTAN.read_bytes()),
        ("U盘/县档案局自评表.xlsx", BROKEN),
        ("U盘/空白.xlsx", blank.read_bytes()),
        ("U盘/说明.txt", b"text"),
    ]
    answer = brought(bureau, board, files)
    assert "县民政局 收进 已收进，作为第 1 版提交" in row(answer, "U盘/民政局.xlsx")
    assert "县水利局 收进" in row(answer, f"U盘/其他.zip/报送/{WATER.name}")
    assert "不在本轮名册里，没有收" in row(answer, "U盘/湘潭.xlsx")
    assert "按文件名看是 003 县档案局" in row(answer, "U盘/县档案局自评表.xlsx")
    assert "空白模板，没有收" in row(answer, "U盘/空白.xlsx")
    assert "不是 .xlsx 工作簿" in row(answer, "U盘/说明.txt")
    states = [one.state for one in office.hall.store.units(1)]
    assert states == ["handed", "handed", "nothing"]
    home = Page(office.department("402001").get("/unit")).text
    assert "已提交" in home
    assert "第 1 版" in home


def test_what_was_handed_in_stays_and_the_newest_of_several_counts(
    office: Office, tmp_path: Path
) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    unit = office.department("208001")
    upload(unit, CLEAN)
    unit.post("/unit/versions/1/hand-in")
    older, newer = (tmp_path / name for name in ("早.xlsx", "晚.xlsx"))
    for path, day in ((older, date(2021, 3, 1)), (newer, date(2021, 3, 15))):
        filling = Filling(
            values={
                "unit_code": "402001",
                "unit_name": "县水利局",
                "staff_quota": Fraction(9),
                "prepared_on": day,
            }
        )
        wt.build_template(wt.load_standard(), path, filling=filling)
    answer = brought(
        bureau,
        board,
        [
            ("民政局.xlsx", CLEAN.read_bytes()),
            ("晚.xlsx", newer.read_bytes()),
            ("早.xlsx", older.read_bytes()),
        ],
    )
    assert "已经提交或者收下" in row(answer, "民政局.xlsx")
    assert "已收进" in row(answer, "晚.xlsx")
    assert "同一单位有多份" in row(answer, "早.xlsx")
    assert len(office.hall.store.versions(1)) == 1
    assert [one.name for one in office.hall.store.versions(2)] == ["晚.xlsx"]


def test_a_blank_template_that_came_later_does_not_keep_a_filled_one_out(
    office: Office, tmp_path: Path
) -> None:
    bureau = office.bureau()
    filled, blank = tmp_path / "填好.xlsx", tmp_path / "空.xlsx"
    filling = Filling(values={"unit_code": "003", "staff_quota": Fraction(9)})
    wt.build_template(wt.load_standard(), filled, filling=filling)
    wt.build_template(wt.load_standard(), blank, issued={"unit_code": "003"})
    files = [(path.name, path.read_bytes()) for path in (filled, blank)]
    answer = brought(bureau, office.begin(bureau), files)
    assert "已收进，作为第 1 版提交" in row(answer, "填好.xlsx")
    assert "空白模板，没有收" in row(answer, "空.xlsx")


def test_a_round_that_ended_takes_nothing_in(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    for state in ("closed", "final"):
        bureau.post(f"{board}/state", data={"state": state})
    answer = brought(bureau, board, [("a.xlsx", CLEAN.read_bytes())])
    assert "已经定稿" in answer.text
    assert not office.hall.store.versions(1)
    assert "代为收件" not in Page(bureau.get(board)).text


@pytest.mark.parametrize("place", ["2", "x"])
def test_a_delivery_is_told_in_its_round_only(office: Office, place: str) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    answer = brought(bureau, board, [("a.xlsx", CLEAN.read_bytes())])
    other = str(answer.url.path)
    other = other.replace("rounds/1", "rounds/2") if place == "2" else f"{board}/deliveries/x"
    if place == "2":
        office.begin(bureau)
    assert bureau.get(other).status_code == 404
    assert bureau.post(f"{board}/deliveries", files=[]).status_code == 400


def test_only_the_bureau_may_send_much(office: Office) -> None:
    board = office.begin(office.bureau())
    size = {"Content-Length": str(100 << 20)}
    unit = office.department("208001")
    assert unit.post("/unit/upload", content=b"", headers=size).status_code == 413
    # refused before anything is read: by whom it is, not by its size
    assert unit.post(f"{board}/deliveries", content=b"", headers=size).status_code == 403
