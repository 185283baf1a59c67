"""What an expression of a standard is worth for a department, from what is on record of it."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.consolidation.round.departments import Department, counting
from workbook_tools.scoring.arithmetic import ZeroDenominatorError, worth
from workbook_tools.standard import Standard
from workbook_tools.standard.expression import ids, parse
from workbook_tools.standard.tables import Formula


def quantity(standard: Standard, item: Department, text: str) -> Fraction | None:
    """The exact value; None where something that it rests on is not there, or a divisor is 0.

    Ids are inputs, derived formulas and indicators, which stand for the share of their points.
    """
    figures = {name: _figure(standard, item, name) for name in ids(text)}
    if None in figures.values():
        return None
    try:
        return worth(parse(text), figures)
    except ZeroDenominatorError:
        return None


def point_share(item: Department, indicator: str) -> Fraction | None:
    """The share of an indicator's points that count; None while insufficient."""
    score = item.record.scores.get(indicator)
    points = counting(score) if score else None
    return None if score is None or points is None else points / Fraction(score.weight)


def looked_at(standard: Standard) -> frozenset[str]:
    """The ids of all that comparing departments rests on in the end, with others and over years."""
    peers = standard.peers
    continued = frozenset(field for one in standard.continues for field in (one.was, one.now))
    if peers is None:
        return continued
    texts = [peers.size, *(one.of for one in peers.ratios)]
    texts += [sign.of for one in peers.suspects for sign in one.signs]
    fields = (field for one in peers.suspects for field in (*one.filled, *one.blank))
    return continued.union(fields, *(_rests_on(standard, text) for text in texts))


def _rests_on(standard: Standard, text: str) -> frozenset[str]:
    formulas = _formulas(standard)
    found: frozenset[str] = frozenset()
    for name in ids(text):
        found |= _rests_on(standard, formulas[name]) if name in formulas else {name}
    return found


def _figure(standard: Standard, item: Department, name: str) -> Fraction | None:
    formulas = _formulas(standard)
    if name in formulas:
        return quantity(standard, item, formulas[name])
    if name in item.record.scores:
        return point_share(item, name)
    return item.fact(name)


def _formulas(standard: Standard) -> dict[str, str]:
    return {one.id: one.formula for one in standard.derived if isinstance(one, Formula)}
