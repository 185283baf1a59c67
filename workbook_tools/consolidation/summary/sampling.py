"""The workbook of a sample: whom to review, everybody's risk, and what reviews took off."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import IO

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.sampling import Candidate, deviations
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables import sampling as tables
from workbook_tools.figures import bare_percent
from workbook_tools.files.targets import write_whole
from workbook_tools.standard.naming import counted_in, evaluated


def write_sample(
    round_: Round,
    candidates: Sequence[Candidate],
    target: Path,
    *,
    seed: str,
    limit: Fraction,
    when: datetime.datetime | None = None,
) -> None:
    """Write the workbook, whole or not at all; raises TargetRefused."""
    time = (when or datetime.datetime.now()).replace(microsecond=0)
    write_whole(
        target,
        partial(
            _fill,
            round_=round_,
            candidates=candidates,
            folder=target.parent,
            seed=seed,
            limit=limit,
            when=time,
        ),
    )


def in_words(round_: Round, candidates: Sequence[Candidate], seed: str) -> str:
    """How many were drawn of how many, and how to draw them again."""
    count = {how: sum(one.how == how for one in candidates) for how in ("risk", "lot")}
    unit = counted_in(round_.standard)
    return (
        f"{len(candidates)} {unit}中抽取 {count['risk'] + count['lot']} 个："
        f"按风险 {count['risk']} 个，随机 {count['lot']} 个，种子 {seed}"
    )


def _fill(
    stream: IO[bytes],
    round_: Round,
    candidates: Sequence[Candidate],
    folder: Path,
    seed: str,
    limit: Fraction,
    when: datetime.datetime,
) -> None:
    book = TableBook(stream, folder, places=round_.standard.rounding.places, constant_memory=False)
    title = f"{evaluated(round_.standard)}绩效自评抽查名单"
    book.workbook.set_properties({"title": title, "created": when})
    TablePage(book, "抽查名单").listing(
        tables.drawn(round_, candidates),
        title,
        f"{in_words(round_, candidates, seed)}。同样的材料、同一种子，抽到的总是同样的单位。",
        frozen=4,
        empty="没有抽取单位。",
    )
    TablePage(book, "风险排序").listing(
        tables.order(candidates),
        "全部单位的风险分和抽签号",
        "抽签号是“种子、换行、单位编码”的 SHA-256（前 16 位），"
        "每个归口组里号最小的几个被随机抽中。",
        frozen=4,
        empty="没有单位。",
    )
    if any(True for _ in deviations(round_)):
        allowed = bare_percent(limit)
        TablePage(book, "复核偏离").listing(
            tables.deviating(round_, limit),
            "复核偏离度",
            f"偏离度 =（自评得分 − 复核得分）÷ 自评得分；超过 {allowed} 的注明。",
            frozen=2,
            empty="",
        )
        TablePage(book, "复核偏离按指标").listing(
            tables.by_indicator(round_, limit),
            "各指标的复核偏离度",
            f"复核过的单位合计；超过 {allowed} 的单位数在最后一列。",
            frozen=1,
            empty="",
        )
    book.close()
