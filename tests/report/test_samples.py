"""Every score and amount of the samples stands in their reports, read by other libraries."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest

import workbook_tools
from tests.report.reading import Read
from workbook_tools.assessment import Assessment
from workbook_tools.cli.samples import samples_folder
from workbook_tools.standard.contract import fields

SAMPLES = sorted(path.stem for path in samples_folder().glob("*.xlsx"))
AT = datetime.datetime(2021, 3, 20, 9, 30)
Reports = Callable[[str], Read]
FEW = ("civil-affairs-2020", "xiangtan-2020")
"""One without errors, one in which most is missing."""


@cache
def assessed(sample: str) -> Assessment:
    return workbook_tools.assess(samples_folder() / f"{sample}.xlsx")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Read]:
    """The working edition of a sample's report, written once."""
    folder = tmp_path_factory.mktemp("reports")

    @cache
    def read(sample: str) -> Read:
        known = assessed(sample)
        assert known.evaluation is not None
        target = folder / f"{sample}.docx"
        workbook_tools.write_report(
            known.evaluation, target, edition="working", findings=known.findings, at=AT
        )
        return Read(target)

    return read


def cells(sample: str) -> dict[str, object]:
    """By defined name what openpyxl finds in the single cells of a sample."""
    book = openpyxl.load_workbook(samples_folder() / f"{sample}.xlsx", data_only=True)
    found = {}
    for name, defined in book.defined_names.items():
        places = list(defined.destinations)
        if len(places) == 1 and ":" not in places[0][1]:
            sheet, place = places[0]
            found[name] = book[sheet][place.replace("$", "")].value
    return found


@pytest.mark.parametrize(
    "sample",
    [pytest.param(sample, marks=[] if sample in FEW else [pytest.mark.slow]) for sample in SAMPLES],
)
def test_every_figure_is_in_the_report(sample: str, report: Reports) -> None:
    read, known = report(sample), assessed(sample)
    assert known.submission is not None
    assert known.evaluation is not None
    there = cells(sample)
    text = read.text

    for field in fields(known.submission.standard).values():
        value = there.get(field.name)
        if field.role != "input" or not isinstance(value, int | float):
            continue
        if field.type == "money":
            assert f"{value:,.2f}" in text, field.id
        elif field.type == "share":
            assert f"{value:.2%}" in text, field.id
        elif field.type in ("count", "score"):
            assert f"{value:,}".removesuffix(".0") in text, field.id
    for table in known.submission.standard.tables:
        for row in known.submission.counted_rows(table.id):
            for column in table.columns:
                number = row.entries[column.id].number
                if column.type == "money" and number is not None:
                    assert f"{float(number):,.2f}" in text, (table.id, column.id)

    for indicator in known.submission.standard.indicators:
        shown = read.row(indicator.title, "三级指标", "计算过程", "自评得分", "复算得分")
        claimed = there[f"self_{indicator.id}"]
        score = known.evaluation.results[indicator.id].score
        assert shown["自评得分"] == ("未填" if claimed is None else f"{claimed:.2f}")
        assert shown["复算得分"] == ("资料不足" if score is None else f"{float(score):.2f}")
        if score is not None and score.denominator > 1:
            assert f"{float(score):.2f} 分" in shown["计算过程"]
    for finding in known.findings:
        assert finding.message in text
    assert not read.problems()


def test_a_report_of_published_figures(report: Reports) -> None:
    read = report("xiangtan-2020")

    assert read.paragraphs[1:3] == [
        "湘潭县科技和工业信息化局",
        "2020年度部门整体支出绩效自评报告",
    ]
    head = {row[0]: row[1] for row in read.tables[0]}
    assert head["年度预算金额"] == (
        "年初批复预算数 3,975.53 万元。其中，基本支出预算 1,004.08 万元（占 25.26%），"
        "项目支出预算 2,971.45 万元（占 74.74%）。"
    )
    assert head["评价结果"] == (
        "自评总分 100分；自评等次 优；复算总分在 4.00 至 100.00 分之间，资料不全，等次待定。"
    )
    kinds = read.table("项目", "上年预算数", "本年预算数", "上年实际数", "本年实际数")
    assert [row[4] for row in kinds] == ["0.00", "0.00", "1.66", "1.86", "3.52"]
    assert all(row[1:4] == ["未填"] * 3 for row in kinds[:4])
    assert kinds[4][1:4] == ["—"] * 3


def test_sections_stand_in_the_official_order(report: Reports) -> None:
    read = report("civil-affairs-2020")

    assert read.headings() == [
        "一、单位基本职能",
        "二、年度预算和绩效目标",
        "三、评价结果",
        "四、部门整体支出管理和使用情况",
        "五、部门整体支出绩效",
        "六、存在的问题",
        "七、改进措施",
        "八、其他需要说明的问题",
    ]
    annexes = read.styled("Annex Title")
    assert annexes == ["基础数据表", "计分表", "尚未解决的问题"]
    signed = read.paragraphs[read.paragraphs.index("单位（公章）") - 4 :][:6]
    assert [line.split("：")[0] for line in signed[:4]] == [
        "单位负责人",
        "财务负责人",
        "填报人",
        "联系电话",
    ]


def test_drafts_are_marked_and_others_not(report: Reports) -> None:
    draft, final = report("xiangtan-2020"), report("civil-affairs-2020")
    errors = sum(one.severity == "error" for one in assessed("xiangtan-2020").findings)

    assert draft.headers == {draft.paragraphs[0]}, "the same on every page"
    assert draft.paragraphs[0].startswith(f"草稿　尚有 {errors} 条错误")
    assert not any(one.severity == "error" for one in assessed("civil-affairs-2020").findings)
    assert "草稿" not in final.text + "".join(final.headers)
    for read, marked in ((draft, True), (final, False)):
        parts = [str(part.blob) for part in read.document.part.package.iter_parts()]
        assert any("textpath" in part for part in parts) is marked


def test_charts_hold_the_figures(report: Reports) -> None:
    read, there = report("civil-affairs-2020"), cells("civil-affairs-2020")
    rates, payments, three_public, tasks = read.charts()

    known = assessed("civil-affairs-2020").evaluation
    assert known is not None
    for level in known.standard.levels:
        score = known.subtotals[level.id]
        assert score is not None
        assert rates["复算得分率"][level.name] == pytest.approx(float(score / level.weight))
    assert payments["计划"] == {"第一季度": 0.25, "第二季度": 0.5, "第三季度": 0.75, "第四季度": 1}
    adjusted = known.quantities["budget_adjusted"]
    assert adjusted is not None
    paid = there["in_payment_actual_q2"]
    assert isinstance(paid, int | float)
    assert payments["实际"]["第二季度"] == pytest.approx(paid / float(adjusted))
    reception = {name: figures["公务接待费"] for name, figures in three_public.items()}
    ids = ("previous_budget", "current_budget", "previous_actual", "current_actual")
    assert list(reception.values()) == [there[f"in_three_public_reception_{one}"] for one in ids]
    assert set(tasks) == {"计划", "实际"}
    data = read.chart_data()
    assert len(data) == 4
    assert data[1][0] == [None, "计划", "实际"]
    assert data[1][2][1:] == [0.5, pytest.approx(payments["实际"]["第二季度"])]


def test_what_is_missing_is_not_drawn_as_zero(report: Reports) -> None:
    rates, three_public = report("xiangtan-2020").charts()

    assert rates["自评得分率"] == {"投入": 1, "过程": 1, "产出": 1, "效果": 1}
    assert rates["复算得分率"] == {}
    assert three_public["上年预算数"] == {}
    assert three_public["本年实际数"]["公务接待费"] == float(Fraction("1.86"))


def test_the_same_bytes_for_the_same_content(tmp_path: Path) -> None:
    known = assessed("civil-affairs-2020")
    assert known.evaluation is not None
    one, other, later = (tmp_path / f"{name}.docx" for name in "abc")

    at = AT + datetime.timedelta(days=1)
    for target, time in ((one, AT), (other, AT), (later, at)):
        workbook_tools.write_report(
            known.evaluation, target, edition="working", findings=known.findings, at=time
        )

    assert one.read_bytes() == other.read_bytes()
    assert one.read_bytes() != later.read_bytes()
    assert "2021年3月21日 09:30" in Read(later).text
