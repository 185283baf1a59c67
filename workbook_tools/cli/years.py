"""Which of several workbooks are of another fiscal year than most, said when all were read."""

from __future__ import annotations

from collections import Counter

from workbook_tools.assessment import Record
from workbook_tools.assessment.years import fiscal_year_of, year_of_most

_NAMED = 3  # workbooks of another year that are named


class Years:
    """The fiscal years of the workbooks met so far."""

    def __init__(self) -> None:
        self._paths: dict[str, list[str]] = {}

    def add(self, record: Record) -> None:
        """Take note of a workbook; one that says no year is not counted."""
        if year := fiscal_year_of(record):
            self._paths.setdefault(year, []).append(record.path)

    def told(self) -> str:
        """A line of advice; "" where all are of one year."""
        if len(self._paths) <= 1:
            return ""
        counted = Counter({year: len(paths) for year, paths in self._paths.items()})
        most = year_of_most(counted.elements())
        told = [f"{counted[most]} 份是 {most} 年度"] if most else []
        told += [_others(year, self._paths[year]) for year in sorted(counted) if year != most]
        return f"评价年度：{'，'.join(told)}，请核实是否交错。"


def _others(year: str, paths: list[str]) -> str:
    more = f"等 {len(paths)} 份" if len(paths) > _NAMED else ""
    return f"{'、'.join(paths[:_NAMED])} {more}是 {year} 年度"
