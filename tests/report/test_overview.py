"""The bureau's overview: its figures are those of the workbooks, also for hundreds of them."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import msgspec
import openpyxl
import pytest

from tests.consolidation.records import consolidation, record, refused
from tests.report.reading import Read
from workbook_tools import consolidate, write_overview
from workbook_tools.checks import make
from workbook_tools.cli.samples import samples_folder
from workbook_tools.consolidation import Consolidation
from workbook_tools.report.overview import money
from workbook_tools.report.paper.files import save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.standard import load_standard
from workbook_tools.template import build_template

AT = datetime.datetime(2021, 5, 20, 9, 30)


@pytest.fixture(scope="module")
def samples() -> Consolidation:
    folder = samples_folder()
    return consolidate(sorted(folder.glob("*.xlsx")), None, roster=folder / "roster.csv")


@pytest.fixture(scope="module")
def read(samples: Consolidation, tmp_path_factory: pytest.TempPathFactory) -> Read:
    return Read(write_overview(samples, tmp_path_factory.mktemp("r") / "总报告.docx", at=AT))


def test_sections(read: Read) -> None:
    assert [heading.split("、")[1] for heading in read.headings()] == [
        "报送情况",
        "评价结果",
        "指标得分情况",
        "自评与复算的差异",
        "发现的主要问题",
        "预算收支情况",
        "横向比较",
        "评分标准的不同解读",
        "下一步工作",
    ]


@pytest.mark.slow
def test_valid(read: Read) -> None:
    assert not read.problems()


def test_who_reported(read: Read) -> None:
    assert read.below("报送情况")[0] == (
        "名册列明预算单位 13 个，其中已报送 12 个，未报送 1 个，报送率 92.31%。"
        "本次收到可用的自评表 14 个单位。"
    )
    assert read.below("报送情况")[1] == "未报送的单位：示例县商务局（虚构）。"


def test_the_ranking_is_whole_and_in_order(read: Read, samples: Consolidation) -> None:
    rows = read.table("名次", "单位编码", "得分或区间")

    assert [row[2] for row in rows] == [item.name for item in samples.departments]
    ranked = [(int(row[0]), float(row[4])) for row in rows if row[0] != "—"]
    assert ranked == sorted(ranked, key=lambda one: -one[1])
    assert [rank for rank, _ in ranked] == [
        1 + sum(other > points for _, other in ranked) for _, points in ranked
    ]
    assert [row[4] for row in rows if "湘潭" in row[2]] == ["4.00～100.00"]


def test_grades_as_claimed_and_as_they_stand(read: Read, samples: Consolidation) -> None:
    claimed = Counter(item.claimed_grade or "待定或未填" for item in samples.departments)
    rows = read.table("等次", "自评等次（单位数）")
    assert {row[0]: int(row[1]) for row in rows if row[1] != "0"} == claimed
    (chart,) = (one for one in read.charts() if "自评等次" in one)
    assert chart["自评等次"]["优"] == claimed["优"]


def test_claims_above_all_that_is_still_possible_are_told(tmp_path: Path) -> None:
    lost = ("quality_rate",)  # 8 points
    county = consolidation(
        record("101", "98", claimed="99"),
        record("102", "95", claimed="95.5", insufficient=lost),
        record("103", "95", claimed="90", insufficient=lost),
    )
    told = Read(write_overview(county, tmp_path / "a.docx", at=AT))

    (said,) = (one for one in told.paragraphs if "能够比较的" in one)
    assert "能够比较的 1 个单位中，自评总分高于复算（复核）的 1 个" in said
    assert "另有 1 个单位得分不完整，但自评总分已超过可能的最高得分：单位102。" in said


def test_rates_of_both_are_of_the_same_indicators(tmp_path: Path) -> None:
    """What cannot be computed counts in neither rate, however much was claimed for it."""
    other = record("102", insufficient=("quality_rate",))
    modest = msgspec.structs.replace(other.scores["quality_rate"], self="0")
    other = msgspec.structs.replace(other, scores={**other.scores, "quality_rate": modest})
    county = consolidation(record("101"), other)
    told = Read(write_overview(county, tmp_path / "a.docx", at=AT))

    rows = told.table("一级指标", "自评得分率", "复算得分率")
    assert [row[1] == row[2] == "100.00%" for row in rows] == [True] * 4


@pytest.mark.slow
def test_budget_totals_are_those_of_the_workbooks(read: Read) -> None:
    """openpyxl adds up; the school's money stands in the education bureau's figures already.

    The health bureau typed an amount in 元: its money is left out, and that is said.
    """
    total = 0.0
    assert any("示例县卫生健康局（虚构）的金额疑似误按“元”填写" in one for one in read.paragraphs)
    for path in samples_folder().glob("*.xlsx"):
        if path.stem in ("school-2020", "health-2020"):
            continue
        book = openpyxl.load_workbook(path, data_only=True)
        ((sheet, place),) = book.defined_names["in_expenditure_total"].destinations
        value = book[sheet][place.replace("$", "")].value
        total += value if isinstance(value, int | float) else 0
    shown = read.row("本年支出合计", "项目", "合计（万元）")["合计（万元）"]
    assert shown == f"{total:,.2f}"
    assert any(f"本年支出合计 {shown} 万元。" in one for one in read.paragraphs)
    groups = read.table("归口", "单位数")
    assert groups[-1][0] == "合计"
    assert groups[-1][-1] == shown


def test_a_changed_issued_amount_is_added_up_as_issued(tmp_path: Path) -> None:
    changed = make("differs-from-issued", "", field="budget_approved", expected="4120")
    typed = {"budget_approved": "68320.5", "budget_basic": "3000", "project_budget_total": "1120"}
    county = consolidation(record("101", findings=(changed,), facts=typed), record("102"))
    told = Read(write_overview(county, tmp_path / "a.docx", at=AT))

    assert told.row("年初批复预算数", "项目", "合计（万元）")["合计（万元）"] == "4,120.00"
    assert "68,320.50" not in told.text
    (said,) = (one for one in told.paragraphs if "下发数计" in one)
    assert said == "单位101改动了财政部门下发的金额，以上和以下合计按下发数计。"


def test_parts_of_the_national_grid_are_called_so_once(tmp_path: Path) -> None:
    standard = load_standard("national-2020")
    rows = {"total": 416, "fiscal": 400, "carried": 6, "other": 10}
    facts = {f"funds_{row}_initial": str(amount) for row, amount in rows.items()}
    known = consolidation(record("101", facts=facts))
    county = Consolidation(
        standard=standard, departments=known.departments, refused=(), notices=(), roster=None
    )
    paper = Paper("总报告", AT)
    money.write_budget(paper, county)
    save(paper.document, tmp_path / "a.docx")
    (told,) = (one for one in Read(tmp_path / "a.docx").paragraphs if "400.00" in one)
    assert told.startswith(
        "年初预算数（年度资金总额）合计 416.00 万元。其中，年初预算数（当年财政拨款）"
    )
    assert "其中：" not in told


def test_commonest_findings(read: Read, samples: Consolidation) -> None:
    found = Counter(
        samples.titles[finding.code]
        for item in samples.departments
        for finding in item.findings
        if finding.severity != "info"
    )
    rows = read.table("问题", "条数", "怎样改正")
    assert len(rows) == min(10, len(found))
    for row in rows:
        assert int(row[1]) == found[row[0]]


def test_the_same_bytes(samples: Consolidation, tmp_path: Path) -> None:
    one = write_overview(samples, tmp_path / "a.docx", at=AT)
    other = write_overview(samples, tmp_path / "b.docx", at=AT)
    assert one.read_bytes() == other.read_bytes()


def test_nobody_to_judge(tmp_path: Path) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    build_template(load_standard(), folder / "空表.xlsx")
    read = Read(write_overview(consolidate([folder], None), tmp_path / "a.docx", at=AT))

    assert "没有可以评价的单位。" in read.paragraphs
    assert any("空白模板" in row for rows in read.tables for row in rows)


def test_three_hundred_departments(tmp_path: Path) -> None:
    """Short lists in the body, everybody in the annex."""
    points = {f"{301000 + n}": f"{90 + n % 41 * 0.25:.2f}" for n in range(300)}
    made = [
        record(code, total, facts={"expenditure_total": str(1000 + int(code) % 7)})
        for code, total in points.items()
    ]
    broken = refused("/bureau/in/坏.xlsx", "坏.xlsx：文件损坏。")
    read = Read(write_overview(consolidation(*made, broken), tmp_path / "a.docx", at=AT))

    rows = read.table("名次", "单位编码", "得分或区间")
    assert {row[1]: row[4] for row in rows} == points
    assert [float(row[4]) for row in rows] == sorted(map(float, points.values()), reverse=True)
    body = [rows for rows in read.tables if rows[0][:3] == ["名次", "单位名称", "得分"]]
    assert [len(rows) for rows in body] == [11, 11], "the ten best and the ten worst"
    assert body[0][1][2] == max(points.values(), key=float)
    assert body[1][-1][2] == min(points.values(), key=float)
    assert any(row[0] == "无法读取" for row in read.table("情形", "原因"))
    spent = sum(1000 + int(code) % 7 for code in points)
    assert read.row("本年支出合计", "项目", "合计（万元）")["合计（万元）"] == f"{spent:,}.00"
    assert not any("其中，" in line for line in read.paragraphs), "nobody said of what it is made"


def test_what_follows_names_who_is_concerned(read: Read, samples: Consolidation) -> None:
    steps = read.paragraphs[read.paragraphs.index("九、下一步工作") + 1 :]
    concerned = {
        "评价年度": [one.unit_name for one in samples.notices if one.kind == "other-year"],
        "疑似误按“元”填写": [item.name for item in samples.departments if item.doubtful],
    }
    assert concerned["评价年度"]
    for words, names in concerned.items():
        (step,) = (one for one in steps if words in one)
        assert all(name in step for name in names)
