"""Findings as rows of the reserved sheet 校验结果."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from workbook_tools.checks.finding import Finding
from workbook_tools.checks.untouched import is_blank
from workbook_tools.ooxml import Workbook
from workbook_tools.ooxml.rows import CellLink, PlainValue, cut_rows, fill_rows
from workbook_tools.ooxml.splice import Edits
from workbook_tools.presentation.points import total_in_words
from workbook_tools.presentation.severities import severities, severities_in_words
from workbook_tools.presentation.telling import Told, told
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.contract import (
    RESULT_COLUMNS,
    RESULT_COUNTS,
    RESULT_ROW,
    RESULT_TIME,
    RESULT_VERSIONS,
)
from workbook_tools.standard.severity import SEVERITY_NAMES
from workbook_tools.version import __version__

_LONGEST = 60  # characters of what is and what should be; the cell itself shows the rest


class ReservedPlace(msgspec.Struct, frozen=True):
    """Where a workbook has its reserved cells: the sheet, the marker row, the header cells."""

    sheet: str
    marker: str
    header: Mapping[str, str]


def place(workbook: Workbook) -> ReservedPlace | None:
    """The reserved cells of the workbook; None where somebody deleted the sheet or a name."""
    names = (RESULT_ROW, RESULT_TIME, RESULT_COUNTS, RESULT_VERSIONS)
    areas = [workbook.names.get(name) for name in names]
    row, *header = areas
    if row is None or any(area is None or area.sheet != row.sheet for area in header):
        return None
    cells = {name: area.a1 for name, area in zip(names[1:], header, strict=True) if area}
    return ReservedPlace(row.sheet, row.a1, cells)


def filled(
    workbook: Workbook,
    at: ReservedPlace,
    findings: Sequence[Finding],
    evaluation: Evaluation,
    time: datetime.datetime,
) -> Edits:
    """The edits that list the findings, the worst first, each with a link to its cell."""
    rows = [_row(number, one) for number, one in enumerate(told(findings), start=1)]
    header = {
        at.header[RESULT_TIME]: time.replace(tzinfo=None).isoformat(" ", "seconds"),
        at.header[RESULT_COUNTS]: summary(findings, evaluation),
        at.header[RESULT_VERSIONS]: (
            f"workbook-tools {__version__}；评分标准：{evaluation.standard.title} "
            f"{evaluation.standard.version} 版"
        ),
    }
    return fill_rows(workbook, at.sheet, at.marker, rows, header)


def emptied(workbook: Workbook, at: ReservedPlace) -> Edits:
    """The edits that take the list out again."""
    return cut_rows(workbook, at.sheet, at.marker, at.header.values())


def _row(number: int, row: Told) -> tuple[PlainValue, ...]:
    one = row.finding
    expected, actual = map(_brief, one.compared)
    values: dict[str, PlainValue] = {
        "number": number,
        "severity": SEVERITY_NAMES[one.severity],
        "code": one.code,
        "sheet": one.sheet,
        "cell": CellLink(one.cell, one.sheet, one.cell) if one.sheet and one.cell else None,
        "message": row.listed,
        "expected": expected,
        "actual": actual,
    }
    return tuple(values[column] for column in RESULT_COLUMNS)


def _brief(text: str) -> str:
    """The text, cut where it is too long for a narrow column: a formula, a paragraph."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"


def summary(findings: Sequence[Finding], evaluation: Evaluation) -> str:
    """One line: how many findings of each severity, and our total."""
    counted = severities_in_words(severities(findings), every=True)
    if is_blank(findings):
        return f"{counted}；空白模板，不计得分"
    total, places = evaluation.total, evaluation.standard.rounding.places
    scored = total_in_words(total.score, total.low, total.high, places)
    incomplete = "（资料不全）" if total.score is None else ""
    return f"{counted}；复算总分 {scored}{incomplete}"
