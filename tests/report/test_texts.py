"""What people write: where it belongs, said to be missing where it is, and only ever text."""

from __future__ import annotations

import datetime
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from tests.proof.example import PARKS, PARKS_GRADE, PARKS_SCORES, PARKS_TOTAL
from tests.report.reading import Read
from tests.submissions import submission
from workbook_tools import build_template, evaluate, load_standard, read_submission, write_report
from workbook_tools.report.paper.elements import paragraph, plain_text
from workbook_tools.report.paper.numerals import chinese

AT = datetime.datetime(2021, 3, 20, 9, 30)
LAKESIDE = Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml"


def report(folder: Path, **values: object) -> Read:
    """The working edition for a submission in which only these fields are filled."""
    target = folder / "report.docx"
    write_report(evaluate(submission(values)), target, edition="working", at=AT, overwrite=True)
    return Read(target)


def test_an_empty_workbook_has_every_section_and_says_what_is_missing(tmp_path: Path) -> None:
    read = report(tmp_path)
    standard = load_standard()

    assert len(read.headings()) == 8
    for one in standard.inputs:
        if one.type == "long_text":
            heading = "其他需要说明的问题" if one.id == "narrative_other" else one.label
            assert read.below(heading)[0] == "未填写。", one.id
    assert read.paragraphs[1] == "（未填写单位名称）"


def test_what_was_written_stands_in_its_section_line_by_line(tmp_path: Path) -> None:
    read = report(
        tmp_path, narrative_problems="一是进度慢。\r\n\n  二是结转多。  ", unit_name="甲局"
    )

    assert read.below("存在的问题")[:2] == ["一是进度慢。", "二是结转多。"]
    assert read.paragraphs[1] == "甲局"


def test_figures_are_put_into_the_text(tmp_path: Path) -> None:
    read = report(
        tmp_path,
        expenditure_total=3975.53,
        narrative_usage="全年支出{expenditure_total}，编制{staff_quota}，另有{no_such_name}。",
        functions="本局编制{staff_quota}。",
        staff_quota=50,
    )

    assert read.below("整体支出使用情况")[0] == (
        "全年支出3,975.53万元，编制50人，另有{no_such_name}。"
    )
    assert read.below("单位基本职能")[0] == "本局编制50人。"


def test_sums_in_words_where_nobody_wrote_any(tmp_path: Path) -> None:
    sums = {"expenditure_total": 100, "expenditure_basic": 25, "expenditure_project": 75}
    said = "本年支出合计 100.00 万元。其中，基本支出 25.00 万元（占 25.00%），"

    assert any(line.startswith(said) for line in report(tmp_path, **sums).paragraphs)
    own = report(tmp_path, narrative_usage="自己写的。", **sums)
    assert not any(line.startswith(said) for line in own.paragraphs)


HOSTILE = {
    "markup": "<w:p><w:r><w:t>x</w:t></w:r></w:p>&amp;<!--",
    "field": '{ HYPERLINK "http://example.com" } { INCLUDETEXT c:\\x } {=1+1}',
    "dde": "{ DDEAUTO c:\\windows\\system32\\cmd.exe /k }",
    "link": "http://example.com file:///etc/passwd \\\\host\\share",
    "formula": "=cmd|'/c calc'!A1",
    "control": "\x00\x01\x08a\x0bb\x1f\x7f\x85\ud800\ufffe",
    "turned": "\u202egnorw\u202c \u2066x\u2069\u200f",
    "breaks": "一\r\n二\r三\u2028四\u2029五\t六",
    "long": "长" * 40_000,
    "one word": "x" * 5_000,
    "cdata": "]]><![CDATA[",
}


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    text = "\n".join(HOSTILE.values())
    fields = (
        "unit_name",
        "supervising_department",
        "exempt_basis",
        "functions",
        "unit_head",
        "narrative_problems",
        "reason_staff_control",
        "basis_goal_soundness_1",
    )
    task = {"name": text, "planned_quarter": 1, "completed_quarter": 1}
    project = {"name": text, "budget": 1, "actual": 1}
    made = submission(dict.fromkeys(fields, text), {"tasks": [task], "projects": [project]})
    target = tmp_path / "report.docx"
    write_report(evaluate(made), target, at=AT)
    read = Read(target)

    assert read.field_codes() == {"PAGE"}
    with zipfile.ZipFile(target) as package:
        document = package.read("word/document.xml")
        relations = [package.read(one) for one in package.namelist() if one.endswith(".rels")]
    assert b"w:hyperlink" not in document
    assert b"w:fldSimple" not in document
    assert not any(b"External" in one for one in relations)
    whole = read.text
    assert not any(sign in whole for sign in "\x00\x01\x08\x0b\x1f\x7f\u202e\u2066\u200f\ufffe")
    for line in plain_text(text).split("\n"):
        assert line.strip() in whole
    assert not read.problems()


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_the_text_of_a_paragraph(text: str) -> None:
    made = paragraph(text, "BodyText")
    again = parse_xml(made.xml)

    shown = "".join(
        "\n" if node.tag.endswith("}br") else node.text or ""
        for node in again.iter()
        if node.tag.endswith(("}t", "}br"))
    )
    assert shown == plain_text(text)
    assert plain_text(shown) == shown


def test_plain_text_keeps_what_people_write() -> None:
    assert plain_text("“三公经费”\n3,975.53 万元　①②　é 𠀀 😀") == (
        "“三公经费”\n3,975.53 万元　①②　é 𠀀 😀"
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")],
)
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese(number) == text


def test_the_standard_of_another_county(tmp_path: Path) -> None:
    """Other ids, levels without children, no narrative, other grades and decimals."""
    standard = load_standard(LAKESIDE)
    book, target = tmp_path / "parks.xlsx", tmp_path / "parks.docx"
    build_template(standard, book, filling=PARKS)
    evaluation = evaluate(read_submission(book, standard))
    write_report(evaluation, target, edition="working", at=AT, findings=())
    read = Read(target)

    assert read.paragraphs[:2] == [
        "湖滨县公园管理处（虚构）",
        "2023年度部门整体支出绩效自评报告",
    ]
    assert read.tables[0][-1] == [
        "评价结果",
        f"自评总分 80.1分；复算得分 {PARKS_TOTAL} 分，等次“{PARKS_GRADE}”。",
    ]
    assert ["年度预算金额", "全年预算数 900.00 万元。"] in read.tables[0]
    titles = {one.id: one.title for one in standard.indicators}
    for indicator, score in PARKS_SCORES.items():
        row = read.row(titles[indicator], "三级指标", "计算过程", "复算得分")
        assert row["复算得分"] == score
    half = read.row("上半年", "时点")
    assert list(half.values()) == ["上半年", "450.00", "360.00"]
    services = read.table("服务名称", "完成数量")
    starts = [number for number, text in enumerate(read.paragraphs) if text in read.headings()]
    assert all(after - before > 1 for before, after in pairwise(starts)), "no section is empty"
    assert [row[:3] for row in services] == [
        ["绿化养护", "40", "30"],
        ["便民活动", "10", "17"],
        ["设施维修", "50", "41"],
    ]
    assert read.headings()[0] == "一、年度预算和绩效目标", "nothing that the standard does not ask"
