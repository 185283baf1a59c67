"""What refers to something: expressions, conditions, places; and inputs that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.standard import expression
from workbook_tools.standard.inputs import NUMBER_TYPES
from workbook_tools.standard.known_fields import CLAIMED_TOTAL
from workbook_tools.standard.lint_conditions import TESTS, choices, conditions, unknown, words
from workbook_tools.standard.lint_ids import entries
from workbook_tools.standard.model import CrossCheck, Standard
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.rules import AtLeast, AtMost, Measure, Periods, Rule
from workbook_tools.standard.tables import COMPARISONS, Achievement, ColumnSum, Formula, Mean

_MEASURED = NUMBER_TYPES - {"year"}
_READ_BY_THE_TOOL = frozenset({CLAIMED_TOTAL})
"""Numbers that checks compare with results, so that no measure needs to use them."""


def _texts(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Every expression of a standard, with its place."""
    for number, derived in enumerate(standard.derived):
        if isinstance(derived, Formula):
            yield ("derived", number, "formula"), derived.formula
    for number, indicator in enumerate(standard.indicators):
        path: Path = ("indicators", number)
        yield from _measure(indicator.measure, path)
        yield from _of_rule(indicator.rule, path)
        for place, reading in enumerate(indicator.alternatives):
            where = (*path, "alternatives", place)
            yield from _measure(reading.measure or (), where)
            yield from _of_rule(reading.rule, where)
    for number, check in enumerate(standard.cross_checks):
        for key, text in (("left", check.left), ("right", check.right)):
            if text:
                yield ("cross_checks", number, key), text
        for place, name in enumerate(check.series):
            yield ("cross_checks", number, "series", place), name
    for number, cap in enumerate(standard.caps):
        yield ("caps", number, "measure"), cap.measure
    for number, adjustment in enumerate(standard.adjustments):
        yield ("adjustments", number, "cases"), adjustment.cases


def _measure(measure: Measure, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(measure, str):
        yield (*path, "measure"), measure
    else:
        for place, text in enumerate(measure):
            yield (*path, "measure", place), text


def _of_rule(rule: Rule | None, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(rule, AtMost | AtLeast) and isinstance(rule.limit, str):
        yield (*path, "rule", "limit"), rule.limit
    if isinstance(rule, Periods):
        for place, period in enumerate(rule.periods):
            where = (*path, "rule", "periods", place)
            yield (*where, "actual"), period.actual
            yield (*where, "planned"), period.planned


def expressions(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Expressions are in the language, and every id in them is a number; all inputs are used."""
    types = {entry.id: entry.type for _, entry in entries(standard)}
    known = {name for name, kind in types.items() if kind in NUMBER_TYPES}
    known |= {derived.id for derived in standard.derived}
    used: set[str] = set()
    for path, text in _texts(standard):
        try:
            found = set(expression.names(expression.parse(text)))
        except expression.ExpressionError as error:
            yield source.problem(path, str(error))
            continue
        used |= found
        for name in sorted(found - known):
            if name in types:
                yield source.problem(path, f"{name!r} 不是数字（{types[name]}），不能计算")
            else:
                yield source.problem(path, f"算式中的 {name!r} 不是输入项，也不是派生量")
    for path, entry in entries(standard):
        if entry.type in _MEASURED and entry.id not in used | _READ_BY_THE_TOOL:
            yield source.problem((*path, "id"), f"输入项 {entry.id!r} 没有任何算式使用", "warning")


def cycles(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """No derived quantity needs itself, directly or through others."""
    needs: dict[str, list[str]] = {}
    for derived in standard.derived:
        try:
            tree = expression.parse(derived.formula) if isinstance(derived, Formula) else None
        except expression.ExpressionError:
            continue  # told by expressions()
        needs[derived.id] = list(expression.names(tree)) if tree else []
    settled: set[str] = set()
    while ready := {
        name
        for name, others in needs.items()
        if name not in settled and all(other in settled or other not in needs for other in others)
    }:
        settled |= ready
    for number, derived in enumerate(standard.derived):
        if derived.id in needs and derived.id not in settled:
            where = ("derived", number, "formula")
            yield source.problem(where, f"{derived.id!r} 的算式绕回了自己，或依赖于这样的派生量")


def aggregates(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Sums, counts and means draw on columns that are there, under conditions of equality."""
    tables = {table.id: table for table in standard.tables}
    for number, derived in enumerate(standard.derived):
        path: Path = ("derived", number)
        if isinstance(derived, Formula):
            continue
        table = tables.get(derived.table)
        if table is None:
            yield unknown(source, (*path, "table"), "表", derived.table, tables)
            continue
        values = {**choices(table), **words(table)}
        yield from conditions(derived.where, values, (*path, "where"), source, ("equals",))
        if isinstance(derived, ColumnSum):
            numbers = [column.id for column in table.columns if column.type in NUMBER_TYPES]
            if derived.column not in numbers:
                yield unknown(source, (*path, "column"), "数字列", derived.column, numbers)
        elif isinstance(derived, Mean):
            shares = [
                part.id
                for part in table.row_measures
                if isinstance(part, Achievement) and not part.signed  # a mean is of shares in 0..1
            ]
            if derived.of not in shares:
                yield unknown(source, (*path, "of"), "完成程度", derived.of, shares)


def tables(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """The conditions and row measures of a table speak of its own columns."""
    for number, table in enumerate(standard.tables):
        path: Path = ("tables", number)
        columns = choices(table)
        for place, column in enumerate(table.columns):
            where = (*path, "columns", place, "needed_when")
            yield from conditions(column.needed_when, columns, where, source, ("equals", "filled"))
        for place, measure in enumerate(table.row_measures):
            where = (*path, "row_measures", place)
            if isinstance(measure, Achievement):
                for key in ("by", "direction", "target", "actual", "degree"):
                    if getattr(measure, key) not in columns:
                        name = getattr(measure, key)
                        yield unknown(source, (*where, key), "列", name, columns)
                continue
            for turn, case in enumerate(measure.cases):
                yield from conditions(case.when, columns, (*where, "cases", turn, "when"), source)
            if not measure.cases or measure.cases[-1].when:
                yield source.problem((*where, "cases"), "最后一种情形不能带条件，应包括其余各行")
        for place, check in enumerate(table.row_checks):
            where = (*path, "row_checks", place)
            tests = ("equals", *COMPARISONS) if check.unusable else TESTS
            yield from conditions(check.when, columns, (*where, "when"), source, tests)
            if check.at not in columns:
                yield unknown(source, (*where, "at"), "列", check.at, columns)
            elif check.unusable and check.at == table.named_by.id:
                yield source.problem((*where, "at"), "名称列不能写 unusable，没有名称的行不计")
            if check.unusable and check.severity != "error":
                yield source.problem((*where, "severity"), "不能使用的（unusable）是错误（error）")


def places(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Cross-checks, errata and needed tables point to things that are there."""
    known_tables = [table.id for table in standard.tables]
    for number, indicator in enumerate(standard.indicators):
        for place, name in enumerate(indicator.needs_rows):
            if name not in known_tables:
                where: Path = ("indicators", number, "needs_rows", place)
                yield unknown(source, where, "表", name, known_tables)
    fields = {entry.id for _, entry in entries(standard)}
    for number, check in enumerate(standard.cross_checks):
        yield from _cross_check(check, fields, ("cross_checks", number), source)
    grids = [grid.id for grid in standard.grids]
    scale = standard.tolerances.scale
    for key, named in (("alike", scale.alike), ("by_column", scale.by_column)) if scale else ():
        for place, name in enumerate(named):
            if name not in grids:
                where = ("tolerances", "scale", key, place)
                yield unknown(source, where, "表格", name, grids)
    amounts = [
        *grids,
        *known_tables,
        *(entry.id for _, entry in entries(standard) if entry.type == "money"),
    ]
    for place, name in enumerate(standard.tolerances.within_year):
        if name not in amounts:
            yield unknown(
                source, ("tolerances", "within_year", place), "金额、表格或表", name, amounts
            )
    indicators = [indicator.id for indicator in standard.indicators]
    for number, erratum in enumerate(standard.errata):
        if erratum.indicator not in indicators:
            where = ("errata", number, "indicator")
            yield unknown(source, where, "指标", erratum.indicator, indicators)


def _cross_check(
    check: CrossCheck, fields: set[str], path: Path, source: StandardFile
) -> Iterator[Problem]:
    if check.relation == "non_decreasing":
        if len(check.series) < 2 or check.left or check.right:
            yield source.problem(path, "non_decreasing 只用 series，至少两个输入项")
        for place, name in enumerate(check.series):
            if name not in fields:
                yield source.problem((*path, "series", place), f"series 中的 {name!r} 不是输入项")
        return
    if not (check.left and check.right) or check.series:
        yield source.problem(path, f"{check.relation} 只用 left 和 right，两个都要有")
    if check.impossible and check.left not in fields:
        what = f"impossible 的 left 应为一个输入项，实际是 {check.left!r}"
        yield source.problem((*path, "left"), what)
    if check.impossible and check.relation not in ("at_most", "at_least"):
        yield source.problem((*path, "relation"), "impossible 只用于 at_most 和 at_least")
    if check.at not in fields:
        yield source.problem((*path, "at"), f"at 应为一个输入项，实际是 {check.at!r}")


def impossible_once(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Two relations that make the same input impossible: only one of them could be heeded."""
    seen: dict[str, str] = {}
    for number, check in enumerate(standard.cross_checks):
        if check.impossible:
            for field in check.series[1:] or (check.left,):
                if field in seen:
                    what = f"{field!r} 已由 {seen[field]!r} 判定能否使用，impossible 只能写在一处"
                    yield source.problem(("cross_checks", number, "impossible"), what)
                seen.setdefault(field, check.id)


LINTS = (expressions, cycles, aggregates, tables, places, impossible_once)
