"""Each indicator as three formulas: its measure, its score and its status in words.

The score looks at the measure's cell, so that a reader can follow it step by step on the sheet.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import msgspec

from workbook_tools.standard.contract import NOT_APPLICABLE, YES, check_id, column_name, input_name
from workbook_tools.standard.expression import Expression, Name, names, parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.origins import zero_comes_first
from workbook_tools.standard.rules import Checklist, OfMeasure, Periods, Rows, texts_of
from workbook_tools.standard.tables import Count, Table
from workbook_tools.template.expressions import (
    Division,
    NameOf,
    all_of,
    any_of,
    divisions,
    excel,
    final,
    full_points,
    given,
    guarded,
    is_zero,
    literal,
    places_of,
    quoted,
    rounded,
)
from workbook_tools.template.labels import label_of
from workbook_tools.template.own_rows import of_indicator, unless_unplaced
from workbook_tools.template.quantities import Names
from workbook_tools.template.rates import from_measure
from workbook_tools.template.rows import COUNTED, criteria

COMPUTED = "已计算"
FULL_BY_RULE = "不适用，按满分计"
NOTHING_BY_RULE = "分母为0，按0分计"
ZERO_DENOMINATOR = "分母为0，无法计算"
CLAIMED = "单位填报不涉及，待复核"
LACKING = "资料不全："
UNANSWERED = "未回答"


class ScoreFormulas(msgspec.Struct, frozen=True):
    """Formula texts without "="; see the names ``value_``, ``score_`` and ``status_``."""

    value: str
    score: str
    status: str


@lru_cache(maxsize=256)
def score_formulas(
    indicator: Indicator, standard: Standard, issued: frozenset[str] = frozenset()
) -> ScoreFormulas:
    """The formulas of an indicator in a template of which the bureau fills in ``issued``."""
    return _ScoresWriter(indicator, standard, issued).formulas()


class _ScoresWriter:
    def __init__(self, indicator: Indicator, standard: Standard, issued: frozenset[str]) -> None:
        self.indicator = indicator
        self.standard = standard
        self.name_of: NameOf = Names(standard, issued)
        self.weight = literal(indicator.weight)
        self.full = full_points(indicator.weight, standard.rounding.places)
        self.value_cell = f"value_{indicator.id}"
        self.score_cell = f"score_{indicator.id}"
        self.measures = [parse(text) for text in indicator.measures]
        rule = indicator.rule
        self.limits = () if isinstance(rule, Periods) else tuple(map(parse, texts_of(rule)))

    def formulas(self) -> ScoreFormulas:
        value = self._value()
        match self.indicator.rule:
            case Checklist() as rule:
                score, lacking = self._checklist(rule)
                status = self._status(f"{quoted(LACKING + UNANSWERED)}&{lacking}")
            case Periods() as rule:
                score, status = self._periods(rule)
                value = f'IF({self._usable(*self._sides(rule))},{value},"")'
            case Rows() as rule:
                value = _NOTHING
                score = of_indicator(self.indicator, rule, self.standard.rounding.places)
                status = self._status(self._rows_lacking(rule))
            case rule:
                score, status = self._measured(rule)
        return ScoreFormulas(
            value=self._unless_claimed('""', value),
            score=self._unless_claimed(self.full, score),
            status=self._unless_claimed(quoted(CLAIMED), status),
        )

    def _unless_claimed(self, claimed: str, otherwise: str) -> str:
        if not self.indicator.may_be_na:
            return otherwise
        claim = f"na_{self.indicator.id}={quoted(YES)}"
        return f"IF(IFERROR(IF({claim},1,0),0)=1,{claimed},{otherwise})"

    def _usable(self, *trees: Expression, rows: bool = True) -> str:
        """All that the expressions, and the rule beside its measure, need is there."""
        needed = self.indicator.needs_rows if rows else ()
        counted = [f"COUNT({_counted(table)})>0" for table in needed]
        return given((*trees, *self.limits), self.name_of, *counted)

    def _value(self) -> str:
        text = '""'
        for tree in reversed(self.measures):
            value = guarded(self._divisions(tree), excel(tree, self.name_of))
            text = f"IF({self._usable(tree)},{value},{text})"
        return text

    def _divisions(self, tree: Expression) -> list[Division]:
        """The divisions of a measure, and those of the limit that it is compared with."""
        trees = (tree, *self.limits)
        return [zero for one in trees for zero in divisions(one, self.name_of)]

    def _held(self, text: str) -> str:
        """The points, held in 0..weight and rounded as the standard says."""
        return final(f"MAX(0,MIN({self.weight},{text}))", self.standard.rounding.places)

    # -- rules that look at a measure

    def _measured(self, rule: OfMeasure) -> tuple[str, str]:
        places = min(places_of(tree) for tree in (*self.measures, *self.limits))
        points = self._held(from_measure(rule, self.weight, self.value_cell, places, self.name_of))
        score = f"IF(ISNUMBER({self.value_cell}),{points},{self._without_value()})"
        zero = self._no_rows(quoted(ZERO_DENOMINATOR))
        lacking = f"&{quoted('或')}&".join(self._lacking(tree) for tree in self.measures)
        any_usable = any_of(self._usable(tree) for tree in self.measures)
        status = self._status(f"IF({any_usable},{zero},{quoted(LACKING)}&{lacking})")
        return score, status

    def _without_value(self) -> str:
        """The score where all inputs are there but a denominator is zero; else nothing."""
        text = '""'
        for measure, tree in reversed(
            list(zip(self.indicator.measures, self.measures, strict=True))
        ):
            zeros = self._divisions(tree)
            if zeros and self.indicator.zero != "insufficient":
                rows = not zero_comes_first(self.standard, self.indicator, measure)
                usable = self._usable(tree, rows=rows)
                text = f"IF({usable},{guarded(zeros, _NOTHING, self._on_zero)},{text})"
        return text

    def _rows_lacking(self, rule: Rows) -> str:
        label = self._table(rule.table).label
        missing = quoted(f"{LACKING}【{label}】有的行没有填全")
        empty = quoted(f"{LACKING}【{label}】没有这一类的行")
        rows = "+".join(f"COUNTIFS({one})" for one in criteria(rule.table, rule.where))
        return unless_unplaced(rule, f"IF({rows}=0,{empty},{missing})", missing)

    def _on_zero(self, division: Division) -> str:
        match self.indicator.zero:
            case "full":
                return self.full
            case "zero_unless_both":
                return f"IF({is_zero(division.numerator)},{self.full},0)"
            case "insufficient":
                return _NOTHING

    def _status(self, without_score: str) -> str:
        """The status in words, given what to say while there is no score."""
        by_rule = quoted(FULL_BY_RULE)
        if self.indicator.zero == "zero_unless_both":
            by_rule = f"IF({self.score_cell}=0,{quoted(NOTHING_BY_RULE)},{by_rule})"
        computed = quoted(COMPUTED)
        measured = not isinstance(self.indicator.rule, Checklist | Rows)
        if measured and self.indicator.zero != "insufficient":
            computed = f"IF(ISNUMBER({self.value_cell}),{computed},{by_rule})"
        return f"IF(ISNUMBER({self.score_cell}),{computed},{without_score})"

    def _no_rows(self, otherwise: str) -> str:
        """What to say of a zero that comes from counting an empty table."""
        counted = {one.id: one.table for one in self.standard.derived if isinstance(one, Count)}
        tables = dict.fromkeys(
            counted[name] for tree in self.measures for name in names(tree) if name in counted
        )
        for table in tables:
            empty = quoted(f"{LACKING}【{self._table(table).label}】")
            otherwise = f"IF(COUNT({_counted(table)})=0,{empty},{otherwise})"
        return otherwise

    def _lacking(self, *trees: Expression) -> str:
        """A formula that lists what is missing, each in brackets."""
        parts = [
            f"IF(COUNT({_counted(table)})>0,{quoted('')},{quoted(f'【{self._table(table).label}】')})"
            for table in self.indicator.needs_rows
        ]
        needed = (*trees, *self.limits)
        for identity in dict.fromkeys(one for tree in needed for one in names(tree)):
            label = f"【{label_of(self.standard, identity)}】"
            is_there = given([Name(identity)], self.name_of)
            parts.append(f"IF({is_there},{quoted('')},{quoted(label)})")
        return "&".join(parts)

    def _table(self, identity: str) -> Table:
        return next(table for table in self.standard.tables if table.id == identity)

    # -- checklists

    def _checklist(self, rule: Checklist) -> tuple[str, str]:
        points, answered, lacking = [], [], []
        for number, item in enumerate(rule.items, start=1):
            cell = input_name(check_id(self.indicator.id, number))
            earning = [YES, NOT_APPLICABLE] if item.may_be_na else [YES]
            earned = any_of(f"{cell}={quoted(word)}" for word in earning)
            allowed = any_of(f"{cell}={quoted(word)}" for word in (*earning, "否"))
            points.append(f"IF({earned},{literal(item.points)},0)")
            answered.append(allowed)
            word = quoted(f"【第{number}项】")
            lacking.append(f"IFERROR(IF({allowed},{quoted('')},{word}),{word})")
        score = f'IFERROR(IF({all_of(answered)},{self._held("+".join(points))},""),"")'
        return score, "&".join(lacking)

    # -- periods

    def _sides(self, rule: Periods) -> list[Expression]:
        """The measure, and what was reached and planned in each period: all that must be there."""
        periods = [parse(text) for one in rule.periods for text in (one.actual, one.planned)]
        return [*self.measures, *periods]

    def _periods(self, rule: Periods) -> tuple[str, str]:
        sides = self._sides(rule)
        zeros = list(
            dict.fromkeys(zero for side in sides for zero in divisions(side, self.name_of))
        )
        met: dict[str, list[str]] = {}
        points: dict[str, Fraction] = {}
        terms = []
        for number, one in enumerate(rule.periods):
            trees = (parse(one.actual), parse(one.planned))
            actual, planned = (excel(tree, self.name_of) for tree in trees)
            if rule.mode == "share":
                share = f"MAX(0,MIN(1,({actual})/({planned})))"
                earned = literal(one.points)
                terms.append(f"IF({is_zero(planned)},{earned},{earned}*{share})")
            else:
                group = one.group or str(number)
                reached, due = (
                    rounded(text, places_of(tree))
                    for text, tree in zip((actual, planned), trees, strict=True)
                )
                met.setdefault(group, []).append(f"{reached}>={due}")
                points[group] = points.get(group, Fraction(0)) + one.points
        terms += [f"IF({all_of(met[one])},{literal(points[one])},0)" for one in met]
        usable = self._usable(*sides)
        earned = guarded(zeros, self._held("+".join(terms)), self._on_zero)
        score = f'IF({usable},{earned},"")'
        lacking = f"{quoted(LACKING)}&{self._lacking(*sides)}"
        status = f"IF({usable},{quoted(ZERO_DENOMINATOR)},{lacking})" if zeros else lacking
        return score, self._status(status)


_NOTHING = '""'


def _counted(table: str) -> str:
    return column_name(table, COUNTED)
