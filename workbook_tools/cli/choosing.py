"""What several commands ask for: the standard, and a target that may be written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.files import targets
from workbook_tools.standard import Standard, StandardError, load_standard

standard_option = click.option(
    "--standard",
    metavar="标准",
    help="评分标准的名称或文件，默认用工作簿写明的（生成模板时用自带的）标准。",
)
format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="结果的格式。",
)

day = click.DateTime(["%Y-%m-%d"])
"""The type of an option that is a day."""


class NewFile(click.Path):
    """A file to be written, with the suffix without which nobody's program would open it."""

    def __init__(self, suffix: str) -> None:
        super().__init__(path_type=Path, dir_okay=False)
        self._suffix = suffix

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, with the suffix added where it is not there."""
        return with_suffix(Path(os.fsdecode(super().convert(value, param, ctx))), self._suffix)


def with_suffix(path: Path, suffix: str) -> Path:
    """The path, with the suffix added where it is not there, be it in capitals."""
    return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")


def roster_option(help_: str) -> Callable[..., Any]:
    """``--roster``, with what the command does by it."""
    return click.option(
        "--roster",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="文件",
        help=f"单位名册（CSV 或 Excel）{help_}",
    )


def chosen_standard(name: str | None) -> Standard:
    """Load the standard that was asked for, or end with all that is wrong with it."""
    try:
        return load_standard(name)
    except StandardError as error:
        raise Failure(str(error)) from error


def refuse_existing(target: Path) -> None:
    """End rather than overwrite a file: it may be one that somebody filled in."""
    try:
        targets.refuse_existing(target)
    except targets.TargetRefused as error:
        raise Failure(str(error)) from error
