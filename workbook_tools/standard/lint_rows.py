"""Indicators of the department's own: rules over table rows, and what their rows are worth by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook_tools.standard.inputs import NUMBER_TYPES, Choice
from workbook_tools.standard.lint_conditions import choices, conditions, unknown, words
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.rules import Rows, Rule
from workbook_tools.standard.tables import Achievement, Table


def rules_of(standard: Standard) -> Iterator[tuple[Path, Rule]]:
    """Every rule of a standard, those of readings too, with its place."""
    for number, indicator in enumerate(standard.indicators):
        path: Path = ("indicators", number)
        yield (*path, "rule"), indicator.rule
        for place, reading in enumerate(indicator.alternatives):
            if reading.rule is not None:
                yield (*path, "alternatives", place, "rule"), reading.rule


def rows(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Rules over rows name columns of the right kind; those of one table share them."""
    tables = {table.id: table for table in standard.tables}
    first: dict[str, tuple[Path, Rows]] = {}
    for path, rule in rules_of(standard):
        if not isinstance(rule, Rows):
            continue
        table = tables.get(rule.table)
        if table is None:
            yield unknown(source, (*path, "table"), "表", rule.table, tables)
            continue
        yield from _columns(rule, table, path, source)
        values = {**choices(table), **words(table)}
        yield from conditions(rule.where, values, (*path, "where"), source, ("equals",))
        if rule.bands and rule.below != "proportion":
            yield source.problem((*path, "below"), "写了 bands 就不用 below")
        where, other = first.setdefault(rule.table, (path, rule))
        for key, mine, theirs in (
            ("points", rule.points, other.points),
            ("of", rule.of, other.of),
            ("self", rule.own, other.own),
            ("reason", rule.reason, other.reason),
            ("group", rule.group, other.group),
        ):
            if mine != theirs:
                line = source.problem(where, "").line
                yield source.problem((*path, key), f"与第 {line} 行的规则用同一张表，{key} 应相同")
    yield from _apart(standard, source)


def _columns(rule: Rows, table: Table, path: Path, source: StandardFile) -> Iterator[Problem]:
    numbers = [one.id for one in table.columns if one.type in NUMBER_TYPES]
    texts = [one.id for one in table.columns if one.type in ("text", "long_text")]
    measures = [one.id for one in table.row_measures if isinstance(one, Achievement)]
    listed = [one.id for one in table.columns if one.type == "choice"]
    for key, kind, found, allowed in (
        ("points", "数字列", rule.points, numbers),
        ("of", "完成程度", rule.of, measures),
        ("self", "数字列", rule.own, ["", *numbers]),
        ("reason", "文字列", rule.reason, ["", *texts]),
        ("group", "选项列", rule.group, ["", *listed]),
    ):
        if found not in allowed:
            yield unknown(source, (*path, key), kind, found, filter(None, allowed))


def _apart(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """No row can belong to two indicators: their conditions look at one column, apart."""
    taken: dict[tuple[str, str, Choice], int] = {}
    by: dict[str, tuple[str, int]] = {}
    for number, indicator in enumerate(standard.indicators):
        rule, path = indicator.rule, ("indicators", number, "rule")
        if not isinstance(rule, Rows):
            continue
        column = rule.where[0].column if len(rule.where) == 1 else ""
        known, line = by.setdefault(rule.table, (column, source.problem(path, "").line))
        if len(rule.where) > 1:
            yield source.problem((*path, "where"), "where 只能有一个条件，列出该指标包括的各类")
        elif column != known:
            how = f"按 {known!r} 分行" if known else "不分行"
            yield source.problem((*path, "where"), f"第 {line} 行的指标{how}，这里也应如此")
        elif not column and line != source.problem(path, "").line:
            yield source.problem(path, f"第 {line} 行的指标已经包括表中所有的行")
        for value in rule.where[0].values if column else ():
            if (rule.table, column, value) in taken:
                also = taken[rule.table, column, value]
                yield source.problem((*path, "where"), f"{value!r} 的行已属于第 {also} 行的指标")
            taken.setdefault((rule.table, column, value), source.problem(path, "").line)


def achievements(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Tiers are the choices of their column, with degrees in 0..1; = needs signed targets."""
    for number, table in enumerate(standard.tables):
        columns = choices(table)
        for place, measure in enumerate(table.row_measures):
            path: Path = ("tables", number, "row_measures", place)
            if not isinstance(measure, Achievement):
                continue
            if bool(measure.tier) != bool(measure.tiers):
                yield source.problem(path, "tier 和 tiers 要么都写，要么都不写")
            if measure.equal and not measure.signed:
                yield source.problem((*path, "equal"), "equal 只能与 signed: true 同用")
            if bool(measure.unit) != bool(measure.percents):
                yield source.problem(path, "unit 和 percents 要么都写，要么都不写")
            if measure.unit and measure.unit not in columns:
                yield unknown(source, (*path, "unit"), "列", measure.unit, columns)
            if measure.tier:
                yield from _tiers(measure, columns, path, source)
            for key, column in (("by", measure.by), ("direction", measure.direction)):
                named = (
                    (measure.quantitative, measure.qualitative)
                    if key == "by"
                    else (measure.higher, measure.lower, measure.equal)
                )
                yield from _choices(named, columns.get(column, ()), (*path, key), source)


def _choices(
    named: Iterable[str], allowed: tuple[Choice, ...], path: Path, source: StandardFile
) -> Iterator[Problem]:
    for value in named:
        if value and allowed and value not in allowed:
            yield unknown(source, path, "选项", value, allowed)


def _tiers(
    measure: Achievement,
    columns: dict[str, tuple[Choice, ...]],
    path: Path,
    source: StandardFile,
) -> Iterator[Problem]:
    if measure.tier not in columns:
        yield unknown(source, (*path, "tier"), "列", measure.tier, columns)
        return
    for number, tier in enumerate(measure.tiers):
        where = (*path, "tiers", number)
        yield from _choices((tier.name,), columns[measure.tier], (*where, "name"), source)
        if not 0 <= tier.low <= tier.high <= 1:
            yield source.problem(where, "档次的 low 和 high 应在 0 到 1 之间，low 不大于 high")


LINTS = (rows, achievements)
