"""The fiscal year that a workbook is about, and that of most of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from workbook_tools.assessment.record import Record
from workbook_tools.standard.known_fields import FISCAL_YEAR


def fiscal_year_of(record: Record) -> str:
    """The year that the workbook says it is about; "" where it says none."""
    return record.facts.get(FISCAL_YEAR, "")


def year_of_most(years: Iterable[str]) -> str:
    """The year that more workbooks are about than any other; "" where two share that, or none."""
    first = Counter(filter(None, years)).most_common(2)
    tie = len(first) == 2 and first[0][1] == first[1][1]
    return first[0][0] if first and not tie else ""
