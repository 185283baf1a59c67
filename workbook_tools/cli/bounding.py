"""What one workbook may take: the options, and the limits that the environment sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.ooxml.limits import LimitsError, usual_limits
from workbook_tools.running.bounds import Bounds, BoundsError, confined

_USUAL = Bounds()


def bounds_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--time-limit`` and ``--memory-limit``."""
    for option in (
        click.option(
            "--memory-limit",
            type=click.IntRange(min=0),
            metavar="MB",
            help=f"每个工作簿至多占用多少 MB 内存，默认 {_USUAL.megabytes}，"
            "超过即拒收该工作簿；0 为不限。用 --scheduler 时由各工作进程自己限制。",
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


def chosen_bounds(
    time_limit: int, memory_limit: int | None, scheduler: str | None = None
) -> Bounds:
    """The bounds asked for; ends with why they cannot be kept, if so.

    The workers of a scheduler do their work in threads, and have bounds of memory of their own.
    """
    try:
        usual_limits()
    except LimitsError as error:
        raise Failure(str(error)) from error
    if scheduler is not None:
        if memory_limit:
            raise Failure(
                "--memory-limit 不能与 --scheduler 同时使用：内存由各工作进程自己限制"
                "（启动时的 dask worker --memory-limit）。"
            )
        return Bounds(time_limit, 0)
    bounds = Bounds(time_limit, _USUAL.megabytes if memory_limit is None else memory_limit)
    try:
        with confined(bounds):
            return bounds
    except BoundsError as error:
        raise Failure(str(error)) from error
