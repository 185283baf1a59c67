"""Conditions on table rows, wherever they stand: one test each, of columns and words that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbook_tools.standard.inputs import Choice
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.tables import COMPARISONS, Classify, Condition, Table

TESTS = ("equals", *COMPARISONS, "filled")


def choices(table: Table) -> dict[str, tuple[Choice, ...]]:
    """The input columns of a table with their choices (empty: anything)."""
    return {column.id: column.choices for column in table.columns}


def words(table: Table) -> dict[str, tuple[Choice, ...]]:
    """The classifications of a table with the words that they may give."""
    return {
        part.id: tuple(case.then for case in part.cases)
        for part in table.row_measures
        if isinstance(part, Classify)
    }


def conditions(
    found: tuple[Condition, ...],
    values: Mapping[str, tuple[Choice, ...]],
    path: Path,
    source: StandardFile,
    tests: tuple[str, ...] = TESTS,
) -> Iterator[Problem]:
    """What is wrong with conditions that may use these tests on the columns in ``values``."""
    for number, condition in enumerate(found):
        where = (*path, number)
        given = [test for test in TESTS if getattr(condition, test) is not None]
        if len(given) != 1:
            yield source.problem(where, f"一个条件要有且只有一种比较，实际 {len(given)} 种")
        for test in given:
            if test not in tests:
                yield source.problem(where, f"这里不能用 {test}，可用：{'、'.join(tests)}")
        if condition.column not in values:
            yield unknown(source, (*where, "column"), "列", condition.column, values)
            continue
        for test in COMPARISONS:
            other = getattr(condition, test)
            if isinstance(other, str) and other not in values:
                yield unknown(source, where, "列", other, values)
        allowed = values[condition.column]
        for value in condition.values:
            if allowed and value not in allowed:
                yield unknown(source, (*where, "equals"), "选项", value, allowed)


def unknown(
    source: StandardFile, path: Path, kind: str, found: Choice, allowed: Iterable[Choice]
) -> Problem:
    """The problem of something named that is not there."""
    known = "、".join(str(value) for value in allowed) or "（没有）"
    return source.problem(path, f"没有{kind} {found!r}，可用：{known}")
