"""What is signed and sent, and what is worked with: the two editions of a department's report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.shell import CLEAN, WATER, run
from tests.report.reading import Read
from tests.submissions import submission
from tests.template.department import FILLED, filled_in_yuan
from workbook_tools import assess, build_template, evaluate, load_standard, write_report
from workbook_tools.checks import kinds
from workbook_tools.spreadsheet.bars import start

CODES = re.compile(r"\b(?:WB|IN|XC|SC|NA|ST)\d{3}\b")
OURS = ("复算", "复核得分", "未填写", "缺少数据", "资料不足", "尚未解决", "得出的数", "生成时间")
"""Words of those who check, not of those who report."""


def formal(folder: Path, sample: Path) -> Read:
    known = assess(sample)
    assert known.evaluation is not None
    target = folder / "report.docx"
    return Read(write_report(known.evaluation, target, findings=known.findings))


@pytest.mark.parametrize("sample", [CLEAN, WATER])
def test_the_formal_edition_holds_only_what_the_department_says(
    sample: Path, tmp_path: Path
) -> None:
    read, known = formal(tmp_path, sample), assess(sample)
    text = read.text
    standard = load_standard()

    assert [word for word in OURS if word in text] == []
    assert not CODES.search(text)
    assert standard.id not in text
    assert read.styled("Annex Title") == ["基础数据表", "计分表"]
    assert known.submission is not None
    for finding in known.findings:
        assert finding.message not in text
    for one in standard.indicators:
        row = read.row(one.title, "指标解释和评分标准", "自评得分")
        claimed = known.submission.number(f"self_{one.id}")
        assert claimed is not None
        assert row["自评得分"] == f"{float(claimed):.2f}"
        assert row["扣分原因"] == (known.submission.text(f"reason_{one.id}") or "—")


def test_readings_that_are_not_the_rule_are_for_those_who_check(tmp_path: Path) -> None:
    known = assess(CLEAN)
    assert known.evaluation is not None
    checked = write_report(
        known.evaluation, tmp_path / "a.docx", findings=known.findings, edition="working"
    )

    (told,) = (one for one in load_standard().errata if one.other_reading)
    assert told.other_reading in Read(checked).text
    assert told.other_reading not in formal(tmp_path, CLEAN).text
    assert not any(told.other_reading in one.message for one in known.findings)


def test_what_nobody_wrote_leaves_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    values = {"unit_name": "甲局", "narrative_problems": "进度慢。"}
    read = Read(write_report(evaluate(submission(values)), target))

    headings = [heading.split("、")[1] for heading in read.headings()]
    assert headings == ["评价结果", "存在的问题"]
    assert [heading[0] for heading in read.headings()] == ["一", "二"]
    for heading in headings:
        assert read.below(heading) or read.tables, "no heading over nothing"
    assert not read.headings(2)
    assert "项目支出明细" not in read.text
    assert "单位负责人：　　　（签字）" in read.paragraphs


def test_what_cannot_be_used_is_shown_as_it_stands(tmp_path: Path) -> None:
    values = {
        "fiscal_year": "2020年",
        "expenditure_total": "3,975.53",
        "payment_actual_q1": "约两千",
        "prepared_on": "2021.3.1",
        "self_staff_control": "5分",
    }
    evaluation = evaluate(submission(values))
    read = Read(write_report(evaluation, tmp_path / "a.docx", edition="working"))
    text = read.text

    assert read.paragraphs[2] == "部门整体支出绩效自评报告", "no year that is none"
    assert "2020年年" not in text
    assert "）年" not in text
    why = "（填成了文字，不是数字）"
    assert f"评价年度\t2020年{why}" in text
    totals = [row[1] for rows in read.tables for row in rows if row[0] == "本年支出合计"]
    assert totals
    assert set(totals) == {f"3,975.53{why}"}
    assert "实际支付数（累计）\t约两千（不是数字）" in text
    staff = read.row("在职人员控制率", "指标解释和评分标准", "自评得分")
    assert staff["自评得分"] == f"5分{why}"
    assert any("2021.3.1（不是日期）" in line for line in read.paragraphs)


NO_FACTS = {
    "unit_name": "甲局",
    "fiscal_year": "2020年",
    "prepared_on": "2021.3.1",
    "budget_approved": 3100,
    "budget_decrease": -420,  # below 0
    "expenditure_total": "3,975.53",
    "expenditure_basic": 34_025_999,  # in 元
    "public_funds_budget": 10,
    "public_funds_actual": 88.5,
    "payment_actual_q1": "约两千",
    "survey_responses": 10,
    "survey_satisfied": 12,  # more than there are
    "procurement_budget": 0.5,
    "procurement_actual": 70,  # 140 times
    "self_staff_control": "5分",
    "check_goal_soundness_1": "是的",
}


def test_the_formal_edition_states_no_figure_that_is_none(tmp_path: Path) -> None:
    values = NO_FACTS | {"budget_basic": 1000, "narrative_usage": "基本支出{expenditure_basic}。"}
    rows = {
        "projects": [
            {"name": "甲", "priority": "是", "budget": 5, "actual": 4},
            {"name": "乙", "priority": "否", "budget": "三", "actual": 2},
        ]
    }
    evaluation = evaluate(submission(values, rows))
    read = Read(write_report(evaluation, tmp_path / "a.docx"))
    text = read.text

    unusable = [
        "不能使用",
        "不是数字",
        "不是日期",
        "420",
        "34,025,999",
        "约两千",
        "3,975",
    ]
    assert [word for word in [*unusable, "未填", "14000", "14,000"] if word in text] == []
    assert "年中追减预算\t资料待更正\t\t" in text
    assert "评价年度\t资料待更正" in text
    assert "基本支出资料待更正。" in text
    staff = read.row("在职人员控制率", "指标解释和评分标准", "自评得分")
    assert staff["自评得分"] == "资料待更正"
    procured = read.row("政府采购执行率", "指标", "比率")
    assert procured["比率"] == "资料待更正"
    assert read.row("公用经费控制率", "指标", "比率")["比率"] == "885.00%"
    assert read.row("预算完成率", "指标", "比率")["比率"] == "—"
    assert "其中：基本支出\t资料待更正\t—" in text
    listed = read.row("合计", "项目名称", "实际支出（万元）")
    assert (listed["年初批复预算（万元）"], listed["实际支出（万元）"]) == ("—", "6.00")
    assert "　　　　年　　月　　日" in read.text, "room for the date"


def test_what_cannot_be_judged_is_not_called_overdue(tmp_path: Path) -> None:
    done = {"planned_quarter": 2, "priority": "否", "quality_met": "是"}
    rows = {
        "tasks": [
            {"name": "甲", "completed_quarter": 2, **done},
            {"name": "乙", "completed_quarter": "四季度", **done},
            {"name": "丙", **done},
        ]
    }
    evaluation = evaluate(submission({"unit_name": "示例局"}, rows))
    read = Read(write_report(evaluation, tmp_path / "a.docx"))
    working = Read(write_report(evaluation, tmp_path / "b.docx", edition="working"))

    assert "逾期" not in read.text
    assert "年度工作任务共 3 项：按时 1 项，另有 2 项资料待更正。" in read.text
    assert "年度工作任务共 3 项：按时 1 项，无法判断 2 项。" in working.text
    listed = read.row("乙", "工作任务", "完成情况")
    assert (listed["实际完成季度"], listed["完成情况"]) == ("资料待更正", "—")
    quarter = read.row("第二季度", "时点", "实际完成")
    assert quarter["实际完成"] == "—"
    assert "四季度（不在可选范围内）" in working.text


def test_why_there_is_no_figure_leaves_room_for_the_figures(tmp_path: Path) -> None:
    """A long explanation in a column of amounts is what is broken, not the amounts beside it."""
    values = {
        "budget_approved": 3975.53,
        "expenditure_total": "3,975.53万元左右，以决算为准",
        "public_funds_budget": 1234567.89,
        "public_funds_actual": 1234567.88,
        "procurement_budget": 10,
        "procurement_actual": 9,
    }
    read = Read(write_report(evaluate(submission(values)), tmp_path / "a.docx", edition="working"))
    widths = read.widths("指标", "计算口径", "被除数")
    measured, part, whole, _ = widths[1:]
    assert measured > 25  # mm; it was 7
    for column in (part, whole):
        assert column >= len("1,234,567.89") * 1.86


def test_the_formal_edition_states_no_figure_that_others_contradict(tmp_path: Path) -> None:
    values = {
        "unit_name": "甲局",
        "fiscal_year": 2020,
        "budget_approved": 1000,
        "budget_basic": 700,
        "project_budget_total": 304,  # 4 too much
        "payment_actual_q1": 500,
        "payment_actual_q2": 450,  # less than the quarter before
        "expenditure_total": 1000,
        "narrative_usage": "本年支出合计 1,200 万元。",
    }
    rows = {
        "tasks": [{"name": "甲", "completed_quarter": "未完成", "quality_met": "是"}],
    }
    evaluation = evaluate(submission(values, rows))
    formal = Read(write_report(evaluation, tmp_path / "a.docx")).text
    working = Read(write_report(evaluation, tmp_path / "b.docx", edition="working")).text

    assert "100.40%" not in formal
    assert "450.00" not in formal
    assert "450.00" in working
    assert "本段文字中有与表中数字不一致之处，待更正" in formal
    assert "待更正" not in working


def test_the_formal_edition_states_no_amount_of_a_table_in_yuan(tmp_path: Path) -> None:
    """Nor those that nothing tells apart: whoever wrote all others in 元 wrote them so too."""
    standard, path = load_standard(), tmp_path / "自评表.xlsx"
    issued = {"budget_approved": FILLED.values["budget_approved"]}
    build_template(standard, path, issued, filling=filled_in_yuan(standard, issued))

    text = formal(tmp_path, path).text

    assert re.findall(r"\d,\d{3},\d{3}\.\d\d|\d{6,}\.\d\d", text) == []
    assert "资料待更正" in text


def test_the_command_writes_either_and_neither_replaces_the_other(tmp_path: Path) -> None:
    assert run("report", CLEAN, "-o", tmp_path).code == 0
    ran = run("report", CLEAN, "-o", tmp_path, "--edition", "working", "--format", "json")

    assert json.loads(ran.out)["edition"] == "working"
    signed, worked = (
        Read(tmp_path / f"{CLEAN.stem}-自评报告{ending}.docx") for ending in ("", "（工作稿）")
    )
    assert "复算" not in signed.text
    assert "复算得分" in worked.text
    assert load_standard().id not in worked.text
    assert any(kind.code in worked.text for kind in kinds())


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ([], 0),
        ([0, 3, 12], 0),
        ([0.25, 0.5, 1], 0),
        ([0.99, 0.99], 0),
        ([0.986, 0.992, 1], 0.97),
        ([0.9389, 0.9738], 0.92),
        ([0.7, 0.98], 0.6),
        ([0.9999, 1], 0.98),
        ([880, 1000], 800),
    ],
)
def test_where_the_axis_of_bars_begins(values: list[float], at: float) -> None:
    assert start(values) == pytest.approx(at)
