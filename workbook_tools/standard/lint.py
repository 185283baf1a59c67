"""What a well-formed standard can still get wrong: weights, rules and grades.

The ids are looked at in :mod:`.lint_ids`, the fields that programs know in :mod:`.lint_known`, what
refers to ids in :mod:`.lint_references`, what stands in formulas in :mod:`.lint_texts`, the words
of the report's text in :mod:`.lint_vocabulary`, rules over rows in :mod:`.lint_rows`, what is said
of the total in :mod:`.lint_totals`, of comparisons in :mod:`.lint_peers`. A lint yields problems;
messages say what was found and what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

import msgspec

from workbook_tools.standard import (
    expression,
    lint_ids,
    lint_known,
    lint_peers,
    lint_references,
    lint_rows,
    lint_texts,
    lint_totals,
    lint_vocabulary,
)
from workbook_tools.standard.model import Indicator, Level, Standard
from workbook_tools.standard.naming import stated
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.rules import (
    MEASURE,
    WEIGHT,
    AtLeast,
    AtMost,
    Band,
    Bands,
    Checklist,
    Periods,
    Proportion,
    Rows,
    Rule,
    Steps,
)

_TOTAL = 100  # points of a whole standard


def lint(standard: Standard, source: StandardFile) -> list[Problem]:
    """All problems of a standard that its shape does not show, in no particular order."""
    lints = (
        *lint_ids.LINTS,
        *lint_known.LINTS,
        *lint_references.LINTS,
        *lint_texts.LINTS,
        *lint_vocabulary.LINTS,
        *lint_rows.LINTS,
        *lint_totals.LINTS,
        *lint_peers.LINTS,
        level_weights,
        indicator_weights,
        rules,
        grades,
    )
    return [problem for each in lints for problem in each(standard, source)]


def level_weights(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """一级 weights sum to 100, and the 二级 weights of each to its own."""
    total = sum((level.weight for level in standard.levels), Fraction(0))
    if total != _TOTAL:
        found = _sum(level.weight for level in standard.levels)
        yield source.problem(("levels",), f"一级指标权重之和为 {found}，应为 {_TOTAL}")
    for number, level in enumerate(standard.levels):
        path: Path = ("levels", number)
        if level.children and sum(child.weight for child in level.children) != level.weight:
            yield source.problem(
                (*path, "weight"),
                f"{level.name}的权重为 {stated(level.weight)}，"
                f"其二级指标权重之和为 {_sum(child.weight for child in level.children)}",
            )
        for place, child in enumerate(level.children):
            if child.children:
                yield source.problem((*path, "children", place), "指标最多分两级再到三级指标")


def leaves(standard: Standard) -> Iterator[tuple[Path, Level]]:
    """The levels that hold indicators, with their places."""
    for number, level in enumerate(standard.levels):
        if not level.children:
            yield ("levels", number), level
        for place, child in enumerate(level.children):
            yield ("levels", number, "children", place), child


def indicator_weights(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """The indicators of each 二级 sum to its weight, and each belongs to one."""
    known = {level.id for _, level in leaves(standard)}
    for number, indicator in enumerate(standard.indicators):
        path: Path = ("indicators", number)
        if indicator.level not in known:
            allowed = "、".join(sorted(known))
            yield source.problem(
                (*path, "level"), f"没有二级指标 {indicator.level!r}，可用：{allowed}"
            )
        if indicator.weight <= 0:
            yield source.problem((*path, "weight"), "权重应大于 0")
    for path, level in leaves(standard):
        weights = [each.weight for each in standard.indicators if each.level == level.id]
        if sum(weights) != level.weight:
            yield source.problem(
                (*path, "weight"),
                f"{level.name}的权重为 {stated(level.weight)}，"
                f"其三级指标权重之和为 {_sum(weights)}",
            )


def _sum(weights: Iterable[Fraction]) -> str:
    """A sum written out, e.g. ``5 + 15 = 20``."""
    terms = list(weights)
    words = " + ".join(stated(term) for term in terms)
    return f"{words} = {stated(sum(terms, Fraction(0)))}" if len(terms) > 1 else words or "0"


def rules(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Rules fit their indicator's weight and have the measure that they need, readings too."""
    for number, indicator in enumerate(standard.indicators):
        path: Path = ("indicators", number)
        yield from _rule(indicator, indicator.rule, (*path, "rule"), source)
        without = isinstance(indicator.rule, Checklist | Rows)
        if without == bool(indicator.measures):
            kind = "逐行评分的" if isinstance(indicator.rule, Rows) else "清单类"
            wrong = f"{kind}指标没有 measure" if without else "缺少 measure"
            yield source.problem((*path, "measure"), wrong)
        for place, reading in enumerate(indicator.alternatives):
            if reading.rule is not None:
                where = (*path, "alternatives", place, "rule")
                measure = indicator.measure if reading.measure is None else reading.measure
                as_read = msgspec.structs.replace(indicator, measure=measure)
                yield from _rule(as_read, reading.rule, where, source)
            if reading.measure is None and reading.rule is None and reading.zero is None:
                yield source.problem(
                    (*path, "alternatives", place), "另一种解读至少要改变 measure、rule、zero 之一"
                )


def _rule(indicator: Indicator, rule: Rule, path: Path, source: StandardFile) -> Iterator[Problem]:
    weight = indicator.weight
    match rule:
        case Checklist(items=items):
            yield from _points(weight, [item.points for item in items], (*path, "items"), source)
        case Periods(periods=periods, mode=mode):
            points = [period.points for period in periods]
            yield from _points(weight, points, (*path, "periods"), source)
            if len(indicator.measures) > 1:
                yield source.problem(path, "periods 只能有一个 measure")
            if mode == "share" and any(period.group for period in periods):
                yield source.problem(path, "group 只能用于 all_or_nothing")
        case Bands():
            yield from _bands(weight, rule.bands, (*path, "bands"), source)
        case Rows(bands=bands, below=below):
            yield from _bands(None, bands, (*path, "bands"), source)
            yield from _steps(below, (*path, "below"), source)
        case AtMost(limit=limit, beyond=beyond):
            yield from _steps(beyond, (*path, "beyond"), source)
            if beyond == "inverse" and not isinstance(limit, str) and limit <= 0:
                yield source.problem((*path, "limit"), "按反比扣分（inverse）时 limit 应大于 0")
        case AtLeast(limit=limit, below=below):
            yield from _steps(below, (*path, "below"), source)
            if below == "proportion" and not isinstance(limit, str) and limit <= 0:
                yield source.problem((*path, "limit"), "按比例得分（proportion）时 limit 应大于 0")
        case Proportion():
            pass


def _points(
    weight: Fraction, points: list[Fraction], path: Path, source: StandardFile
) -> Iterator[Problem]:
    if sum(points) != weight:
        found = f"各项分值之和为 {_sum(points)}，应等于权重 {stated(weight)}"
        yield source.problem(path, found)
    for number, value in enumerate(points):
        if value <= 0:
            yield source.problem((*path, number, "points"), "分值应大于 0")


def _steps(steps: str | Steps, path: Path, source: StandardFile) -> Iterator[Problem]:
    if isinstance(steps, Steps):
        for key, value in (("size", steps.size), ("deduct", steps.deduct)):
            if value <= 0:
                yield source.problem((*path, key), f"{key} 应大于 0")


def _bands(
    weight: Fraction | None, bands: tuple[Band, ...], places: Path, source: StandardFile
) -> Iterator[Problem]:
    """Bands go up, the last one open; ``weight``: the most points (none: those of any row)."""
    before: tuple[Fraction, bool] | None = None
    for number, band in enumerate(bands):
        if (band.points is None) != bool(band.earns):
            yield source.problem((*places, number), "每一档写 points 或 earns，两者之一")
        if band.points is not None and not 0 <= band.points <= (weight or band.points):
            allowed = "不能小于 0" if weight is None else f"应在 0 到 {stated(weight)} 之间"
            yield source.problem((*places, number, "points"), f"分值{allowed}")
        yield from _earns(band, (*places, number, "earns"), source)
        last = number == len(bands) - 1
        if (band.upper is None) != last:
            wrong = "最后一档不能有 upper" if last else "只有最后一档可以没有 upper"
            yield source.problem((*places, number), wrong)
        if band.upper is None:
            continue
        here = (band.upper, band.inclusive)
        if before is not None and here <= before:
            yield source.problem((*places, number, "upper"), "各档的 upper 应从小到大")
        before = here


def _earns(band: Band, path: Path, source: StandardFile) -> Iterator[Problem]:
    if not band.earns:
        return
    try:
        tree = expression.parse(band.earns)
    except expression.ExpressionError as error:
        yield source.problem(path, str(error))
        return
    for name in dict.fromkeys(expression.names(tree)):
        if name not in (MEASURE, WEIGHT):
            yield source.problem(path, f"earns 中只能用 {MEASURE} 和 {WEIGHT}，不能用 {name!r}")
    if any(
        isinstance(one, expression.Binary)
        and one.operator == "/"
        and not isinstance(one.right, expression.NumberLiteral)
        for one in expression.parts(tree)
    ):
        yield source.problem(path, "earns 中只能除以数字")


def grades(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Grades go from the best down to one that starts at 0."""
    bounds = [grade.at_least for grade in standard.grades]
    for number, (upper, lower) in enumerate(pairwise(bounds), start=1):
        if lower >= upper:
            yield source.problem(("grades", number, "at_least"), "等次应从高到低，分数线递减")
    if not bounds or bounds[-1] != 0:
        yield source.problem(("grades", len(bounds) - 1), "最低一等的 at_least 应为 0")
    if bounds and bounds[0] > _TOTAL:
        yield source.problem(("grades", 0, "at_least"), f"分数线不能超过 {_TOTAL}")
