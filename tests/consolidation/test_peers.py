"""Departments beside those like them, worked by hand in peers.yaml; and who is worth a look."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import msgspec
import openpyxl
import pytest
import yaml

from tests.cli.shell import SAMPLES, run
from tests.consolidation.records import STANDARD, outcome, record
from workbook_tools import Outcome, Record, write_overview
from workbook_tools.assessment.places import Text
from workbook_tools.consolidation import Consolidation, Roster, RosterRow, consolidate_records
from workbook_tools.ooxml import open_workbook, to_a1
from workbook_tools.standard import load_standard
from workbook_tools.template import Filling, build_template

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("peers.yaml").read_text(encoding="utf-8")
)
DONGPU = Path(__file__).parents[2] / "docs" / "examples" / "dongpu-2024.yaml"
PER_HEAD = "public_funds_per_head"


def department(code: str, public_funds: str, budget: str = "") -> Outcome:
    facts = {"staff_actual": "10", "public_funds_actual": public_funds}
    facts |= {"budget_approved": budget} if budget else {}
    made = outcome(record(code, "99", facts=facts))
    return msgspec.structs.replace(made, cells={"public_funds_actual": ("预算执行", "C9")})


def together(*outcomes: Outcome, kinds: dict[str, str] | None = None) -> Consolidation:
    rows = [
        RosterRow(
            row=number,
            unit_code=one.record.unit_code,
            unit_name=one.record.unit_name,
            office="",
            values={},
            kind=(kinds or {}).get(one.record.unit_code, ""),
        )
        for number, one in enumerate(outcomes)
    ]
    roster = Roster(path=Path("名册.csv"), rows=tuple(rows)) if kinds else None
    return consolidate_records(outcomes, standard=STANDARD, roster=roster)


@pytest.fixture(scope="module")
def made() -> Consolidation:
    return together(*(department(**one) for one in CASES["departments"]))


def spreads(of: Consolidation) -> list[dict[str, Any]]:
    assert of.comparison is not None
    return [
        {
            "group": one.group,
            "count": one.count,
            **{
                key: None if (value := getattr(one, key)) is None else str(float(value))
                for key in ("middle", "deviation", "low", "high")
            },
            "apart": one.apart,
        }
        for one in of.comparison.spreads
        if one.what.id == PER_HEAD
    ]


def by_hand(spread: dict[str, Any]) -> dict[str, Any]:
    numbers = ("middle", "deviation", "low", "high")
    return spread | {one: spread[one] and str(float(spread[one])) for one in numbers}


def test_middle_spread_and_who_stands_apart(made: Consolidation) -> None:
    assert spreads(made) == [by_hand(one) for one in CASES["spreads"]]
    assert made.comparison is not None
    apart = [one for one in made.comparison.apart if one.spread.what.id == PER_HEAD]
    assert [(one.item.code, one.times) for one in apart] == [
        (one["code"], Fraction(one["times"])) for one in CASES["apart"]
    ]
    told = [hint for hint in made.hints if hint.field == PER_HEAD]
    assert [(hint.unit_code, hint.message) for hint in told] == [
        (one["code"], one["message"]) for one in CASES["apart"]
    ]
    assert {(hint.sheet, hint.cell) for hint in told} == {("预算执行", "C9")}
    assert {hint.kind for hint in made.hints} == {"apart", "all-full"}
    assert not any(item.findings for item in made.departments), "a hint is no finding"


def test_the_roster_says_who_is_like_whom() -> None:
    outcomes = [department(**one) for one in CASES["departments"]]
    found = together(*outcomes, kinds=CASES["kinds"])
    assert spreads(found) == [by_hand(CASES["kind_spread"])]
    ungrouped = [one for one in found.peer_ratios["group"] if one == "未分组"]
    assert len(ungrouped) == len(outcomes) - 5


def test_amounts_in_yuan_are_held_beside_nobody_elses() -> None:
    outcomes = [department(**one) for one in CASES["departments"]]
    outcomes[4] = msgspec.structs.replace(outcomes[4], doubtful=True)
    assert [one["count"] for one in spreads(together(*outcomes))] == [4, 6, 4]


@pytest.mark.parametrize("case", CASES["suspects"], ids=str)
def test_figures_that_are_hardly_true_together(case: dict[str, Any]) -> None:
    one = record("1", "99", facts=case["facts"])
    scores = dict(one.scores)
    for indicator, points in case["points"].items():
        scores[indicator] = msgspec.structs.replace(scores[indicator], score=points)
    found = together(outcome(msgspec.structs.replace(one, scores=scores)))
    assert [hint.field for hint in found.hints if hint.kind == "suspect"] == case["told"]


def test_full_points_everywhere_and_whole_amounts_only() -> None:
    whole = {one.id: "12" for one in STANDARD.inputs if one.type == "money"}
    kinds = {hint.kind for hint in together(outcome(record("1", facts=whole))).hints}
    assert kinds == {"all-full", "all-round"}
    first = next(iter(whole))
    broken: Record = record("1", facts=whole | {first: "12.01"})
    less = msgspec.structs.replace(broken.scores["goal_clarity"], self="2.5")
    broken = msgspec.structs.replace(broken, scores={**broken.scores, "goal_clarity": less})
    assert not together(outcome(broken)).hints


def rows_of(code: str, *names: str) -> Outcome:
    texts = tuple(
        Text(what="个性指标", sheet="个性指标", cell=f"A{place}", digest=name, start=name, row=True)
        for place, name in enumerate(names, start=5)
    )
    return msgspec.structs.replace(outcome(record(code, "99")), texts=texts)


def test_rows_of_own_indicators_that_two_units_share() -> None:
    """受益老年人 in a road office's table. Two may be chance, and what all have is handed down."""
    handed = [rows_of(str(900 + number), "安全生产", "甲", "乙") for number in range(21)]
    found = together(
        rows_of("1", "受益老年人", "养老床位", "护理员培训", "别的"),
        rows_of("2", "修路", "受益老年人", "养老床位", "护理员培训"),
        rows_of("3", "修路", "受益老年人", "另外的"),
        *handed,
    )
    told = [hint for hint in found.hints if hint.kind == "same-rows"]
    assert [(hint.unit_code, hint.cell, hint.usual, hint.value) for hint in told] == [
        ("1", "A5", "2", "3"),
        ("2", "A6", "1", "3"),
    ]
    assert "“受益老年人”、“养老床位”、“护理员培训”" in told[0].message


def cells_of(path: Path, table: str) -> Callable[[Mapping[str, Any]], str]:
    """Where a case's column and row (from 1) of a table stand in the workbook."""
    with open_workbook(path) as book:
        areas = {name: area for name, area in book.names.items() if area is not None}

    def place(one: Mapping[str, Any]) -> str:
        area = areas[f"tbl_{table}_{one['column']}"]
        return to_a1(area.first_row + one["row"] - 1, area.first_col)

    return place


@pytest.mark.parametrize("case", CASES["shipped"], ids=lambda case: case["standard"])
def test_rows_that_are_hardly_true_by_the_shipped_tables(
    case: dict[str, Any], tmp_path: Path
) -> None:
    filling = Filling(
        values={"unit_name": "示例县交通局（虚构）", "unit_code": "305001"},
        rows={"kpis": case["given"]},
    )
    path = tmp_path / "交通局.xlsx"
    build_template(load_standard(case["standard"]), path, filling=filling)
    ran = run("consolidate", path, "-o", tmp_path / "汇总.xlsx", "--format", "json")
    hints = [one for one in json.loads(ran.out)["hints"] if one["kind"] == "suspect"]
    place = cells_of(path, "kpis")
    assert [(one["field"], one["value"], one["cell"]) for one in hints] == [
        (one["field"], one["value"], place(one)) for one in case["told"]
    ]
    for hint, one in zip(hints, case["told"], strict=True):
        assert one["says"] in hint["message"]


def test_rows_that_are_hardly_true_and_a_scale_of_the_bureaus_own(tmp_path: Path) -> None:
    """A cost that is better the higher it is, what nobody accepted, effects without evidence."""
    case, standard = CASES["rows"], load_standard(DONGPU)
    filling = Filling(
        values={"unit_name": "东浦县公路所", "unit_code": "305001", "budget": 900, "spent": 9},
        rows={"own": case["given"]},
    )
    build_template(standard, tmp_path / "公路所.xlsx", filling=filling)
    place = cells_of(tmp_path / "公路所.xlsx", "own")
    args = ("--standard", DONGPU, "-o", tmp_path / "汇总.xlsx", "--format", "json")
    told = json.loads(run("consolidate", tmp_path / "公路所.xlsx", *args).out)
    hints = [one for one in told["hints"] if one["kind"] == "suspect"]
    assert [(one["field"], one["value"], one["cell"]) for one in hints] == [
        ("done_without_money", "9", hints[0]["cell"]),
        *((one["field"], one["value"], place(one)) for one in case["told"]),
    ]
    for hint, one in zip(hints[1:], case["told"], strict=True):
        assert hint["message"].startswith(one["says"])
    expected = case["without_evidence"]
    (found,) = [
        one for one in told["departments"][0]["findings"] if one["name"] == "against-the-standard"
    ]
    assert (found["cell"], found["severity"]) == (place(expected), "error")
    assert expected["says"] in found["message"]
    assert told["departments"][0]["scores"]["benefit_either"]["score"] == case["benefit"]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two departments' workbooks whose report has the same sentences, a third of another kind."""
    folder = tmp_path_factory.mktemp("报送")
    for name in ("water", "transport", "civil-affairs"):
        shutil.copy(SAMPLES / f"{name}-2020.xlsx", folder)
    return folder


def test_texts_word_for_word_in_real_workbooks(real: Path, tmp_path: Path) -> None:
    ran = run("consolidate", real, "-o", tmp_path / "汇总.xlsx", "--format", "json")
    hints = json.loads(ran.out)["hints"]
    told = [hint for hint in hints if hint["kind"] == "same-text"]
    assert {hint["unit_code"] for hint in told} == {"402001", "305001", "208001"}
    first = openpyxl.load_workbook(real / "water-2020.xlsx")
    hint = next(hint for hint in told if hint["unit_code"] == "402001")
    text = first[hint["sheet"]][hint["cell"]].value
    other = openpyxl.load_workbook(real / "transport-2020.xlsx")
    assert text == other[hint["sheet"]][hint["cell"]].value
    assert str(text)[:20] in hint["message"]
    said = run("consolidate", real, "-o", tmp_path / "汇总.xlsx").out
    assert "值得再看一眼的：文字雷同 3 条。详见汇总表“横向比较”，不影响得分。" in said


def test_the_sheets_say_so(made: Consolidation, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made.write(tmp_path / "汇总.xlsx"))
    listed = [
        [cell.value for cell in row[:4]] for row in book["横向比较"].iter_rows(min_row=4, max_row=5)
    ]
    assert [row[0] for row in listed] == ["105", "206"]
    assert listed[0][2:] == ["偏离同类", CASES["apart"][0]["message"]]
    groups = [[cell.value for cell in row] for row in book["同类组"].iter_rows(min_row=4)]
    per_head = [row for row in groups if row[1] == "人均公用经费支出"]
    assert [row[4:7] for row in per_head] == [
        ["3 万元", "1 万元", "1 万元"],
        ["5 万元", "0 万元", "5 万元"],
    ]
    few = [row[1:4] + row[9:] for row in groups if "20,000 万元以上" in str(row[0])]
    assert few == [["全部内容", 4, 4, "单位太少，没有比较"]]
    assert [row[9] for row in per_head] == [
        None,
        "离散程度按至少 0.1 万元 计",
    ]
    head, *rows = [[cell.value for cell in row] for row in book["比率对照"].iter_rows(min_row=3)]
    place = head.index("人均公用经费支出（万元）")
    beside = {row[0]: row[place : place + 2] for row in rows}
    assert (beside["105"], beside["205"]) == ([100, 3], [5.4, 5])
    assert (beside["304"], beside["401"]) == ([100, None], [1, None])
    assert "1 个单位缺少分组依据" in str(book["比率对照"]["A2"].value)
    document = docx.Document(str(write_overview(made, tmp_path / "总报告.docx")))
    assert any(one.text.startswith("与同类单位比较，") for one in document.paragraphs)
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    assert f"{CASES['apart'][0]['message']}。" in cells


def test_a_standard_that_compares_nothing_has_no_such_sheet(tmp_path: Path) -> None:
    bare = msgspec.structs.replace(STANDARD, peers=None)
    found = consolidate_records([record("1", "99")], standard=bare)
    assert not any(hint.kind == "apart" for hint in found.hints)
    assert "横向比较" not in openpyxl.load_workbook(found.write(tmp_path / "汇总.xlsx")).sheetnames
