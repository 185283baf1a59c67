"""What the bureau hands on of a round: letters to departments, and the list of the missing."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from httpx import Response

from tests.cli.shell import CLEAN, WATER
from tests.desk.office import Office, upload
from tests.desk.visiting import arrived, name_of

pytestmark = [pytest.mark.slow, pytest.mark.covers]


@pytest.fixture
def board(office: Office) -> str:
    """A round in which 县民政局 handed in, 县水利局 got its workbook back, 县档案局 did nothing."""
    bureau = office.bureau()
    board = office.begin(bureau)
    for code, path in (("208001", CLEAN), ("402001", WATER)):
        unit = office.department(code)
        upload(unit, path)
        unit.post("/unit/versions/1/hand-in")
    place = re.findall(rf'{board}/units/\d+(?=">县水利局)', bureau.get(board).text)[0]
    bureau.post(f"{place}/return", data={"reason": "请附编办批复"})
    return board


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def listed(answer: Response) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [row[1:6] for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_a_letter_for_each_that_handed_in(office: Office, board: str) -> None:
    bureau = office.bureau()
    terms = {"until": "2026-04-30", "signer": "王某"}
    answer = arrived(bureau, bureau.post(f"{board}/letters", data=terms))
    assert name_of(answer) == "反馈意见.zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert names == ["208001 县民政局-反馈意见.docx", "402001 县水利局-反馈意见.docx"]
        water = text_of(archive.read(names[1]))
    assert "请附编办批复" in water
    assert "请于2026年4月30日前重新报送" in water
    assert "签发人：王某" in water


def test_the_letter_about_one_version(office: Office, board: str) -> None:
    bureau = office.bureau()
    place = re.findall(rf'{board}/units/\d+(?=">县民政局)', bureau.get(board).text)[0]
    answer = bureau.post(f"{place}/versions/1/letter", data={"until": "", "signer": ""})
    assert name_of(answer) == "208001 县民政局-反馈意见.docx"
    assert "没有发现需要改正" in text_of(answer.content)
    wrong = bureau.post(f"{place}/versions/1/letter", data={"until": "月底"})
    assert wrong.status_code == 400
    assert "“月底”不是日期" in wrong.text


def test_who_is_missing_and_why(office: Office, board: str) -> None:
    bureau = office.bureau()
    answer = bureau.post(f"{board}/missing")
    assert name_of(answer) == "缺报名单.xlsx"
    assert [(row[0], row[2], row[4]) for row in listed(answer)] == [
        ("402001", "退回未重报", "退回的理由：请附编办批复"),
        ("003", "未报送", "没有上传过自评表。"),
    ]
    upload(office.department("402001"), WATER)
    upload(office.department("003"), CLEAN)
    later = listed(bureau.post(f"{board}/missing"))
    assert [row[2] for row in later] == ["试核未提交", "试核未提交"]
    assert [row[4] for row in later] == [
        "正在改正退回的自评表。上传了第 2 版，没有提交。",
        "上传了第 1 版，没有提交。",
    ]


def test_with_nothing_handed_in_there_is_no_letter(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    assert "还没有单位提交" in arrived(bureau, bureau.post(f"{board}/letters")).text
