"""This year beside last year: planted breaks, worked by hand in years.yaml."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
import yaml

from tests.cli.shell import SAMPLES, run
from tests.consolidation.records import STANDARD, outcome, record
from workbook_tools.consolidation import (
    Consolidation,
    PreviousError,
    Roster,
    RosterRow,
    consolidate_records,
)
from workbook_tools.consolidation.summary import document
from workbook_tools.figures import plain

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("years.yaml").read_text(encoding="utf-8")
)


def year(which: str, last: Path | None = None) -> Consolidation:
    """The departments of a year; their roster says by which codes they were known."""
    rows, outcomes = [], []
    for number, one in enumerate(CASES[which]):
        made = outcome(record(one["code"], one["points"], facts=one["facts"]))
        outcomes.append(
            msgspec.structs.replace(made, cells={"carryover_previous": ("预算执行", "B23")})
        )
        rows.append(
            RosterRow(
                row=number,
                unit_code=one["code"],
                unit_name=made.record.unit_name,
                office="",
                values={},
                former=tuple(one.get("former", "").split("、")) if "former" in one else (),
            )
        )
    roster = Roster(path=Path("名册.csv"), rows=tuple(rows))
    return consolidate_records(outcomes, standard=STANDARD, roster=roster, last_year=last)


@pytest.fixture(scope="module", params=["xlsx", "json"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    """This year with last year's summary, or the JSON of it."""
    folder, last = tmp_path_factory.mktemp("去年"), year("last")
    if request.param == "xlsx":
        return year("this", last.write(folder / "去年汇总.xlsx"))
    parts = {name: list(items) for name, items in document.lists(last).items()}
    path = folder / "去年.json"
    path.write_bytes(
        msgspec.json.encode({"kind": "consolidation", "standard": {"id": STANDARD.id}, **parts})
    )
    return year("this", path)


def test_what_became_of_each(both: Consolidation) -> None:
    found = {
        one.code: [
            one.how,
            [each.code for each in one.then],
            None if one.points_moved is None else plain(one.points_moved),
        ]
        for one in both.moves
    }
    assert found == CASES["moves"]


def test_what_does_not_go_on_is_told_at_its_cell(both: Consolidation) -> None:
    frame = both.year_breaks
    told = [
        [one.code, each.continuity.now, plain(each.was), plain(each.now), message]
        for one in both.moves
        for each, message in zip(
            one.breaks, frame[frame["unit_code"] == one.code]["message"], strict=True
        )
    ]
    assert told == CASES["breaks"]
    assert list(frame["cell"]) == ["B23", ""]


def test_amounts_of_both_years_are_exact(both: Consolidation) -> None:
    found = {
        (one.code, what.id): (then, now) for one in both.moves for what, then, now in one.amounts
    }
    for code, amount, then, now in CASES["amounts"]:
        assert found[code, amount] == (Fraction(then), Fraction(now))
    assert not any(code in ("401", "402") for code, _ in found), "a part is not the whole"


def test_points_by_indicator(both: Consolidation) -> None:
    """Those records lose all their points at one indicator."""
    frame = both.year_indicators
    assert frame[["unit_code", "points_then", "points", "points_moved"]].values.tolist() == [
        ["101", 5.0, 7.5, 2.5]
    ]


def test_the_sheets_and_the_command_line(tmp_path: Path) -> None:
    last, this = tmp_path / "去年汇总.xlsx", tmp_path / "今年汇总.xlsx"
    assert run("consolidate", SAMPLES / "transport-2020.xlsx", "-o", last).code < 2
    ran = run("consolidate", SAMPLES / "transport-2020.xlsx", "-o", this, "--last-year", last)
    assert "同一单位 1 个；可比的 1 个中，得分上升 0 个，下降 0 个；" in ran.out
    book = openpyxl.load_workbook(this)
    assert book.sheetnames[1:5] == ["年度对比", "年度衔接", "年度指标对比", "年度金额对比"]
    rows = [[cell.value for cell in row] for row in book["年度衔接"].iter_rows(min_row=4)]
    (carried,) = [row for row in rows if row[2] == "上年结转结余"]
    first = openpyxl.load_workbook(SAMPLES / "transport-2020.xlsx")
    typed = first["预算执行"][str(carried[4])].value
    assert f"今年“上年结转结余”填 {typed}，" in str(carried[7]), "carried over of the same year"
    told = json.loads(
        run(
            "consolidate",
            SAMPLES / "transport-2020.xlsx",
            "-o",
            this,
            "--last-year",
            last,
            "--format",
            "json",
        ).out
    )
    (one,) = told["years"]
    assert (one["how"], one["points_moved"]) == ("same", "0")
    assert told["figures"]["last_year"]["indicators_only_then"] == []


def test_another_standard_is_compared_where_ids_agree(tmp_path: Path) -> None:
    """Last year's had no 结转结余控制率, and one that this year's has not."""
    renamed = tuple(
        msgspec.structs.replace(one, id="carryover_old", name="旧指标")
        if one.id == "carryover_control"
        else one
        for one in STANDARD.indicators
    )
    old = msgspec.structs.replace(STANDARD, id="old-2019", indicators=renamed)
    one = record("101", "95")
    scores = {
        "carryover_old" if name == "carryover_control" else name: score
        for name, score in one.scores.items()
    }
    last = consolidate_records([msgspec.structs.replace(one, scores=scores)], standard=old)
    path = last.write(tmp_path / "去年.xlsx")
    now = consolidate_records([record("101", "96")], standard=STANDARD, last_year=path)
    told = openpyxl.load_workbook(now.write(tmp_path / "今年.xlsx"))["年度指标对比"]["A2"].value
    assert f"去年采用的评分标准是“old-2019”，今年是“{STANDARD.title}”。" in str(told)
    assert "只有去年有的指标：carryover_old；只有今年有的指标：结转结余控制率，没有比较。" in str(
        told
    )
    (move,) = now.moves
    assert "carryover_control" not in move.scores
    assert len(move.scores) == len(STANDARD.indicators) - 1


def test_a_file_that_is_no_summary(tmp_path: Path) -> None:
    for name in ("x.json", "x.xlsx"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
        with pytest.raises(PreviousError, match="不是以前的汇总结果"):
            consolidate_records([record("1")], standard=STANDARD, last_year=tmp_path / name)
