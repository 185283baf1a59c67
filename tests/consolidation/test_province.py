"""Counties put together: every figure is what a few lines make of the departments' own."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pyarrow.parquet
import pytest

from tests.cli.shell import SAMPLES, run
from tests.consolidation.records import LOST, STANDARD, record
from workbook_tools import County, PreviousError, Province, TargetRefused, consolidate_counties
from workbook_tools.consolidation import consolidate_records
from workbook_tools.consolidation.round.keeping import kept_facts
from workbook_tools.consolidation.summary import parquet_lines
from workbook_tools.consolidation.summary.parquet import write_data
from workbook_tools.consolidation.summary.parquet_lines import (
    read_lines,
    write_lines,
    write_stream,
)
from workbook_tools.consolidation.summary.province import write_province
from workbook_tools.consolidation.summary.reading_county import read_county
from workbook_tools.standard import load_standard

COUNTIES, EACH, SEED = ("甲县", "乙县", "丙县"), 12, 20210630
ROSTER = "单位编码,单位名称\n01,甲县\n02,乙县\n03,丙县\n04,丁县\n"


class Typed(NamedTuple):
    """What an invented department typed, and its points by hand."""

    county: str
    code: str
    points: Decimal
    facts: dict[str, str]


@pytest.fixture(scope="module")
def typed() -> list[Typed]:
    """Amounts with two decimals, points from 90.00 to 100.00, some of them the same."""
    draw = random.Random(SEED)
    money = sorted(field for field in kept_facts(STANDARD) if "budget" in field)
    return [
        Typed(
            county,
            f"{place}{number:02d}",
            Decimal(draw.randrange(9000, 10001, 20)) / 100,
            {field: f"{draw.randrange(1, 10**8) / 100:.2f}" for field in money},
        )
        for place, county in enumerate(COUNTIES, start=1)
        for number in range(EACH)
    ]


@pytest.fixture(scope="module")
def folder(typed: list[Typed], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The summaries of all counties, and one that was scored by another standard."""
    place = tmp_path_factory.mktemp("各县")
    for county in COUNTIES:
        records = [
            record(one.code, str(one.points), facts=one.facts)
            for one in typed
            if one.county == county
        ]
        consolidate_records(records, standard=STANDARD).write(place / f"{county}汇总.xlsx")
    other = load_standard("national-2020")
    consolidate_records([], standard=other).write(place / "戊县汇总.xlsx")
    return place


@pytest.fixture(scope="module")
def told(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    room = tmp_path_factory.mktemp("省")
    (room / "县.csv").write_text(ROSTER, encoding="utf-8")
    args = ("consolidate", folder, "-o", room / "全省.xlsx", "--roster", room / "县.csv")
    ran = run(*args, "--format", "json", "-j", "2")
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    document["book"] = openpyxl.load_workbook(room / "全省.xlsx")
    document["text"] = run(*args).out
    return document


def test_amounts_are_the_sums_of_what_departments_typed(
    typed: list[Typed], told: dict[str, Any]
) -> None:
    fields = typed[0].facts
    single = [one.id for one in STANDARD.inputs if one.id in fields and one.type == "money"]
    assert len(single) > 3
    for county in (*told["counties"], *told["whole"]):
        mine = [one for one in typed if county["county"] in (one.county, "合计")]
        for field in single:
            by_hand = sum((Decimal(one.facts[field]) for one in mine), Decimal(0))
            assert Decimal(county["amounts"][field]["total"]) == by_hand
            assert county["amounts"][field]["count"] == len(mine)
    grid = [field for field in fields if field.endswith("_current_budget")]
    whole = sum((Decimal(one.facts[field]) for one in typed for field in grid), Decimal(0))
    assert Decimal(told["whole"][0]["amounts"]["three_public_current_budget"]["total"]) == whole


def test_points_rates_and_ranks_within_and_across(typed: list[Typed], told: dict[str, Any]) -> None:
    everyone = sorted((one.points for one in typed), reverse=True)
    found = {(one["county"], one["unit_code"]): one for one in told["departments"]}
    assert len(found) == len(typed)
    for one in typed:
        county = sorted((x.points for x in typed if x.county == one.county), reverse=True)
        listed = found[one.county, one.code]
        assert Decimal(listed["points"]) == one.points
        assert listed["overall"] == everyone.index(one.points) + 1
        assert listed["rank"] == county.index(one.points) + 1
    for county in told["counties"]:
        points = [one.points for one in typed if one.county == county["county"]]
        assert Decimal(county["points"]["total"]) == sum(points)
        lost = sum((100 - one for one in points), Decimal(0))
        assert Decimal(county["scores"][LOST]["total"]) == 10 * EACH - lost
    sheet = told["book"]["各县指标"]
    head = [cell.value for cell in sheet[3]]
    place = head.index(next(one.title for one in STANDARD.indicators if one.id == LOST))
    lost = sum((100 - one.points for one in typed), Decimal(0))
    rate = Fraction(10 * len(typed) - lost) / (10 * len(typed))
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert (last[0], last[place]) == ("合计", pytest.approx(float(rate), abs=1e-12))


def test_who_is_missing_and_which_standards_are_not_mixed(told: dict[str, Any]) -> None:
    assert told["missing"] == ["丁县"]
    assert [one["county"] for one in told["other_standards"]] == ["戊县"]
    assert [one["county"] for one in told["counties"]] == ["丙县", "乙县", "甲县"]
    assert told["book"].sheetnames[:5] == ["各县", "各县指标", "各县金额", "单位排名", "缺报与异常"]
    assert "已汇总各县：3 个县，36 个单位，得分完整 36 个，“优” 36 个；" in told["text"]
    assert "未报送：丁县" in told["text"]
    title = load_standard("national-2020").title
    assert f"评分标准不同：戊县 戊县汇总.xlsx 采用的是“{title}（1.0 版）”" in told["text"]


def test_workbooks_beside_summaries_and_a_county_that_came_twice(
    folder: Path, tmp_path: Path
) -> None:
    twice = tmp_path / "甲县汇总.xlsx"
    one = record("999", "91")
    consolidate_records([one], standard=STANDARD).write(twice)
    (tmp_path / "县.csv").write_text(ROSTER, encoding="utf-8")
    ran = run(
        "consolidate",
        folder / "甲县汇总.xlsx",
        twice,
        SAMPLES / "transport-2020.xlsx",
        "-o",
        tmp_path / "全省.xlsx",
        "--roster",
        tmp_path / "县.csv",
        "--format",
        "json",
    )
    told = json.loads(ran.out)
    assert {one["county"]: one["departments"] for one in told["counties"]} == {
        "甲县": 1,
        "直接报送的单位": 1,
    }
    assert [one["path"] for one in told["superseded"]] == [str(folder / "甲县汇总.xlsx")]


def test_a_summary_among_workbooks_is_left_alone_as_before(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes((SAMPLES / "transport-2020.xlsx").read_bytes())
    assert run("consolidate", tmp_path, "-o", tmp_path / "汇总.xlsx").code < 2
    ran = run("consolidate", tmp_path, "-o", tmp_path / "汇总.xlsx")
    assert "已汇总 1 个单位" in ran.out


def test_parquet_says_the_same_as_the_summary(
    folder: Path, told: dict[str, Any], typed: list[Typed], tmp_path: Path
) -> None:
    """Written by the round of a county, in groups of rows, and read back beside workbooks."""
    one = COUNTIES[0]
    records = [
        record(each.code, str(each.points), facts=each.facts)
        for each in typed
        if each.county == one
    ]
    write_lines(consolidate_records(records, standard=STANDARD), tmp_path / f"{one}.parquet")
    for other in COUNTIES[1:]:
        shutil.copy(folder / f"{other}汇总.xlsx", tmp_path)
    args = ("consolidate", tmp_path, "-o", tmp_path / "全省.xlsx", "--format", "json")
    found = json.loads(run(*args).out)
    assert {each["county"]: each["path"] for each in found["counties"]}[one].endswith(".parquet")

    def figures(of: dict[str, Any]) -> list[dict[str, Any]]:
        same = [{**each, "path": ""} for each in (*of["counties"], *of["whole"])]
        return sorted(same, key=lambda each: each["county"])

    assert figures(found) == figures(told)

    def members(of: dict[str, Any]) -> list[dict[str, Any]]:
        return sorted(of["departments"], key=lambda each: each["unit_code"])

    assert members(found) == members(told)


def test_parquet_streams_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never more than a group of rows is asked for ahead of what was written or read."""
    monkeypatch.setattr(parquet_lines, "_ROWS", 10)
    asked = 0
    written: list[int] = []

    def coming() -> Iterator[dict[str, str]]:
        nonlocal asked
        for number in range(95):
            asked += 1
            yield {"unit_code": f"{number:03}", "points": "90.005", "adds_up": "1"}

    write = pyarrow.parquet.ParquetWriter.write_table

    def spy(writer: Any, table: Any) -> None:
        written.append(asked)
        write(writer, table)

    monkeypatch.setattr(pyarrow.parquet.ParquetWriter, "write_table", spy)
    write_stream(coming(), STANDARD, tmp_path / "甲县.parquet")
    assert written == [*range(10, 95, 10), 95]
    assert pyarrow.parquet.ParquetFile(tmp_path / "甲县.parquet").num_row_groups == 10
    about, lines = read_lines(tmp_path / "甲县.parquet")
    assert (about.standard, about.version) == (STANDARD.id, STANDARD.version)
    taken: list[int] = []
    batches = pyarrow.parquet.ParquetFile.iter_batches

    def told_of(file: Any, **options: Any) -> Iterator[Any]:
        for batch in batches(file, **options):
            taken.append(len(batch))
            yield batch

    monkeypatch.setattr(pyarrow.parquet.ParquetFile, "iter_batches", told_of)
    assert [next(lines)["unit_code"] for _ in range(15)][-1] == "014"
    assert taken == [10, 10]
    whole = read_county(tmp_path / "甲县.parquet", {})
    assert (whole.points.count, whole.points.total) == (95, 95 * Fraction("90.005"))


def test_what_was_read_of_a_parquet_file_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arrow holds less than a quarter of the file when nearly all of it was read."""
    monkeypatch.setattr(parquet_lines, "_ROWS", 500)
    draw, file = random.Random(5), tmp_path / "甲县.parquet"
    texts = (
        {"unit_code": str(number), "unit_name": f"{draw.getrandbits(960):x}"}
        for number in range(20_000)
    )
    write_stream(texts, STANDARD, file)
    before = pyarrow.total_allocated_bytes()
    _, lines = read_lines(file)
    for _ in islice(lines, 19_900):
        pass
    assert pyarrow.total_allocated_bytes() - before < file.stat().st_size / 4


def test_a_parquet_file_that_is_no_county_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [record("1", "91")]
    made, file = consolidate_records(records, standard=STANDARD), tmp_path / "甲县.parquet"
    write_data(made, file)
    with pytest.raises(PreviousError, match="不是 consolidate --facts 写的"):
        consolidate_counties([file])
    with pytest.raises(TargetRefused, match="没有覆盖"):
        write_lines(made, file)
    write_lines(made, tmp_path / "乙县.parquet")
    content = (tmp_path / "乙县.parquet").read_bytes()
    (tmp_path / "乙县.parquet").write_bytes(content[:40] + b"\0" * 200 + content[240:])
    with pytest.raises(PreviousError, match="已损坏"):
        consolidate_counties([tmp_path / "乙县.parquet"])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run("consolidate", tmp_path / "乙县.parquet", "-o", tmp_path / "全省.xlsx")
    assert (ran.code, "pip install 'workbook-tools[parquet]'" in ran.err) == (2, True)


def test_each_county_from_its_folder(tmp_path: Path) -> None:
    """The summaries and Parquet files of counties, and all of them as one; an empty one is told."""
    for county, sample in (("甲县", "transport"), ("乙县", "water"), ("丙县", "")):
        (tmp_path / "报送" / county).mkdir(parents=True)
        if sample:
            shutil.copy(SAMPLES / f"{sample}-2020.xlsx", tmp_path / "报送" / county)
    args = ("consolidate", tmp_path / "报送", "-o", tmp_path / "全省.xlsx", "-j", "1")
    ran = run(*args, "--by-county", tmp_path / "各县", "--format", "json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert [one["county"] for one in told["failed"]] == ["丙县"]
    assert {one["county"]: one["departments"] for one in told["counties"]} == {"甲县": 1, "乙县": 1}
    assert sorted(one.name for one in (tmp_path / "各县").iterdir()) == sorted(
        f"{county}{end}" for county in ("甲县", "乙县") for end in ("汇总.xlsx", ".parquet")
    )
    alone = run("consolidate", tmp_path / "报送" / "甲县", "-o", tmp_path / "甲.xlsx",
                "--facts", tmp_path / "甲.parquet")  # fmt: skip
    assert alone.code < 2
    assert (tmp_path / "甲.parquet").read_bytes() == (tmp_path / "各县/甲县.parquet").read_bytes()
    inside = run(*args, "--by-county", tmp_path / "报送" / "各县")
    assert (inside.code, "会被当作一个县" in inside.err) == (2, True)
    loose = run(*args, "--by-county", tmp_path / "各县", "--scheduler", "tcp://127.0.0.1:1")
    assert (loose.code, "--shared-folder" in loose.err) == (2, True)


def test_refusals(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "全省.xlsx"
    ran = run("consolidate", folder, "-o", out, "--since", folder / "甲县汇总.xlsx")
    assert (ran.code, "不能用 --since" in ran.err) == (2, True)
    book = openpyxl.load_workbook(folder / "甲县汇总.xlsx")
    del book["_facts"]
    book.save(tmp_path / "旧县汇总.xlsx")
    with pytest.raises(PreviousError, match="旧版本"):
        consolidate_counties([tmp_path / "旧县汇总.xlsx"])
    out.write_bytes(b"other people's")
    with pytest.raises(TargetRefused, match="没有覆盖"):
        write_province(consolidate_counties([folder / "甲县汇总.xlsx"]), out)
    found = consolidate_counties([folder / "甲县汇总.xlsx"])
    assert isinstance(found, Province)
    assert isinstance(found.whole, County)
