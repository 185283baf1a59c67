"""``workbook-tools clean``: take our comments and results out of a copy."""

from __future__ import annotations

from pathlib import Path

import click

from workbook_tools.annotation import clean
from workbook_tools.cli.choosing import refuse_existing
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.files.whole import write_failure
from workbook_tools.ooxml import PackageError


@click.command(
    "clean", options_metavar="[选项]", help="去掉校验写入的批注和校验结果，另存为一份还原的文件。"
)
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件"
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="还原后的文件写到哪里（不能是原文件）。",
)
def command(file: Path, output: Path) -> None:
    """Write a copy without anything of ours."""
    refuse_existing(output)
    try:
        clean(file, output)
    except PackageError as error:
        raise Failure(error.message) from error
    except OSError as error:
        raise Failure(write_failure(output, error)) from error
    say(f"已还原：{output}")
