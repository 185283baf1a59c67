"""``workbook-tools sample``: whom to review on site, and what reviews took off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import click

from workbook_tools.cli.bounding import bounds_options
from workbook_tools.cli.caching import cache_options
from workbook_tools.cli.choosing import NewFile, format_option, roster_option, standard_option
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say, say_left_columns
from workbook_tools.cli.rounds import computed
from workbook_tools.cli.running import jobs_option
from workbook_tools.consolidation import Consolidation
from workbook_tools.consolidation.round.sampling import (
    HOW_NAMES,
    LIMIT,
    Candidate,
    Weights,
    deviations,
    draw,
    new_seed,
)
from workbook_tools.consolidation.summary.sampling import in_words, write_sample
from workbook_tools.consolidation.tables.sampling import is_above
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.figures import bare_percent, plain
from workbook_tools.files.targets import TargetRefused, refuse_existing

_LIMIT = bare_percent(LIMIT)


@click.command(
    "sample",
    options_metavar="[选项]",
    help="提出现场抽查的名单：按风险（问题、自评与复算的差异、没有数据支撑的得分、横向比较的提示、"
    "预算规模）取最高的几个，其余的按归口分组随机抽取，每个单位写明理由。种子会显示出来，"
    "用同一种子总抽到同样的单位。工作簿里已有复核得分的，另列偏离度 =（自评 − 复核）÷ 自评。"
    "路径可以是文件、文件夹、通配符或 .zip 压缩包。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=NewFile(".xlsx"),
    metavar="文件",
    help="名单写到哪个文件（.xlsx）；已有的文件不会被覆盖。",
)
@click.option(
    "--word",
    type=NewFile(".docx"),
    metavar="文件",
    help="另写一份 Word 名单（.docx），供签字存档。",
)
@click.option(
    "--risk",
    "by_risk",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    metavar="个数",
    help="按风险抽取几个单位。",
)
@click.option(
    "--random",
    "by_lot",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    metavar="个数",
    help="其余单位中随机抽取几个。",
)
@click.option("--seed", metavar="种子", help="随机抽取的种子，任意文字；不写则随机产生并显示。")
@click.option(
    "--limit",
    type=click.FloatRange(min=0),
    metavar="百分数",
    help=f"偏离度的限度，默认 {_LIMIT.rstrip('%')}，即 {_LIMIT}。",
)
@roster_option(
    "：据此认定单位和归口股室。",
)
@format_option
@cache_options
@standard_option
@jobs_option
@bounds_options
def command(
    paths: tuple[str, ...],
    output: Path,
    word: Path | None,
    by_risk: int,
    by_lot: int,
    seed: str | None,
    limit: float | None,
    roster: Path | None,
    output_format: str,
    cache: Path | None,
    no_cache: bool,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> None:
    """Draw a sample and write it."""
    seed = seed or new_seed()
    allowed = LIMIT if limit is None else Fraction(str(limit)) / 100
    try:
        for target in filter(None, (output, word)):
            refuse_existing(target)
        result = computed(
            paths,
            roster=roster,
            cache=cache,
            no_cache=no_cache,
            standard=standard,
            jobs=jobs,
            time_limit=time_limit,
            memory_limit=memory_limit,
        )
        candidates = draw(result, by_risk=by_risk, by_lot=by_lot, seed=seed, weights=Weights())
        write_sample(result, candidates, output, seed=seed, limit=allowed)
        if word is not None:
            _write_word(result, candidates, word, seed)
    except (WorkbookToolsError, TargetRefused) as error:
        raise Failure(str(error)) from error
    say_left_columns(result.roster.left if result.roster else ())
    if output_format == "json":
        print_document(
            result.standard,
            _lists(result, candidates, allowed),
            kind="sample",
            seed=seed,
            sample=str(output),
            word=str(word) if word else None,
        )
        return
    say(f"{in_words(result, candidates, seed)}。")
    for one in candidates:
        if one.how != "no":
            reasons = "；".join(one.reasons) or "没有发现风险"
            say(f"  {HOW_NAMES[one.how]}  {one.item.name or one.item.code}：{reasons}")
    reviewed = [one for one in deviations(result) if not one.indicator]
    if reviewed:
        above = sum(is_above(one, allowed) for one in reviewed)
        say(f"已复核 {len(reviewed)} 个单位，总分偏离度超过限度的 {above} 个，见“复核偏离”。")
    say(f"名单：{output}" + (f"，{word}" if word else ""))


def _write_word(
    result: Consolidation, candidates: tuple[Candidate, ...], word: Path, seed: str
) -> None:
    from workbook_tools.report.sample.document import write_sample_list

    write_sample_list(result, candidates, word, seed=seed)


def _lists(
    result: Consolidation, candidates: tuple[Candidate, ...], limit: Fraction
) -> Mapping[str, Iterable[object]]:
    return {
        "candidates": (
            {
                "unit_code": one.item.code,
                "unit_name": one.item.name,
                "path": one.item.record.path,
                "group": one.group,
                "how": None if one.how == "no" else one.how,
                "risk": plain(one.risk),
                "reasons": one.reasons,
                "lot": one.lot,
            }
            for one in candidates
        ),
        "deviations": (
            {
                "unit_code": one.item.code,
                "unit_name": one.item.name,
                "indicator": one.indicator or None,
                "self": plain(one.own),
                "review": plain(one.review),
                "deviation": None if one.share is None else plain(one.share),
                "above_limit": is_above(one, limit),
            }
            for one in deviations(result)
        ),
    }
