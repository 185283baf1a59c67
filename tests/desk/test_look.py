"""The second look on both desks: hints, samples and letters are those of the commands."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from httpx import Response
from starlette.testclient import TestClient

from tests.cli.shell import CLEAN, SAMPLES, WATER, run
from tests.desk.office import ROSTER, Office, upload
from tests.desk.visiting import Page, arrived, contents, name_of, take_in

pytestmark = [pytest.mark.slow, pytest.mark.covers]

TRANSPORT = SAMPLES / "transport-2020.xlsx"


@pytest.fixture(scope="module")
def hints(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What the command says of the two workbooks."""
    target = tmp_path_factory.mktemp("汇总") / "汇总.xlsx"
    ran = run("consolidate", CLEAN, WATER, "-o", target, "--format", "json")
    found: list[dict[str, str]] = json.loads(ran.out)["hints"]
    assert found
    return found


def unpacked(answer: Response) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawn(files: dict[str, bytes]) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(files["抽查名单.xlsx"])).worksheets[0]
    return list(sheet.iter_rows(min_row=4, values_only=True))


def by_command(tmp_path: Path, *workbooks: Path) -> list[tuple[object, ...]]:
    target = tmp_path / "抽查.xlsx"
    options = ("--risk", "1", "--random", "1", "--seed", "2021")
    assert run("sample", *workbooks, "-o", target, *options).code == 0
    return drawn({"抽查名单.xlsx": target.read_bytes()})


def test_the_bureau_looks_draws_and_reminds(
    office: Office, hints: list[dict[str, str]], tmp_path: Path
) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    empty = bureau.get(f"{board}/look")
    assert "还没有能复算的自评表" in empty.text
    nobody = bureau.post(f"{board}/look/sample", data={"risk": "1", "random": "1"})
    assert "没有可以抽查的单位" in arrived(bureau, nobody).text
    for code, path in (("208001", CLEAN), ("402001", WATER)):
        unit = office.department(code)
        upload(unit, path)
        unit.post("/unit/versions/1/hand-in")
    assert f'href="{board}/look"' in bureau.get(board).text
    answer = bureau.get(f"{board}/look")
    page = Page(answer)
    for one in hints:
        assert one["message"] in page.text
        assert one["cell"] in page.text
    for address in re.findall(rf'href="({board}/units/\d+/versions/\d+)"', answer.text):
        assert bureau.get(address).status_code == 200
    asked = {"risk": "1", "random": "1", "seed": "2021"}
    made = arrived(bureau, bureau.post(f"{board}/look/sample", data=asked))
    assert name_of(made) == "抽查名单.zip"
    files = unpacked(made)
    assert sorted(files) == ["抽查名单.docx", "抽查名单.xlsx"]
    ours, theirs = drawn(files), by_command(tmp_path, CLEAN, WATER)
    assert [row[:4] for row in ours] == [row[:4] for row in theirs]
    assert any(
        "2021" in one.text for one in docx.Document(io.BytesIO(files["抽查名单.docx"])).paragraphs
    )
    for wrong in ({"risk": "0", "random": ""}, {"risk": "一"}):
        assert bureau.post(f"{board}/look/sample", data=wrong).status_code == 400
    terms = {"until": "2026-04-30", "signer": ""}
    made = arrived(bureau, bureau.post(f"{board}/look/reminders", data=terms))
    assert name_of(made) == "催报单.zip"
    ((name, content),) = unpacked(made).items()
    assert name == "003-县档案局-催报单.docx"
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert "请于2026年4月30日前用下发的模板填好" in text
    assert "草稿" in text


def test_the_same_of_a_batch_on_ones_own_machine(
    visitor: TestClient, hints: list[dict[str, str]], tmp_path: Path
) -> None:
    batch = take_in(visitor, contents([CLEAN, WATER]))
    place = batch.url.path
    assert f'href="{place}/look"' in batch.text
    page = Page(visitor.get(f"{place}/look"))
    assert all(one["message"] in page.text for one in hints)
    asked = {"risk": "1", "random": "1", "seed": "2021"}
    made = arrived(visitor, visitor.post(f"{place}/look/sample", data=asked))
    theirs = by_command(tmp_path, CLEAN, WATER)
    assert [row[:4] for row in drawn(unpacked(made))] == [row[:4] for row in theirs]
    nobody = arrived(visitor, visitor.post(f"{place}/look/reminders"))
    assert "没有要写催报单的单位" in nobody.text
    visitor.post(f"{place}/roster", files={"roster": ("名册.csv", ROSTER.encode())})
    made = arrived(visitor, visitor.post(f"{place}/look/reminders"))
    assert list(unpacked(made)) == ["003-县档案局-催报单.docx"]
    made = arrived(visitor, visitor.post(f"{place}/look/letters", data={"signer": "王某"}))
    assert name_of(made) == "反馈意见.zip"
    assert sorted(unpacked(made)) == [
        "208001-示例县民政局（虚构）-反馈意见.docx",
        "402001-示例县水利局（虚构）-反馈意见.docx",
    ]
