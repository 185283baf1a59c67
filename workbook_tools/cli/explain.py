"""``workbook-tools explain``: what a finding's code means."""

from __future__ import annotations

import click

from workbook_tools.checks import kinds
from workbook_tools.checks.finding import SEVERITY_NAMES


@click.command(
    "explain",
    options_metavar="[选项]",
    help="解释问题代码：为什么要紧、怎样改、举例。不写代码则列出全部。",
)
@click.argument("codes", nargs=-1, metavar="[代码]…")
def command(codes: tuple[str, ...]) -> None:
    """Print the kinds of findings that are asked for, or a list of all."""
    known = {kind.code: kind for kind in kinds()} | {kind.name: kind for kind in kinds()}
    if not codes:
        for kind in kinds():
            click.echo(f"{kind.code}  {SEVERITY_NAMES[kind.severity]}  {kind.title}（{kind.name}）")
        return
    for number, code in enumerate(codes):
        kind = known.get(code.upper()) or known.get(code.lower())
        if kind is None:
            raise click.BadParameter(f"没有代码“{code}”。不带参数运行 explain 可列出全部代码。")
        click.echo("\n" if number else "", nl=False)
        click.echo(click.style(f"{kind.code} {kind.title}", bold=True) + f"（{kind.name}）")
        click.echo(f"级别：{SEVERITY_NAMES[kind.severity]}")
        click.echo(f"为什么：{kind.why}\n怎样改：{kind.fix}\n举例：{kind.example}")
