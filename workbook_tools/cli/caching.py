"""The cache of a run: which file, and what is said when it cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.standard import Standard

if TYPE_CHECKING:
    from workbook_tools.assessment.cache import Cache


def cache_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--cache`` and ``--no-cache``."""
    for option in (
        click.option("--no-cache", is_flag=True, help="不用缓存，每个工作簿都重新读取、复算。"),
        click.option(
            "--cache",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="文件",
            help="结果缓存在哪个文件；默认在用户的缓存文件夹里。"
            "没有改动的工作簿不再复算；缓存随时可以删除。",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def opened_cache(
    path: Path | None, no_cache: bool, standard: Standard | None
) -> Iterator[Cache | None]:
    """The cache to use, None where there is none.

    One that was asked for must do; without the usual one, a run goes on and says so.
    """
    if no_cache:
        yield None
        return
    from workbook_tools.assessment.cache import Cache, CacheError, default_path

    try:
        cache = Cache(path or default_path(), standard)
    except CacheError as error:
        if path is not None:
            raise Failure(str(error)) from error
        say(f"{error}本次不用缓存。", err=True)
        yield None
        return
    with cache:
        yield cache
    if cache.hits:
        say(f"{cache.hits} 个工作簿没有改动，没有复算（--no-cache 可全部复算）。", err=True)
    if cache.trouble:
        say(cache.trouble, err=True)
