"""Whom to review, by risk reckoned by hand in sampling.yaml and by lots that anybody can draw."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml

from tests.cli.shell import SAMPLES, run
from tests.consolidation.records import LOST, STANDARD, record
from workbook_tools.checks import make
from workbook_tools.consolidation import Consolidation, consolidate_records
from workbook_tools.consolidation.round.sampling import Weights, _shares, deviations, draw
from workbook_tools.consolidation.tables.sampling import is_above

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("sampling.yaml").read_text(encoding="utf-8")
)


def made() -> Consolidation:
    records = []
    for one in CASES["departments"]:
        found = [make("self-score-too-high", "错误")] * one["errors"]
        found += [make("self-score-too-low", "警告")] * one["warnings"]
        records.append(
            record(
                one["code"],
                one["points"],
                insufficient=tuple(filter(None, [one.get("insufficient")])),
                findings=tuple(found),
                facts={"budget_approved": one["budget"]},
            )
        )
    return consolidate_records(records, standard=STANDARD)


def test_risks_are_those_worked_by_hand() -> None:
    drawn = draw(made(), by_risk=3, by_lot=2, seed="2021", weights=Weights())
    assert {one.item.code: one.risk for one in drawn} == {
        one["code"]: Fraction(one["risk"]) for one in CASES["departments"]
    }
    assert [one.item.code for one in drawn if one.how == "risk"] == CASES["by_risk"]
    reasons = {one.item.code: one.reasons for one in drawn}
    assert reasons["102"] == (
        "错误 1 条",
        "警告 1 条",
        "横向比较提示 1 条",
        "自评高于得分 2.00 分",
        "预算 500 万元",
    )
    assert "自评 5.00 分没有数据支撑" in reasons["105"]


def test_lots_are_the_digests_that_anybody_can_draw_again() -> None:
    left = [one["code"] for one in CASES["departments"] if one["code"] not in CASES["by_risk"]]
    for seed in ("2021", "2022", "种子"):
        drawn = draw(made(), by_risk=3, by_lot=2, seed=seed, weights=Weights())
        lots = sorted(left, key=lambda code: hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest())
        assert {one.item.code for one in drawn if one.how == "lot"} == set(lots[:2])


@pytest.mark.parametrize("case", CASES["shares"], ids=str)
def test_each_group_has_its_share(case: dict[str, Any]) -> None:
    assert _shares(case["sizes"], case["count"]) == case["drawn"]


@pytest.mark.parametrize("case", CASES["deviations"], ids=str)
def test_how_far_a_review_departs(case: dict[str, Any]) -> None:
    round_ = consolidate_records([record("1", review=case["review"])], standard=STANDARD)
    whole, one = deviations(round_)
    assert (whole.indicator, one.indicator) == ("", LOST)
    assert one.share == Fraction(case["share"])
    assert is_above(one, Fraction(1, 10)) == case["above"]
    assert whole.own - whole.review == 10 - Fraction(case["review"])


def test_the_command_writes_the_list_and_says_the_seed(tmp_path: Path) -> None:
    roster, args = SAMPLES / "roster.csv", ("--risk", "2", "--random", "3", "--seed", "7")
    first, word = tmp_path / "抽查.xlsx", tmp_path / "抽查.docx"
    ran = run("sample", SAMPLES, "-o", first, "--word", word, "--roster", roster, *args)
    assert ran.code == 0
    assert "按风险 2 个，随机 3 个，种子 7。" in ran.out
    again = tmp_path / "又.xlsx"
    told = json.loads(
        run("sample", SAMPLES, "-o", again, "--roster", roster, *args, "--format", "json").out
    )
    assert told["seed"] == "7"
    hows = Counter(one["how"] for one in told["candidates"])
    assert (hows["risk"], hows["lot"]) == (2, 3)
    names = [one["unit_name"] for one in told["candidates"] if one["how"]]
    book = openpyxl.load_workbook(first)
    assert [row[3].value for row in book["抽查名单"].iter_rows(min_row=4)] == names
    table = docx.Document(str(word)).tables[0]
    assert [row.cells[1].text for row in table.rows[1:]] == names
    reviewed = [one for one in told["deviations"] if one["indicator"] is None]
    assert reviewed, "the agriculture sample is reviewed"
    assert book.sheetnames == ["抽查名单", "风险排序", "复核偏离", "复核偏离按指标"]
    refused = run("sample", SAMPLES, "-o", first)
    assert (refused.code, "没有覆盖" in refused.err) == (2, True)


def test_without_a_seed_one_is_chosen_and_shown(tmp_path: Path) -> None:
    ran = run("sample", SAMPLES / "transport-2020.xlsx", "-o", tmp_path / "抽查.xlsx")
    seed = ran.out.split("种子 ")[1].split("。")[0]
    assert len(seed) == 6
    assert seed.isdecimal()
