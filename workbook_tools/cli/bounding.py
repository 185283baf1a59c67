"""What one workbook may take: the options, and the limits that the environment sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.confinement import Bounds
from workbook_tools.ooxml.limits import LimitsError, usual_limits

_USUAL = Bounds()


def bounds_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--time-limit`` and ``--memory-limit``."""
    for option in (
        click.option(
            "--memory-limit",
            type=click.IntRange(min=0),
            default=_USUAL.megabytes,
            show_default=True,
            metavar="MB",
            help="每个工作簿至多占用多少 MB 内存（仅 Linux），超过即拒收该工作簿；0 为不限。",
        ),
        click.option(
            "--time-limit",
            type=click.IntRange(min=0),
            default=int(_USUAL.seconds),
            show_default=True,
            metavar="秒",
            help="每个工作簿至多处理多少秒，超过即拒收该工作簿，其余照常；0 为不限。",
        ),
    ):
        command = option(command)
    return command


def chosen_bounds(time_limit: int, memory_limit: int) -> Bounds:
    """The bounds asked for; ends with what is wrong with the limits in the environment, if so."""
    try:
        usual_limits()
    except LimitsError as error:
        raise Failure(str(error)) from error
    return Bounds(time_limit, memory_limit)
