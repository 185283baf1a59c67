"""Tables as Parquet files, for programs that read columns (extra ``parquet``): written in a stream.

The long table 数据 is one; :mod:`.parquet_lines` writes and reads the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables import data
from workbook_tools.consolidation.tables.table import ColumnKind
from workbook_tools.files.targets import TargetRefused, write_whole

_ROWS = 50_000  # of a row group, held in memory at once
_TEXTS: tuple[ColumnKind, ...] = ("text", "center", "wrap")


class ParquetMissing(Exception):  # noqa: N818 - an answer about this installation
    """The library is not installed; the message (Chinese) says how to get it."""


def require() -> Any:
    """The library; raises ParquetMissing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ParquetMissing(
            "读写 Parquet 文件需要 pyarrow，还没有安装。"
            "请运行 pip install 'workbook-tools[parquet]'，"
            "或只用汇总表（.xlsx）：内容相同。"
        ) from error
    return pyarrow


def columns_of(path: Path) -> list[str]:
    """The names of the columns of a Parquet file, none of another file; raises ParquetMissing."""
    arrow = require()
    try:
        return list(arrow.parquet.read_schema(path).names)
    except (OSError, arrow.ArrowException):
        return []


def check_parquet_target(target: Path, *, is_ours: bool) -> None:
    """Raise TargetRefused where there is no folder, or a file that is no table of ours."""
    if not target.parent.is_dir():
        raise TargetRefused(f"{target.parent} 不是已有的文件夹。请先建立文件夹。")
    if os.path.lexists(target) and not is_ours:
        raise TargetRefused(
            f"{target} 已存在，且不是本工具生成的这种 Parquet 文件，没有覆盖。请换个文件名。"
        )


def write_rows(
    target: Path,
    schema: Any,
    rows: Iterable[Sequence[Any]],
    *,
    at_once: int = _ROWS,
) -> None:
    """Write rows by an arrow schema; ``at_once`` of them are in memory. Raises TargetRefused."""
    arrow, coming = require(), iter(rows)

    def write(stream: Any) -> None:
        with arrow.parquet.ParquetWriter(stream, schema) as writer:
            for columns in _columns(coming, len(schema), at_once):
                writer.write_table(arrow.table(columns, schema=schema))

    write_whole(target, write)


def check_data_target(target: Path) -> None:
    """Raise TargetRefused where the long table may not be written."""
    is_ours = columns_of(target) == [column.id for column in data.COLUMNS]
    check_parquet_target(target, is_ours=is_ours)


def write_data(consolidation: Round, target: Path) -> None:
    """Write 数据, a row per department and indicator, by the English ids of its columns.

    Raises ParquetMissing or TargetRefused; then what stood there before still does.
    """
    check_data_target(target)
    arrow, table = require(), data.table(consolidation)
    types: Mapping[bool, Any] = {True: arrow.string(), False: arrow.float64()}
    schema = arrow.schema((column.id, types[column.kind in _TEXTS]) for column in table.columns)
    write_rows(target, schema, table.rows, at_once=_ROWS)


def _columns(rows: Iterator[Sequence[Any]], width: int, at_once: int) -> Iterator[list[list[Any]]]:
    """Groups of rows, each as its columns."""
    while group := list(islice(rows, at_once)):
        yield [[row[place] for row in group] for place in range(width)]
