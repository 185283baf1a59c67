"""Amounts that seem to be written in 元 where 万元 is asked for."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.checks.finding import Finding
from workbook_tools.checks.words import quoted
from workbook_tools.figures import amount, shown
from workbook_tools.scoring.model import Evaluation
from workbook_tools.scoring.scale import in_yuan
from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.scale import within_year
from workbook_tools.standard.sums import compositions, money_grids

UNIT_LOOKS_WRONG = "unit-looks-wrong"
_HUNDRED_MILLION = 10_000  # 万元 in a 亿元
_MANY = 5  # amounts in 元, of which nobody typed each by mistake


class Misreading(NamedTuple):
    """Amounts in 元 that one misreading explains, and of what it is in words; "" of one alone."""

    fields: tuple[str, ...]
    of: str


class Excess(NamedTuple):
    """An amount, 万元, and in words what is said of one that exceeds it."""

    most: Fraction
    reason: str


def has_doubtful_amounts(findings: Iterable[Finding], standard: Standard) -> bool:
    """Whether these findings suspect an amount to be in 元: no sum should count it."""
    known = fields(standard)
    found = (known.get(one.field) for one in findings if one.name == UNIT_LOOKS_WRONG)
    return any(field is not None and field.type == "money" for field in found)


def all_in_yuan(evaluation: Evaluation, suspected: Collection[str]) -> bool:
    """Whether so many of the department's own amounts are suspected that the whole table is in 元.

    ``suspected``: the fields of :func:`suspects`.
    """
    return len(suspected) >= _MANY and 2 * len(suspected) >= len(_own_amounts(evaluation))


def misreadings(evaluation: Evaluation, suspected: Collection[str]) -> tuple[Misreading, ...]:
    """The suspected amounts (:func:`suspects`) by what was misread.

    That is the whole sheet, a row or a column of a grid, or one amount alone.
    """
    if all_in_yuan(evaluation, suspected):
        return (Misreading(tuple(suspected), "整张表"),)
    own, found = set(_own_amounts(evaluation)), dict[str, Misreading]()
    alike = {*suspected, *_typed_alike(evaluation, suspected, own)}
    for grid in evaluation.standard.grids:
        lines = [
            ([grid.field(row, column) for column in grid.columns], f"{quoted(row.label)}一行")
            for row in grid.rows
        ]
        lines += [
            ([grid.field(row, column) for row in grid.rows], f"{quoted(column.label)}一栏")
            for column in grid.columns
        ]
        for line, words in lines:
            cells = tuple(one for one in line if one in own)
            unusable = not evaluation.in_yuan.keys().isdisjoint(cells)
            if unusable and len(cells) > 1 and alike.issuperset(cells):
                found |= dict.fromkeys(cells, Misreading(cells, words))
    alone = (found.get(one, Misreading((one,), "")) for one in suspected)
    return tuple(dict.fromkeys(alone))


def doubtful_amounts(evaluation: Evaluation) -> frozenset[str]:
    """The fields whose amounts are not to be stated: those suspected, or all of a table in 元.

    In a column of a grid, also those that are of one scale with a suspected one; so it is with all
    amounts, where none is out of scale beside the others and one is implausible.
    """
    suspected = suspects(evaluation)
    if not suspected:
        return frozenset()
    own = _own_amounts(evaluation)
    if all_in_yuan(evaluation, suspected):
        return frozenset((*suspected, *own))
    alike = {*_typed_alike(evaluation, suspected, own), *_as_implausible(evaluation, suspected)}
    return frozenset(alike.union(suspected))


def _as_implausible(evaluation: Evaluation, suspected: Collection[str]) -> Iterator[str]:
    """The amounts of the size of one that no department has: the sheet is probably in 元."""
    tolerances, amounts = evaluation.standard.tolerances, _amounts(evaluation)
    largest = max(amounts[one] for one in suspected)
    most, scale = tolerances.implausible_amount, tolerances.scale
    if most is not None and scale is not None and largest >= most and not evaluation.in_yuan:
        own = _own_amounts(evaluation)
        yield from (one for one in own if amounts[one] * scale.times > largest)


def _typed_alike(
    evaluation: Evaluation, suspected: Collection[str], own: Collection[str]
) -> Iterator[str]:
    """The ``own`` amounts that were typed in the unit of a suspected one in their column of a grid.

    They are parts that add up to it as they stand, or no smaller than a part of it that amounts
    which stand together may be (``tolerances.scale``).
    """
    standard, amounts = evaluation.standard, _amounts(evaluation)
    scale, sums = standard.tolerances.scale, compositions(standard)
    for grid in money_grids(standard):
        for column in grid.columns:
            cells = {grid.field(row, column) for row in grid.rows}
            others = cells.intersection(own).difference(suspected)
            for one in cells.intersection(suspected):
                parts = (sum_.parts for sum_ in sums if sum_.whole == one)
                yield from others & _adding_up(parts, amounts[one], amounts)
                if scale is not None:
                    yield from (
                        part for part in others if amounts[part] * scale.times > amounts[one]
                    )


def _adding_up(
    sums: Iterable[Collection[str]], whole: Fraction, amounts: Mapping[str, Fraction]
) -> set[str]:
    """The parts of those sums that give the whole."""
    return {
        part
        for parts in sums
        if sum((amounts.get(one, Fraction(0)) for one in parts), Fraction(0)) == whole
        for part in parts
    }


def _own_amounts(evaluation: Evaluation) -> list[str]:
    """The fields of the amounts above zero that the bureau did not fill in."""
    issued = evaluation.submission.issued
    return [one for one, figure in _amounts(evaluation).items() if figure and one not in issued]


def suspects(evaluation: Evaluation) -> dict[str, str]:
    """The fields whose amount seems to be in 元, each with the reason in words.

    Those that are out of scale, which the engine does not use (:func:`.scoring.scale.in_yuan`),
    those that would be had the bureau issued nothing, those that are so beside the largest amount
    that it issued, with which they share no measure, and those of a year's parts that are larger
    than all that is left (``tolerances.within_year``). If none is, the first amount that the
    standard calls implausible: then the whole sheet is probably in 元, and what is measured comes
    out the same.
    """
    standard = evaluation.standard
    amounts = _amounts(evaluation)
    issued = evaluation.submission.issued
    unissued = in_yuan(standard, amounts) if issued else {}
    alone = {one: by for one, by in unissued.items() if one not in issued}
    beside = {**alone, **_beside_what_was_issued(evaluation, amounts), **evaluation.in_yuan}
    found = {
        one: f"约为{_named(standard, by, amounts)}的 {float(amounts[one] / amounts[by]):,.0f} 倍"
        for one, by in beside.items()
    }
    if year := above_the_year(evaluation, found):
        parts = within_year(standard) - found.keys() - issued.keys()
        found |= {one: year.reason for one in parts & amounts.keys() if amounts[one] > year.most}
    most = standard.tolerances.implausible_amount
    if not found and most is not None:
        for field, figure in amounts.items():
            if figure >= most and field not in issued:  # those are told by differs-from-issued
                reason = f"超过 {amount(most / _HUNDRED_MILLION)} 亿元，超出一个县级部门的规模"
                return {field: f"{reason}，同表的其他金额也请一并核对"}
    return {one: found[one] for one in amounts if one in found}


def above_the_year(evaluation: Evaluation, suspected: Container[str]) -> Excess | None:
    """What no part of a year's money is larger than; None where there is no amount to tell by.

    So it is where the standard names no such parts. ``suspected``: the fields of amounts that are
    in doubt themselves.
    """
    if not (parts := within_year(evaluation.standard)):
        return None
    amounts = _amounts(evaluation)
    trusted = [one for one in amounts if one not in parts and one not in suspected]
    whole = max(trusted, key=amounts.__getitem__, default="")
    if not whole or amounts[whole] <= 0:
        return None
    named = _named(evaluation.standard, whole, amounts)
    return Excess(amounts[whole], f"比其余金额中最大的{named}还大")


def _named(standard: Standard, identity: str, amounts: Mapping[str, Fraction]) -> str:
    return f"{quoted(name_of(standard, identity))}（{shown(amounts[identity], 'money')} 万元）"


def _amounts(evaluation: Evaluation) -> dict[str, Fraction]:
    """The amounts that are usable, 万元, by field."""
    return {
        one.id: figure
        for one in fields(evaluation.standard).values()
        if one.type == "money" and (figure := evaluation.submission.number(one.id)) is not None
    }


def _beside_what_was_issued(
    evaluation: Evaluation, amounts: Mapping[str, Fraction]
) -> dict[str, str]:
    """The department's amounts out of scale beside the largest issued one, each with that one.

    Both amounts of a pair may be in 元; then their rate is right, and only this tells.
    """
    issued_ones, scale = evaluation.submission.issued, evaluation.standard.tolerances.scale
    issued = [one for one in amounts if one in issued_ones and amounts[one] > 0]
    if scale is None or not issued:
        return {}
    largest = max(issued, key=amounts.__getitem__)
    least = max(scale.least, scale.times * amounts[largest])
    return {one: largest for one, figure in amounts.items() if figure >= least}
