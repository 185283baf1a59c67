"""The bureau's letter to a department: its open findings in order, and until when to mend them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import workbook_tools as wt
from tests.cli.shell import CLEAN, WATER
from tests.report.reading import Read
from workbook_tools.assessment import Record
from workbook_tools.report.feedback.document import write_feedback
from workbook_tools.standard import load_standard

AT = datetime.datetime(2021, 5, 20, 9, 30)
UNTIL = datetime.date(2021, 6, 5)


def recorded(path: Path) -> Record:
    return wt.record(wt.assess(path))


@pytest.fixture(scope="module")
def water() -> Record:
    """Of a workbook with an error at 人员资产!B9, from which that at 计分表!E22 follows."""
    return recorded(WATER)


@pytest.fixture(scope="module")
def draft(water: Record, tmp_path_factory: pytest.TempPathFactory) -> Read:
    target = tmp_path_factory.mktemp("letter") / "信.docx"
    return Read(write_feedback(water, load_standard(), target, until=UNTIL, at=AT))


def test_it_says_who_what_and_until_when(draft: Read) -> None:
    assert "".join(draft.styled("Title")) == (
        "关于示例县水利局（虚构）2020年度部门整体支出绩效自评的反馈意见"
    )
    said = "".join(draft.below("核对结果"))
    assert "84.35 至 85.35 分之间，等次“良”；自评得分合计 85.35 分，对应等次“良”" in said
    assert "错误 3 条、警告 2 条" in said
    assert "请于2021年6月5日前重新报送。" in draft.below("请这样办理")[-1] + draft.text


def test_every_error_and_warning_stands_under_its_sheet_the_worst_first(
    draft: Read, water: Record
) -> None:
    assert draft.headings(2) == ["（一）基本信息", "（二）人员资产", "（三）计分表"]
    rows = [row for table in draft.tables if table[0][0] == "序号" for row in table[1:]]
    assert [row[:3] for row in rows] == [
        ["1", "B19", "错误"],
        ["2", "B20", "警告"],
        ["3", "B9", "错误"],
        ["4", "E22", "错误"],
        ["5", "H12", "警告"],
    ]
    assert len(rows) == sum(one.severity != "info" for one in water.findings)
    assert "改好后，“计分表”E22的问题随之消失" in rows[2][3]
    assert "本条由“人员资产”B9引起" in rows[3][3]


def test_it_is_a_draft_until_somebody_signs(draft: Read, water: Record, tmp_path: Path) -> None:
    assert draft.headers == {"草稿　未经签发，不作为正式意见"}
    assert "签发人" not in draft.text
    signed = Read(write_feedback(water, load_standard(), tmp_path / "a.docx", signer="王某", at=AT))
    assert "签发人：王某" in signed.text
    assert "草稿" not in signed.text
    assert not any("草稿" in one for one in signed.headers)
    assert "请于　　年　　月　　日前重新报送。" in signed.text


def test_a_clean_workbook_gets_no_list(tmp_path: Path) -> None:
    read = Read(write_feedback(recorded(CLEAN), load_standard(), tmp_path / "a.docx", at=AT))
    assert "没有发现需要改正、核实的问题。" in read.text
    assert "重新报送" not in read.text
    assert not read.tables


def test_what_the_bureau_says_stands_before_the_list(water: Record, tmp_path: Path) -> None:
    remark = "请附编办批复。"
    read = Read(write_feedback(water, load_standard(), tmp_path / "a.docx", remark=remark, at=AT))
    assert read.below("财政部门的意见") == [remark]
    same = write_feedback(water, load_standard(), tmp_path / "b.docx", remark=remark, at=AT)
    assert same.read_bytes() == (tmp_path / "a.docx").read_bytes()


@pytest.mark.slow
def test_valid(draft: Read) -> None:
    assert not draft.problems()
