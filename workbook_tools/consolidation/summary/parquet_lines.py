"""A county as a Parquet file: its departments as lines of exact texts, a row each, as in `_facts`.

Written and read in a stream: a million rows take no more memory than some thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.consolidation.round.lines import columns, lines
from workbook_tools.consolidation.round.previous import PreviousError
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.parquet import (
    ParquetMissing,
    check_parquet_target,
    require,
    write_rows,
)
from workbook_tools.standard import Standard

_ABOUT = b"workbook-tools"
"""The key of the file's metadata under which it says what it is."""
_ROWS = 5_000  # of a row group: a line has some two hundred texts


class About(msgspec.Struct, frozen=True):
    """By which standard the departments of a file were scored."""

    standard: str
    version: str
    kind: str = "departments"


def check_lines_target(target: Path) -> None:
    """Raise ParquetMissing, or TargetRefused where a county may not be written."""
    require()
    check_parquet_target(target, is_ours=_about(target) is not None)


def write_lines(consolidation: Round, target: Path) -> None:
    """Write the county of a round; raises ParquetMissing or TargetRefused."""
    write_stream(lines(consolidation), consolidation.standard, target)


def write_stream(found: Iterable[Mapping[str, str]], standard: Standard, target: Path) -> None:
    """Write lines as they come (see :mod:`...round.lines`)."""
    check_lines_target(target)
    arrow, names = require(), columns(standard)
    about = msgspec.json.encode(About(standard.id, standard.version))
    schema = arrow.schema(((name, arrow.string()) for name in names), metadata={_ABOUT: about})
    rows = ([line.get(name) or None for name in names] for line in found)
    write_rows(target, schema, rows, at_once=_ROWS)


def read_lines(path: Path) -> tuple[About, Iterator[dict[str, str]]]:
    """What a county's file says of itself, and its lines, some thousands in memory.

    Raises PreviousError, also while the lines are read.
    """
    try:
        about = _about(path)
    except ParquetMissing as error:
        raise PreviousError(f"{path.name} 读不了：{error}") from error
    if about is None:
        raise PreviousError(
            f"{path.name} 不是 consolidate --facts 写的 Parquet 文件（可能是 --data 写的“数据”表，"
            "或者已损坏）。请用县里的汇总表，或重新生成。"
        )
    return about, _lines(path)


def _about(path: Path) -> About | None:
    """What the file says it is, None where it is not one of ours."""
    arrow = require()
    try:
        said = arrow.parquet.read_schema(path).metadata or {}
        return msgspec.json.decode(said.get(_ABOUT, b""), type=About)
    except (OSError, arrow.ArrowException, msgspec.MsgspecError):
        return None


def _lines(path: Path) -> Iterator[dict[str, str]]:
    arrow = require()
    try:
        # buffered ahead, all that was read stays until the end
        with arrow.parquet.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(batch_size=_ROWS):
                yield from map(_line, batch.to_pylist())
    except (OSError, arrow.ArrowException) as error:
        raise PreviousError(f"{path.name} 已损坏，读不到底。请用原来的文件。") from error


def _line(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: text or "" for name, text in row.items()}
