"""The board's charts: the right bars, and the same in words for those who do not see them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from tests.cli.shell import CLEAN, WATER, XIANGTAN
from tests.desk.office import Office, upload
from tests.desk.visiting import Page
from workbook_tools.desk.charts import distribution

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def spread(*scores: str | None) -> list[tuple[str, int]]:
    """The bars of a distribution of scores."""
    given = [None if one is None else Fraction(one) for one in scores]
    chart = distribution("分布", given, "个")
    return [(bar.label, bar.number) for bar in chart.bars] if chart else []


@pytest.mark.parametrize(
    ("scores", "bars"),
    [
        ([], []),
        ([None], [("待定", 1)]),
        (["100"], [("99～100 分", 1)]),
        (["88", "91.5", "94.99", "95"], [("94～95 分", 2), ("93～94 分", 0)]),
        (["60", "100", "99.99"], [("95～100 分", 2), ("90～95 分", 0)]),
        (["0", "100", None], [("80～100 分", 1), ("60～80 分", 0)]),
        (["-3.5", "1"], [("0～1 分", 1), ("-1～0 分", 0)]),
    ],
)
def test_each_score_is_in_one_bar(scores: list[str | None], bars: list[tuple[str, int]]) -> None:
    found = spread(*scores)
    assert found[:2] == bars
    assert sum(number for _, number in found) == len(scores)
    assert len(found) <= 9


def test_the_board_draws_what_its_table_says(office: Office) -> None:
    bureau = office.bureau()
    board = office.begin(bureau)
    for code, path in (("208001", CLEAN), ("402001", WATER), ("003", XIANGTAN)):
        upload(office.department(code), path)
    office.department("208001").post("/unit/versions/1/hand-in")
    answer = bureau.get(board)
    drawn = re.findall(r"<svg.*?</svg>", answer.text, re.S)
    said = [re.findall(r"<title[^>]*>(.*?)</title>", one)[0] for one in drawn]
    assert said == [
        "各状态的单位数：未报送 0 个，试核 2 个，已提交 1 个，收下 0 个，退回 0 个。",
        "复算得分的分布：98～99 分 1 个，待定 2 个。",
    ]
    for svg in drawn:
        assert 'role="img"' in svg
        (title,) = re.findall(r'<title id="([\w-]+)"', svg)
        assert f'aria-labelledby="{title}"' in svg
        assert "style=" not in svg
    lengths = re.findall(r'<rect[^>]* width="([\d.]+)"', drawn[0])
    assert [float(one) / float(lengths[1]) for one in lengths] == [0, 1, 0.5, 0, 0]
    ids = [one["id"] for _, one in Page(answer).tags if one.get("id")]
    assert len(ids) == len(set(ids))
