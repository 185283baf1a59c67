"""``workbook-tools standard prove``: hold the template's formulas against the engine."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

import click

from workbook_tools.cli.choosing import chosen_standard
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.cli.running import progress
from workbook_tools.cli.terminal import display_width
from workbook_tools.figures import plain
from workbook_tools.proof import (
    TOTALS,
    WITNESSES,
    ErrorValue,
    InputSet,
    Proof,
    WitnessDisagreement,
    WitnessError,
    contents,
    prove,
)
from workbook_tools.proof.inputs import CellContent
from workbook_tools.proof.workbook import WitnessResult
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import fields

_OF_TOTALS = "小计、总分、区间和等次"
_KINDS = {"value": "指标值", "score": "得分", "status": "状态"}
_STATUS = {"computed": "已计算", "not_applicable": "不适用", "insufficient": "资料不全"}


@click.command(
    "prove",
    options_metavar="[选项]",
    help="证明模板公式与独立复算处处一致：造出大量填报数据（包括各档界限上下、零分母、空白、"
    "错填的内容），用公式计算程序计算模板，逐格比较。发出新标准的模板之前应先运行。",
)
@click.argument("name", required=False, metavar="[标准或文件]")
@click.option(
    "--cases",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="个数",
    help="造多少组填报数据。",
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="整数",
    help="随机数种子；种子相同，数据相同。",
)
@click.option(
    "--witness",
    "witnesses",
    type=click.Choice(WITNESSES),
    multiple=True,
    default=("ironcalc",),
    show_default=True,
    help="用哪个公式计算程序，可多次写。ironcalc 每组约 0.03 秒，libreoffice 约 0.2 秒，"
    "formulas 约 0.5 秒。",
)
@click.pass_context
def command(
    ctx: click.Context, name: str | None, cases: int, seed: int, witnesses: tuple[str, ...]
) -> None:
    """Prove a standard's template; exit code 1 where a cell disagrees."""
    standard = chosen_standard(name)
    try:
        with progress("核对") as bar:
            proof = prove(standard, witnesses, cases=cases, seed=seed, progress=bar)
    except WitnessError as error:
        raise Failure(str(error)) from error
    say(f"{standard.title}：{cases} 组数据，种子 {seed}")
    for line in _table(proof):
        say(line)
    for defect, count in proof.defects.items():
        say(
            f"已知差异（{defect.witness}，{count} 组）：{defect.reason}。依据：{defect.reference}。"
            "按它的读法复算，结果完全一致。"
        )
    for one in proof.disagreements:
        for line in _disagreement(standard, one):
            say(line)
    wrong = len(proof.disagreements)
    say(f"结论：{'一致。' if proof.holds else f'不一致，有 {wrong} 处单元格的结果不同。'}")
    ctx.exit(0 if proof.holds else 1)


def _table(proof: Proof) -> Iterator[str]:
    titles = {one.id: one.title for one in proof.standard.indicators} | {TOTALS: _OF_TOTALS}
    width = max(display_width(title) for title in titles.values())
    numbers = ("数据组数", "一致", "已知差异", "不一致")
    yield _padded("指标", width) + _padded("  计算程序", 14) + "".join(map(_right, numbers))
    for part, group in groupby(proof.tallies.items(), key=lambda item: item[0][0]):
        title = titles[part]
        for (_, witness), tally in group:
            counts = (tally.cases, tally.agreed, tally.explained, tally.disagreed)
            line = _padded(title, width) + _padded(f"  {witness}", 14)
            yield line + "".join(_right(str(count)) for count in counts)
            title = ""


def _disagreement(standard: Standard, one: WitnessDisagreement) -> Iterator[str]:
    """Two or more lines on a cell: where, both results, and the inputs that show it."""
    kind = one.name.partition("_")[0]
    titles = {each.id: each.title for each in standard.indicators}
    what = f"“{titles[one.part]}”的{_KINDS[kind]}" if one.part in titles else _OF_TOTALS
    yield ""
    yield (
        f"不一致：{what}（{one.name}），{one.witness} 得 {_result(one.shown)}，"
        f"独立复算得 {_result(one.expected)}。"
    )
    yield from _inputs(standard, one.inputs)


def _result(value: Fraction | WitnessResult) -> str:
    match value:
        case None | "":
            return "空白"
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.12g}"
        case Fraction():
            return plain(value)
        case str():
            return f"“{_STATUS.get(value, value)}”"


def _inputs(standard: Standard, inputs: InputSet) -> Iterator[str]:
    if not inputs.values and not inputs.rows:
        yield "  最少的填报数据：全部空白"
        return
    yield "  最少的填报数据（其余空白）："
    known = fields(standard)
    tables = {table.id: table for table in standard.tables}
    for (table, row, identity), content in contents(inputs):
        if table:
            column = next(one for one in tables[table].columns if one.id == identity)
            where = f"“{tables[table].label}”第 {row + 1} 行 {column.label}"
        else:
            where = known[identity].label
        yield f"    {where}（{identity}）= {_content(content)}"


def _content(content: CellContent) -> str:
    match content:
        case bool():
            return f"逻辑值 {str(content).upper()}"
        case Fraction():
            return plain(content)
        case ErrorValue(text=text):
            return f"错误值 {text}"
        case str():
            return f"文字“{content}”"


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - display_width(text))


def _right(text: str) -> str:
    return " " * max(1, 10 - display_width(text)) + text
