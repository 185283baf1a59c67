"""``workbook-tools template``: the workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from workbook_tools.cli.choosing import chosen_standard, refuse_existing, standard_option
from workbook_tools.cli.failures import Failure, write_failure
from workbook_tools.cli.output import say


@click.command("template", options_metavar="[选项]", help="生成一份空白的填报模板（.xlsx）。")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪个文件，例如 自评模板.xlsx。",
)
@standard_option
def command(output: Path, standard: str | None) -> None:
    """Build a blank template."""
    from workbook_tools.template import build_template

    chosen = chosen_standard(standard)
    refuse_existing(output)
    try:
        build_template(chosen, output)
    except OSError as error:
        raise Failure(write_failure(output, error)) from error
    say(f"已生成填报模板：{output}（{chosen.title}，版本 {chosen.version}）")
