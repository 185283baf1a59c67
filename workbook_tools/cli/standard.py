"""``workbook-tools standard``: list, show, check and prove scoring standards."""

from __future__ import annotations

from pathlib import Path

import click

from workbook_tools.cli import prove
from workbook_tools.cli.choosing import chosen_standard
from workbook_tools.standard import (
    check_standard,
    list_standards,
    load_standard,
    standard_hash,
)
from workbook_tools.standard.model import Standard
from workbook_tools.standard.naming import stated
from workbook_tools.standard.severity import SEVERITY_NAMES


@click.group(
    "standard",
    options_metavar="[选项]",
    subcommand_metavar="子命令 [参数]…",
    help="查看、检查、证明评分标准。",
)
def command() -> None:
    """Group the subcommands."""


command.add_command(prove.command)


@command.command("list", options_metavar="[选项]", help="列出自带的评分标准。")
def list_them() -> None:
    """Print id, version and title of each shipped standard."""
    for name in list_standards():
        standard = load_standard(name)
        click.echo(f"{name}  版本 {standard.version}  {standard.title}")


@command.command("show", options_metavar="[选项]", help="显示一个标准的指标、分值和评分规则。")
@click.argument("name", required=False, metavar="[标准]")
def show(name: str | None) -> None:
    """Print the indicators of a standard with their rules."""
    standard = chosen_standard(name)
    click.echo(click.style(standard.title, bold=True))
    click.echo(
        f"标识 {standard.id}  版本 {standard.version}  校验码 {standard_hash(standard)[:12]}"
    )
    click.echo(f"依据：{standard.basis}")
    grades = "，".join(f"{one.name} ≥ {stated(one.at_least)}" for one in standard.grades)
    click.echo(f"等级：{grades}")
    _print_indicators(standard)
    for erratum in standard.errata:
        ruling = erratum.ruling + erratum.other_reading
        click.echo(f"\n勘误 {erratum.id}：{erratum.contradiction}处理：{ruling}")


@command.command(
    "check",
    options_metavar="[选项]",
    help="检查标准文件：分值合计、公式中的名称、重复和拼错的键等。",
)
@click.argument("name", required=False, metavar="[标准或文件]")
@click.pass_context
def check(ctx: click.Context, name: str | None) -> None:
    """Print every problem with file and line; exit code 1 when one is an error."""
    source = name or list_standards()[0]
    if source not in list_standards() and not Path(source).is_file():
        raise click.BadParameter(f"没有名为“{source}”的标准，也没有这个文件。")
    from workbook_tools.template import limits  # XlsxWriter, which most commands do without

    problems = check_standard(source, further=(limits.formulas,))
    for problem in problems:
        click.echo(f"{SEVERITY_NAMES[problem.severity]} {problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(f"检查完毕：错误 {errors} 处，警告 {len(problems) - errors} 处。")
    ctx.exit(1 if errors else 0)


def _print_indicators(standard: Standard) -> None:
    for top in standard.levels:
        click.echo(click.style(f"\n{top.name}（{stated(top.weight)} 分）", bold=True))
        for level in top.children:
            click.echo(f"  {level.name}（{stated(level.weight)} 分）")
            for one in standard.indicators:
                if one.level == level.id:
                    click.echo(f"    {one.title}  {stated(one.weight)} 分  [{one.id}]")
                    click.echo(f"      {' '.join(one.criteria.split())}")
