"""``workbook-tools explain``: what a finding's code means."""

from __future__ import annotations

import click

from workbook_tools.checks import UnknownFindingError, kind, kinds
from workbook_tools.standard.severity import SEVERITY_NAMES


@click.command(
    "explain",
    options_metavar="[选项]",
    help="解释问题代码：为什么要紧、怎样改、举例。不写代码则列出全部。",
)
@click.argument("codes", nargs=-1, metavar="[代码]…")
def command(codes: tuple[str, ...]) -> None:
    """Print the kinds of findings that are asked for, or a list of all."""
    if not codes:
        for one in kinds():
            click.echo(f"{one.code}  {SEVERITY_NAMES[one.severity]}  {one.title}（{one.name}）")
        return
    for number, code in enumerate(codes):
        try:
            known = kind(code)
        except UnknownFindingError as error:
            raise click.BadParameter(f"{error}。不带参数运行 explain 可列出全部代码。") from error
        click.echo("\n" if number else "", nl=False)
        click.echo(click.style(f"{known.code} {known.title}", bold=True) + f"（{known.name}）")
        click.echo(f"级别：{SEVERITY_NAMES[known.severity]}")
        click.echo(f"为什么：{known.why}\n怎样改：{known.fix}\n举例：{known.example}")
