"""The summary workbook as a file: all its sheets, written whole or not at all."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import IO

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.overflow import write_overflow
from workbook_tools.consolidation.summary.page import TableBook
from workbook_tools.consolidation.summary.sheets import (
    budget,
    changes,
    comparison,
    data,
    differences,
    exceptions,
    facts,
    findings,
    meta,
    overview,
    own_indicators,
    projects,
    ranking,
    readings,
    scores,
    years,
)
from workbook_tools.consolidation.summary.target import check_target
from workbook_tools.consolidation.tables.data import titles
from workbook_tools.consolidation.tables.findings import table as all_findings
from workbook_tools.files.targets import write_whole
from workbook_tools.standard.naming import evaluated

_KEPT_ROWS = 40_000
"""Rows of 数据 and 问题清单 up to which the workbook is built in memory, about 100 MB."""


def write_summary(
    consolidation: Round,
    target: Path,
    *,
    when: datetime.datetime | None = None,
    overwrite: bool = False,
    most_findings: int = findings.MOST_ROWS,
    most_data: int = data.MOST_ROWS,
) -> Path:
    """Write the summary workbook and return its path.

    ``when`` is the time shown in it (default: now); the same consolidation and time give the same
    bytes. More findings than ``most_findings`` all go into a CSV beside it, more rows of 数据 than
    ``most_data`` onto further sheets. A file that is not a
    summary of ours is overwritten only when ``overwrite`` says so. Raises TargetRefused; then what
    stood there before still does.
    """
    check_target(target, overwrite=overwrite)
    when = when or datetime.datetime.now()

    def workbook(stream: IO[bytes]) -> None:
        if _fill(stream, consolidation, target.parent, when, most_findings, most_data):
            write_overflow(target, all_findings(consolidation))

    write_whole(target, workbook)
    return target


def _fill(
    stream: IO[bytes],
    consolidation: Round,
    folder: Path,
    when: datetime.datetime,
    most_findings: int,
    most_data: int,
) -> bool:
    """Write all sheets in order; returns whether there were too many findings for one."""
    departments = consolidation.departments
    rows = len(departments) * len(consolidation.standard.indicators)
    rows += sum(len(item.findings) for item in departments)
    places = consolidation.standard.rounding.places
    book = TableBook(stream, folder, places=places, constant_memory=rows > _KEPT_ROWS)
    book.workbook.set_properties(
        {
            "title": f"{evaluated(consolidation.standard)}绩效自评汇总",
            "comments": "由 workbook-tools 生成",
            "created": when,
        }
    )
    overview.write(book, consolidation, when, data_on=titles(consolidation, most_data))
    changes.write(book, consolidation)
    years.write(book, consolidation)
    ranking.write(book, consolidation)
    scores.write(book, consolidation)
    differences.write(book, consolidation)
    projects.write(book, consolidation)
    own_indicators.write(book, consolidation)
    budget.write(book, consolidation)
    comparison.write(book, consolidation)
    readings.write(book, consolidation)
    overflow = findings.write(book, consolidation, most=most_findings)
    exceptions.write(book, consolidation)
    data.write(book, consolidation, most=most_data)
    facts.write(book, consolidation)
    meta.write(book, consolidation, when)
    book.close()
    return overflow
