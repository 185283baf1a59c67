"""The round before, from an earlier summary of ours or its JSON."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.checks import Finding
from workbook_tools.consolidation.round.departments import number
from workbook_tools.consolidation.round.previous import (
    Before,
    Previous,
    PreviousError,
    identity,
)
from workbook_tools.consolidation.round.shelf import Shelf
from workbook_tools.consolidation.summary.document import DOCUMENT
from workbook_tools.consolidation.tables import findings, ranking
from workbook_tools.consolidation.tables.table import SheetColumn
from workbook_tools.figures import RANGE, plain
from workbook_tools.intake.summaries import is_summary
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.presentation.telling import UNDER
from workbook_tools.standard.severity import SEVERITY_NAMES


def read_previous(path: str | Path) -> Previous:
    """Read an earlier summary workbook, or what ``consolidate --format json`` printed.

    Raises PreviousError where it is neither.
    """
    path = Path(path)
    standard, departments = _from_summary(path) if is_summary(path) else _from_json(path)
    return Previous(
        path=path,
        standard=standard,
        departments={identity(one.code, one.name): one for one in departments},
    )


@contextmanager
def opened_summary(path: Path) -> Iterator[tuple[Any, dict[str, str]]]:
    """The book of a summary, and what its meta sheet says by key.

    Raises PreviousError where what is asked of it is not there as a summary of ours has it.
    """
    import openpyxl

    with warnings.catch_warnings(), path.open("rb") as file:  # openpyxl asks a path for its suffix
        warnings.simplefilter("ignore")  # openpyxl says what it leaves out, which is looks
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            yield book, {str(key): str(value) for key, value in _pairs(book["_meta"])}
        except (KeyError, ValueError) as error:
            raise PreviousError(
                f"{path.name} 不像完整的汇总表（{error}）。可能被改动过，请用原来的文件。"
            ) from error
        finally:
            book.close()


def _from_summary(path: Path) -> tuple[str, list[Before]]:
    with opened_summary(path) as (book, meta):
        shelf = Shelf(Finding)
        listed: dict[str, Sequence[Finding]] = {}
        count = 0
        for rows in _by_department(
            listed_rows(path, book[findings.TITLE], findings.COLUMNS, "code")
        ):
            found = [_finding(row) for row in rows]
            listed[row_identity(rows[0])] = shelf.put(found)
            count += len(found)
        if count != int(meta.get("findings", count)):
            raise PreviousError(
                f"{path.name} 的“问题清单”不全（应有 {meta['findings']} 条，列出 {count} 条）。"
                "请改用上次 --format json 的结果比较。"
            )
        departments = [
            Before(
                code=as_text(row["unit_code"]),
                name=as_text(row["unit_name"]),
                rank=None if row["rank"] is None else int(row["rank"]),
                points=number(as_text(row["points"])),
                grade=as_text(row["grade"]),
                low=low,
                high=high,
                findings=listed.get(row_identity(row), ()),
            )
            for row in listed_rows(path, book[ranking.TITLE], ranking.COLUMNS, "grade")
            for low, high in [_range(as_text(row["range"]))]
        ]
        return meta["standard"], departments


def _pairs(sheet: Any) -> Iterator[tuple[object, object]]:
    """The first two cells of each row."""
    yield from sheet.iter_rows(max_col=2, values_only=True)


def listed_rows(
    path: Path, sheet: Any, columns: Sequence[SheetColumn], filled: str
) -> Iterator[dict[str, Any]]:
    """The rows below the header of a sheet of ours, by ids of columns, of which one is filled."""
    titles = {column.title: column.id for column in columns}
    heading: list[str] | None = None
    for cells in sheet.iter_rows(values_only=True):
        if heading is not None:
            row = dict(zip(heading, cells, strict=False))
            if row.get(filled):
                yield {column.id: row.get(column.id) for column in columns}
        elif set(titles) <= set(cells):
            heading = [titles.get(str(cell), "") for cell in cells]
    if heading is None:
        raise PreviousError(f"{path.name} 的“{sheet.title}”表缺少应有的列，不能比较。")


def _by_department(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows that follow each other and are of one department."""
    group: list[dict[str, Any]] = []
    for row in rows:
        if group and row_identity(row) != row_identity(group[0]):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def row_identity(row: Mapping[str, Any]) -> str:
    """What a department is known by from one round to the next, of a row that names it."""
    return identity(as_text(row["unit_code"]), as_text(row["unit_name"]))


def _finding(row: Mapping[str, Any]) -> Finding:
    severities = {name: severity for severity, name in SEVERITY_NAMES.items()}
    return Finding(
        code=as_text(row["code"]),
        name="",
        severity=severities[as_text(row["severity"])],
        sheet=as_text(row["sheet"]),
        cell=as_text(row["cell"]),
        field=as_text(row["field"]),
        expected=as_text(row["expected"]),
        actual=as_text(row["actual"]),
        message=as_text(row["message"]).removeprefix(UNDER),
    )


def _range(text: str) -> tuple[Fraction | None, Fraction | None]:
    low, _, high = text.partition(RANGE)
    return number(low), number(high)


def as_text(value: object) -> str:
    """What stands in a cell, numbers as they are shown; "" in an empty one."""
    match value:
        case None:
            return ""
        case float():
            return plain(Fraction(f"{value:.15g}"))
        case _:
            return str(value)


class _Identity(msgspec.Struct):
    id: str


class _Department(msgspec.Struct, kw_only=True):
    unit_code: str
    unit_name: str
    rank: int | None
    points: str | None
    grade: str | None
    low: str | None = None
    high: str | None = None
    findings: list[Finding]


class _Document(msgspec.Struct):
    kind: str
    standard: _Identity
    departments: list[_Department]


def _from_json(path: Path) -> tuple[str, list[Before]]:
    try:
        document = msgspec.json.decode(as_utf8(path.read_bytes()), type=_Document)
    except OSError as error:
        raise PreviousError(f"{path} 读不出来（{error.strerror or error}）。") from error
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise PreviousError(not_ours(path)) from error
    if document.kind != DOCUMENT:
        raise PreviousError(not_ours(path))
    shelf = Shelf(Finding)
    departments = [
        Before(
            code=one.unit_code,
            name=one.unit_name,
            rank=one.rank,
            points=number(one.points),
            grade=one.grade or UNDECIDED,
            low=number(one.low),
            high=number(one.high),
            findings=shelf.put(one.findings),
        )
        for one in document.departments
    ]
    return document.standard.id, departments


def as_utf8(data: bytes) -> bytes:
    """JSON as it was redirected into a file: PowerShell writes UTF-16, a Chinese console GBK."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030").encode()
    return data


def not_ours(path: Path) -> str:
    """What is said of a file that no consolidation wrote."""
    return (
        f"{path.name} 不是以前的汇总结果。请用 consolidate 生成的汇总表（.xlsx），"
        "或 consolidate --format json 输出的文件。"
    )
