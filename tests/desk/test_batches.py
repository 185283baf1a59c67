"""Files go in, results come out: the same figures as on the command line, files that open."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import openpyxl
import pytest
from starlette.testclient import TestClient

from tests.cli.shell import CLEAN, SAMPLES, WATER, XIANGTAN, run
from tests.desk.visiting import Page, arrived, contents, name_of, take_in
from workbook_tools.desk.alone.room import Room

pytestmark = [pytest.mark.slow, pytest.mark.covers]

BROKEN = b"PK\x03\x04 broken"


@pytest.fixture(scope="module")
def batch(visitor: TestClient) -> str:
    """Two sound workbooks in an archive, one beside it, one that is broken, and a text."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(WATER, "水利/水利局.xlsx")
        packed.write(XIANGTAN, "科工局.xlsx")
    files = {
        "报送/甲组/民政局.xlsx": CLEAN.read_bytes(),
        "报送/坏.xlsx": BROKEN,
        "报送/说明.txt": b"x",
        "报送.zip": archive.getvalue(),
    }
    answer = take_in(visitor, files)
    assert answer.url.path.startswith("/batches/"), answer.text
    return str(answer.url.path)


def test_every_workbook_has_a_line_with_the_figures_of_the_command(
    visitor: TestClient, batch: str
) -> None:
    text = Page(visitor.get(batch)).text
    told = json.loads(run("validate", CLEAN, WATER, XIANGTAN, "--format", "json").out)
    for workbook in told["workbooks"]:
        assert workbook["unit_name"] in text
        total = workbook["total"]
        ours = total["score"] and f"{float(total['score']):.2f}"
        assert (ours or f"{float(total['low']):.2f}～{float(total['high']):.2f}") in text
    for place in ("报送.zip/水利/水利局.xlsx", "报送/甲组/民政局.xlsx", "报送/坏.xlsx"):
        assert place in text
    assert "无法读取" in text
    assert "报送/说明.txt" in text


def test_the_page_of_a_workbook_has_its_score_table_and_every_finding(
    visitor: TestClient, batch: str
) -> None:
    record = json.loads(run("validate", WATER, "--format", "json").out)["workbooks"][0]
    pages = [Page(visitor.get(f"{batch}/{number}")).text for number in range(1, 5)]
    (text,) = [page for page in pages if record["unit_name"] in page]
    for finding in record["findings"]:
        assert finding["message"] in text
        assert finding["cell"] in text
    for title in ("投入", "预算执行", "预算完成率", "在职人员控制率"):
        assert title in text
    for score in record["scores"].values():
        assert (f"{float(score['score']):.2f}" if score["score"] else "资料不足") in text
    assert "÷" in text


def test_a_broken_file_has_a_page_that_says_what_to_do(visitor: TestClient, batch: str) -> None:
    pages = [visitor.get(f"{batch}/{number}") for number in range(1, 5)]
    broken = [page for page in pages if "坏.xlsx" in page.text]
    assert any("重新" in page.text for page in broken)
    number = pages.index(broken[0]) + 1
    refused = arrived(visitor, visitor.post(f"{batch}/{number}/copy"))
    assert "没有批注副本" in refused.text


@pytest.mark.parametrize("number", [0, 5, 99])
def test_no_workbook_of_another_number(visitor: TestClient, batch: str, number: int) -> None:
    assert visitor.get(f"{batch}/{number}").status_code == 404
    assert visitor.post(f"{batch}/{number}/copy").status_code == 404


def test_the_copy_has_comments_and_the_original_is_what_it_was(visitor: TestClient) -> None:
    page = take_in(visitor, contents([WATER]))
    copy = arrived(visitor, visitor.post(f"{page.url.path}/1/copy"))
    assert name_of(copy) == WATER.name
    book = openpyxl.load_workbook(io.BytesIO(copy.content))
    comment = book["人员资产"]["B9"].comment
    assert comment is not None
    assert "【绩效校验】" in comment.text


@pytest.mark.parametrize(("edition", "mark"), [("formal", ""), ("working", "工作稿")])
def test_the_report_is_a_word_document(visitor: TestClient, edition: str, mark: str) -> None:
    page = take_in(visitor, contents([CLEAN]))
    answer = arrived(visitor, visitor.post(f"{page.url.path}/1/report", data={"edition": edition}))
    assert name_of(answer).endswith(".docx")
    assert mark in name_of(answer)
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "民政局" in text


def test_everything_in_one_archive_with_links_that_lead_to_the_copies(
    visitor: TestClient, batch: str
) -> None:
    answer = arrived(visitor, visitor.post(f"{batch}/everything"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = set(archive.namelist())
        assert names == {
            "汇总表.xlsx",
            "总报告.docx",
            "批注副本/报送/甲组/民政局.xlsx",
            "批注副本/报送.zip/水利/水利局.xlsx",
            "批注副本/报送.zip/科工局.xlsx",
        }
        book = openpyxl.load_workbook(io.BytesIO(archive.read("汇总表.xlsx")))
    links = {
        cell.hyperlink.target.partition("#")[0].replace("\\", "/")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None and cell.hyperlink.target
    }
    assert "批注副本/报送/甲组/民政局.xlsx" in links
    assert links <= names


def test_a_roster_tells_who_is_missing(visitor: TestClient) -> None:
    page = take_in(visitor, contents([CLEAN, WATER]))
    roster = (SAMPLES / "roster.csv").read_bytes()
    answer = visitor.post(f"{page.url.path}/roster", files={"roster": ("名册.csv", roster)})
    text = Page(answer).text
    assert "示例县商务局（虚构）" in text
    assert "11 个单位未报送" in text
    summary = arrived(visitor, visitor.post(f"{page.url.path}/summary"))
    book = openpyxl.load_workbook(io.BytesIO(summary.content), read_only=True)
    assert "缺报与异常" in book.sheetnames
    overview = arrived(visitor, visitor.post(f"{page.url.path}/overview"))
    assert docx.Document(io.BytesIO(overview.content)).tables


def test_a_roster_that_is_none_is_told_and_changes_nothing(visitor: TestClient) -> None:
    page = take_in(visitor, contents([CLEAN]))
    answer = visitor.post(f"{page.url.path}/roster", files={"roster": ("名册.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 400
    assert "名册.csv" in Page(answer).text
    assert visitor.get(page.url.path).status_code == 200
    assert visitor.post(f"{page.url.path}/roster").status_code == 400


@pytest.mark.parametrize("files", [{}, {"说明.txt": b"x"}, {"": b""}])
def test_without_a_workbook_the_page_says_so(visitor: TestClient, files: dict[str, bytes]) -> None:
    if files.keys() - {""}:
        answer = take_in(visitor, files)
    else:
        answer = visitor.post("/batches", data={"other": "1"})
    text = Page(answer).text
    assert "没有找到要校验的工作簿" in text or "没有选文件" in text


def test_names_of_files_lead_nowhere_and_one_too_large_is_left(visitor: TestClient) -> None:
    sound = CLEAN.read_bytes()
    files = {
        "../../../etc/民政局.xlsx": sound,
        "C:\\temp\\..\\民政局.xlsx": sound,
        "CON.xlsx": sound,
        "大.xlsx": b"\0" * ((20 << 20) + 1),
    }
    answer = take_in(visitor, files)
    text = Page(answer).text
    assert "etc/民政局.xlsx" in text
    assert ".." not in text
    assert "大.xlsx" in text
    assert "超过 20 MB" in text


def test_two_batches_stand_side_by_side(visitor: TestClient) -> None:
    first, second = (take_in(visitor, contents([one])).url.path for one in (CLEAN, WATER))
    assert first != second
    assert "民政局" in visitor.get(first).text
    assert "水利局" in visitor.get(second).text
    start = visitor.get("/").text
    assert first in start
    assert second in start


def test_a_copy_is_told_by_its_place_and_by_no_folder_of_ours(
    visitor: TestClient, room: Room
) -> None:
    twice = {"附件/民政局.xlsx": CLEAN.read_bytes(), "民政局.xlsx": CLEAN.read_bytes()}
    answer = take_in(visitor, twice)
    text = Page(answer).text
    assert "与 本批文件/民政局.xlsx 逐字节相同" in text
    batch = room.batches[answer.url.path.rpartition("/")[2]]
    assert batch.folder.name not in text
    summary = arrived(visitor, visitor.post(f"{answer.url.path}/summary"))
    book = openpyxl.load_workbook(io.BytesIO(summary.content))
    told = str(list(book["缺报与异常"].iter_rows(values_only=True)))
    assert "与 本批文件/民政局.xlsx 逐字节相同" in told


def test_what_is_said_of_several_is_said_once(visitor: TestClient) -> None:
    answer = take_in(visitor, {"民政局.xlsx": CLEAN.read_bytes(), "坏.xlsx": BROKEN})
    roster = {"roster": ("名册.csv", "单位编码,单位名称\n1,甲局\n2,乙局\n".encode())}
    text = Page(visitor.post(f"{answer.url.path}/roster", files=roster)).text
    assert "甲局、乙局：" in text
    assert text.count("坏.xlsx：") == 1
