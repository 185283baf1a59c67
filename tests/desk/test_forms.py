"""Templates to give out, and an old report read into a workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

import workbook_tools as wt
from tests.cli.shell import SAMPLES
from tests.desk.visiting import Page, arrived, name_of
from tests.importing.layouts import layouts, write

ROSTER = "单位编码,单位名称,编制数\n001,县教育局,12\n002,县水利局,30\n"
REPORT = """示例县档案馆
2020年度部门整体支出绩效自评报告
一、部门基本情况
（一）主要职责
负责保管和提供档案。
单位名称：示例县档案馆
编制数：15人
"""


@pytest.mark.parametrize("standard", wt.list_standards())
def test_a_blank_template_of_every_standard(visitor: TestClient, standard: str) -> None:
    answer = arrived(visitor, visitor.post("/templates", data={"standard": standard}))
    assert name_of(answer) == "自评模板.xlsx"
    assert "填报说明" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


def test_a_template_for_each_row_of_a_roster(visitor: TestClient) -> None:
    answer = arrived(
        visitor,
        visitor.post(
            "/templates",
            data={"standard": "hunan-county-2020"},
            files={"roster": ("名册.csv", ROSTER.encode())},
        ),
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["001 县教育局.xlsx", "002 县水利局.xlsx"]
        issued = io.BytesIO(archive.read("002 县水利局.xlsx"))
    submission = wt.read_submission(issued)
    assert submission.text("unit_name") == "县水利局"
    assert submission.number("staff_quota") == 30


def test_a_roster_with_a_slip_is_told_with_its_row(visitor: TestClient) -> None:
    answer = arrived(
        visitor,
        visitor.post(
            "/templates",
            data={"standard": "hunan-county-2020"},
            files={"roster": ("名册.csv", ROSTER.replace("30", "三十").encode())},
        ),
    )
    text = Page(answer).text
    assert "没有做成：生成填报模板" in text
    assert "名册.csv 第 3 行" in text
    assert "三十" in text


def test_no_other_standard_can_be_named(visitor: TestClient) -> None:
    for named in ("../../etc/passwd", "", "none"):
        answer = visitor.post("/templates", data={"standard": named})
        assert answer.status_code == 400
        assert "请选一个评分标准" in answer.text


def test_a_report_becomes_a_workbook_with_what_was_read_and_what_was_not(
    visitor: TestClient,
) -> None:
    files = {"report": ("旧报告.txt", REPORT.encode())}
    data = {"standard": "hunan-county-2020"}
    page = arrived(visitor, visitor.post("/imports", data=data, files=files))
    assert page.url.path.startswith("/imports/"), page.text
    found = Page(page)
    (link,) = [one["href"] for one in found.every("a") if (one["href"] or "").startswith("/files/")]
    answer = visitor.get(str(link))
    assert name_of(answer) == "旧报告.xlsx"
    assert wt.read_submission(io.BytesIO(answer.content)).text("unit_name") in found.text


def test_every_form_of_a_file_becomes_a_workbook_whatever_the_file_is_called(
    visitor: TestClient, tmp_path: Path
) -> None:
    content = write(layouts()["several-sheets"], tmp_path / "自评.xlsx").read_bytes()
    files = {"report": ("两个项目.docx", content)}
    page = arrived(visitor, visitor.post("/imports", data={"standard": "by-file"}, files=files))
    links = [str(one["href"]) for one in Page(page).every("a") if "/files/" in str(one["href"])]
    answers = [visitor.get(link) for link in links]
    assert [name_of(one) for one in answers] == ["两个项目-项目一.xlsx", "两个项目-项目二.xlsx"]
    for answer in answers:
        submission = wt.read_submission(io.BytesIO(answer.content))
        assert submission.standard.id == "project-2020"
        assert submission.text("project_name") in Page(page).text


def test_what_is_no_report_is_told(visitor: TestClient) -> None:
    data = {"standard": "hunan-county-2020"}
    sample = (SAMPLES / "water-2020.xlsx").read_bytes()
    for name, content in (("a.docx", b"PK\x03\x04"), ("a.docx", sample), ("a.txt", b"\xff\xfe\0")):
        answer = arrived(
            visitor, visitor.post("/imports", data=data, files={"report": (name, content)})
        )
        assert "没有办成" in answer.text or 'role="alert"' in answer.text
    assert visitor.post("/imports", data=data).status_code == 400
