"""The long table as a Parquet file, for programs that read columns (extra ``parquet``)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables import data
from workbook_tools.consolidation.tables.table import Kind
from workbook_tools.files.targets import TargetRefused, write_whole

_ROWS = 50_000  # of a row group, held in memory at once
_TEXTS: tuple[Kind, ...] = ("text", "center", "wrap")


class ParquetMissing(Exception):  # noqa: N818 - an answer about this installation
    """The library is not installed; the message (Chinese) says how to get it."""


def require() -> Any:
    """The library; raises ParquetMissing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ParquetMissing(
            "写 Parquet 文件需要 pyarrow，还没有安装。"
            "请运行 pip install 'workbook-tools[parquet]'，"
            "或不用 --data：汇总表的“数据”表内容相同。"
        ) from error
    return pyarrow


def check_data_target(target: Path) -> None:
    """Raise TargetRefused where there is no folder, or a file that is no table of ours."""
    if not target.parent.is_dir():
        raise TargetRefused(f"{target.parent} 不是已有的文件夹。请先建立文件夹。")
    if os.path.lexists(target) and not _is_ours(target):
        raise TargetRefused(
            f"{target} 已存在，且不是本工具生成的 Parquet 文件，没有覆盖。请换个文件名。"
        )


def _is_ours(target: Path) -> bool:
    """Whether it is a Parquet file with our columns."""
    arrow = require()
    try:
        found = arrow.parquet.read_schema(target).names
    except (OSError, arrow.ArrowException):
        return False
    return list(found) == [column.id for column in data.COLUMNS]


def write_data(consolidation: Round, target: Path) -> None:
    """Write 数据, a row per department and indicator, by the English ids of its columns.

    Raises ParquetMissing or TargetRefused; then what stood there before still does.
    """
    check_data_target(target)
    arrow = require()
    table = data.table(consolidation)
    schema = arrow.schema(
        (column.id, arrow.string() if column.kind in _TEXTS else arrow.float64())
        for column in table.columns
    )
    rows = iter(table.rows)

    def write(stream: Any) -> None:
        with arrow.parquet.ParquetWriter(stream, schema) as writer:
            for columns in _columns(rows, len(schema)):
                writer.write_table(arrow.table(columns, schema=schema))

    write_whole(target, write)


def _columns(rows: Iterator[tuple[Any, ...]], width: int) -> Iterator[list[list[Any]]]:
    """Groups of rows, each as its columns."""
    while group := list(islice(rows, _ROWS)):
        yield [[row[place] for row in group] for place in range(width)]
