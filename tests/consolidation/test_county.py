"""A county with known results, consolidated to exactly those results, whatever else is sent."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.consolidation.county import APPROVED, Made, Unit
from tests.consolidation.test_workbook import table
from workbook_tools.consolidation import consolidate
from workbook_tools.standard import load_standard

LATE, EARLY = datetime.date(2021, 3, 5), datetime.date(2021, 3, 1)
TWICE, MISSING, BROKEN = 5, 3, 20

# Every workbook lacks stored results, so each is recalculated by an interpreter in a process of
# its own. That takes a third of a second, and no score hangs on it.
sizes = pytest.mark.parametrize(
    "size", [12, pytest.param(100, marks=pytest.mark.slow)], scope="module"
)


class County:
    """What was sent, what came of it, and what should have."""

    def __init__(self, size: int, folder: Path) -> None:
        self.units = [Unit(number) for number in range(size)]
        made = Made(folder)
        sent = folder / "报送"
        sent.mkdir()
        for unit in self.units:
            (sent / f"{unit.code}.xlsx").write_bytes(made.content(unit, LATE))
        for unit in self.units[:TWICE]:  # an earlier draft, with other figures
            draft = Unit(unit.number + 77)
            content = made.content(_Draft(unit.number, draft.staff, draft.spent), EARLY)
            (sent / f"草稿{unit.code}.xlsx").write_bytes(content)
        self.broken = dict[str, str]()
        for name, content, reason in made.damaged():
            (sent / f"{name}.xlsx").write_bytes(content)
            self.broken[f"{name}.xlsx"] = reason
        (sent / "~$301000.xlsx").write_bytes(b"lock")
        (sent / "说明.docx").write_bytes(b"PK")
        roster = folder / "名册.csv"
        missing = [Unit(size + number) for number in range(MISSING)]
        rows = [f"{unit.code},{unit.name}" for unit in (*self.units, *missing)]
        roster.write_text("\n".join(["unit_code,unit_name", *rows]), encoding="utf-8")
        self.summary = folder / "汇总.xlsx"
        with ProcessPoolExecutor(2) as pool:
            self.result = consolidate([sent], self.summary, roster=roster, executor=pool)
        self.book: Any = openpyxl.load_workbook(self.summary, data_only=True)

    def rank(self, unit: Unit) -> int:
        return 1 + sum(other.points > unit.points for other in self.units)

    def grade(self, unit: Unit) -> str:
        grades = load_standard().grades
        return next(one.name for one in grades if unit.points >= one.at_least)


class _Draft(Unit, frozen=True):
    """The same department with other figures."""

    drafted_staff: int
    drafted_spent: int

    @property
    def staff(self) -> int:
        return self.drafted_staff

    @property
    def spent(self) -> int:
        return self.drafted_spent


@pytest.fixture(scope="module")
def county(size: int, tmp_path_factory: pytest.TempPathFactory) -> County:
    return County(size, tmp_path_factory.mktemp("county"))


def by_code(sheet: Any, head: str) -> dict[str, dict[str, Any]]:
    return {row["单位编码"]: row for row in table(sheet, head) if row["单位编码"]}


def cents(number: float) -> Decimal:
    return Decimal(str(round(number, 6)))


@sizes
def test_ranks_points_and_grades(county: County) -> None:
    rows = by_code(county.book["排名"], "名次")
    assert set(rows) == {unit.code for unit in county.units}
    for unit in county.units:
        row = rows[unit.code]
        found = (row["单位名称"], row["名次"], cents(row["得分"]), row["等次"], row["主管部门"])
        assert found == (unit.name, county.rank(unit), unit.points, county.grade(unit), unit.above)
    assert max(Counter(row["名次"] for row in rows.values()).values()) > 1  # there are ties


@sizes
def test_every_score_of_every_department(county: County) -> None:
    titles = {one.id: one.title for one in load_standard().indicators}
    rows = by_code(county.book["指标得分"], "重点工作办结率")
    long = {
        (row["单位编码"], row["指标编号"]): row for row in table(county.book["数据"], "指标编号")
    }
    assert len(long) == len(county.units) * len(titles)
    for unit in county.units:
        for indicator, score in unit.scores.items():
            assert cents(rows[unit.code][titles[indicator]]) == score
            assert cents(long[unit.code, indicator]["得分"]) == score


@sizes
def test_differences_are_where_the_self_score_is_another(county: County) -> None:
    found = {
        (row["单位编码"], row["三级指标"]): cents(row["自评高出"])
        for row in table(county.book["自评差异"], "自评高出")
        if row["单位编码"]
    }
    assert found == dict(differences(county.units))


def differences(units: list[Unit]) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """All claim what the worked case scores: 4.63 for staff, 3.96 for expenditure."""
    for unit in units:
        for indicator, title, claimed in (
            ("staff_control", "在职人员控制率", Decimal("4.63")),
            ("budget_completion", "预算完成率", Decimal("3.96")),
        ):
            if claimed != unit.scores[indicator]:
                yield (unit.code, title), claimed - unit.scores[indicator]


@sizes
def test_money_adds_up_by_group_and_in_all(county: County) -> None:
    total, *rows = table(county.book["预算汇总"], "年初批复预算数")
    assert total["年初批复预算数"] == APPROVED * len(county.units)
    assert total["本年支出合计"] == sum(unit.spent for unit in county.units)
    sizes_of = Counter(unit.above for unit in county.units)
    groups: Counter[str] = Counter()
    for unit in county.units:
        if sizes_of[unit.above] > 1:  # one alone is its own subtotal
            groups[unit.above] += unit.spent
    subtotals = {
        row["单位名称"].split("：")[1].split("（")[0]: row["本年支出合计"]
        for row in rows
        if "小计" in str(row["单位名称"])
    }
    assert subtotals == groups


@sizes
def test_what_cannot_be_read_is_listed_with_its_reason(county: County) -> None:
    assert len(county.broken) == BROKEN
    rows = table(county.book["缺报与异常"], "情形")
    told = {Path(row["文件"]).name: row for row in rows if row["情形"] == "无法读取"}
    assert set(told) == set(county.broken)
    for name, reason in county.broken.items():
        assert reason in told[name]["原因"], name
        assert told[name]["建议"]


@sizes
def test_drafts_missing_and_other_files_are_listed(county: County) -> None:
    rows = table(county.book["缺报与异常"], "情形")
    kinds = Counter(row["情形"] for row in rows if row["情形"])
    assert kinds == {"未报送": MISSING, "无法读取": BROKEN, "重复报送": TWICE, "略过的文件": 2}
    drafts = {Path(row["文件"]).name for row in rows if row["情形"] == "重复报送"}
    assert drafts == {f"草稿{unit.code}.xlsx" for unit in county.units[:TWICE]}


@sizes
def test_the_overview_says_the_same(county: County) -> None:
    sheet = county.book["总览"]
    figures = {
        label.value: figure.value
        for above, below in ((4, 5), (7, 8))
        for figure, label in zip(sheet[above], sheet[below], strict=True)
        if label.value
    }
    assert figures["名册单位"] == str(len(county.units) + MISSING)
    assert figures["已报送单位"] == figures["得分完整"] == str(len(county.units))
    assert figures["无法读取的文件"] == str(BROKEN)
    assert figures["未报送单位"] == str(MISSING)
    mean = sum(unit.points for unit in county.units) / len(county.units)
    assert float(figures[f"复算平均分（{len(county.units)} 个单位）"]) == pytest.approx(
        float(mean), abs=0.005
    )
    grades = Counter(county.grade(unit) for unit in county.units)
    charted = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=53, max_row=60)}
    assert {name: charted[name] for name in grades} == grades


@sizes
def test_findings_stand_by_department(county: County) -> None:
    rows = [row for row in table(county.book["问题清单"], "说明") if row["说明"]]
    listed = Counter(row["单位编码"] for row in rows)
    expected = {item.code: len(item.findings) for item in county.result.departments}
    assert {code: number for code, number in listed.items() if code} == expected
    high = {row["单位编码"] for row in rows if row["编号"] == "SC301"}
    assert high >= {code for (code, _), by in differences(county.units) if by > 0}
