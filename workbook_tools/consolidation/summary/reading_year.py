"""Last year, from its summary workbook or the JSON of it: scores by indicator, figures by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.consolidation.round.departments import number
from workbook_tools.consolidation.round.last_year import LastYear, Then
from workbook_tools.consolidation.round.lines import CODE, NAME
from workbook_tools.consolidation.round.previous import PreviousError, identity
from workbook_tools.consolidation.summary.document import DOCUMENT
from workbook_tools.consolidation.summary.reading import (
    as_text,
    as_utf8,
    listed_rows,
    not_ours,
    opened_summary,
    row_identity,
)
from workbook_tools.consolidation.summary.sheets.facts import TITLE
from workbook_tools.consolidation.tables import data, ranking
from workbook_tools.intake.summaries import is_summary
from workbook_tools.presentation.points import UNDECIDED


def read_last_year(path: str | Path) -> LastYear:
    """Read a summary workbook of ours, or what ``consolidate --format json`` printed.

    Raises PreviousError where it is neither.
    """
    path = Path(path)
    return _from_summary(path) if is_summary(path) else _from_json(path)


def _from_summary(path: Path) -> LastYear:
    with opened_summary(path) as (book, meta):
        scores: dict[str, dict[str, Fraction]] = defaultdict(dict)
        indicators = set()
        for row in _data_rows(path, book):
            indicators.add(as_text(row["indicator_id"]))
            points = number(as_text(row["counting"]) or None)
            if points is not None:
                scores[row_identity(row)][as_text(row["indicator_id"])] = points
        complete = TITLE in book.sheetnames
        facts = dict(_facts(book[TITLE])) if complete else {}
        departments = {}
        for row in listed_rows(path, book[ranking.TITLE], ranking.COLUMNS, "grade"):
            key = row_identity(row)
            departments[key] = Then(
                code=as_text(row["unit_code"]),
                name=as_text(row["unit_name"]),
                points=number(as_text(row["points"]) or None),
                grade=as_text(row["grade"]),
                rank=None if row["rank"] is None else int(row["rank"]),
                scores=scores[key],
                facts=facts.get(key, {}),
            )
        return LastYear(
            path=path,
            standard=meta["standard"],
            departments=departments,
            indicators=frozenset(indicators),
            complete=complete,
        )


def _data_rows(path: Path, book: Any) -> Iterator[dict[str, Any]]:
    """The rows of 数据, on whatever many sheets."""
    sheet, read = data.TITLE, 0
    while not read or sheet in book.sheetnames:
        yield from listed_rows(path, book[sheet], data.COLUMNS, "indicator_id")
        read += 1
        sheet = data.sheet_after(read)


def _facts(sheet: Any) -> Iterator[tuple[str, dict[str, Fraction]]]:
    """By department, its figures by field id."""
    lines = sheet.iter_rows(values_only=True)
    head = [as_text(cell) for cell in next(lines, ())]
    for cells in lines:
        row = dict(zip(head, map(as_text, cells), strict=False))
        values = ((field, number(text or None)) for field, text in row.items())
        known = {field: value for field, value in values if value is not None}
        yield identity(row.get(CODE, ""), row.get(NAME, "")), known


class _Score(msgspec.Struct):
    score: str | None
    review: str | None


class _YearDepartment(msgspec.Struct, kw_only=True):
    unit_code: str
    unit_name: str
    points: str | None
    grade: str | None
    rank: int | None
    scores: dict[str, _Score]
    facts: dict[str, str] | None = None


class _Standard(msgspec.Struct):
    id: str


class _YearDocument(msgspec.Struct):
    kind: str
    standard: _Standard
    departments: list[_YearDepartment]


def _from_json(path: Path) -> LastYear:
    try:
        document = msgspec.json.decode(as_utf8(path.read_bytes()), type=_YearDocument)
    except OSError as error:
        raise PreviousError(f"{path} 读不出来（{error.strerror or error}）。") from error
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise PreviousError(not_ours(path)) from error
    if document.kind != DOCUMENT:
        raise PreviousError(not_ours(path))
    return LastYear(
        path=path,
        standard=document.standard.id,
        departments={
            identity(one.unit_code, one.unit_name): _then(one) for one in document.departments
        },
        indicators=frozenset(name for one in document.departments for name in one.scores),
        complete=all(one.facts is not None for one in document.departments),
    )


def _then(one: _YearDepartment) -> Then:
    scores = {
        name: points
        for name, score in one.scores.items()
        if (points := number(score.review if score.review is not None else score.score)) is not None
    }
    facts = {
        field: value
        for field, text in (one.facts or {}).items()
        if (value := number(text)) is not None
    }
    return Then(
        code=one.unit_code,
        name=one.unit_name,
        points=number(one.points),
        grade=one.grade or UNDECIDED,
        rank=one.rank,
        scores=scores,
        facts=facts,
    )
