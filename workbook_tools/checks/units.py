"""Amounts that seem to be written in 元 where 万元 is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from workbook_tools.checks.finding import Finding
from workbook_tools.checks.words import quoted
from workbook_tools.figures import amount, shown
from workbook_tools.scoring.model import Evaluation
from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.scale import parts

UNIT_LOOKS_WRONG = "unit-looks-wrong"
_HUNDRED_MILLION = 10_000  # 万元 in a 亿元
_MANY = 5  # amounts in 元, of which nobody typed each by mistake


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


def doubtful_amounts(evaluation: Evaluation) -> frozenset[str]:
    """The fields whose amounts are not to be stated: those suspected, or all of a table in 元."""
    suspected = suspects(evaluation)
    if all_in_yuan(evaluation, suspected):
        return frozenset((*suspected, *_own_amounts(evaluation)))
    return frozenset(suspected)


def _own_amounts(evaluation: Evaluation) -> list[str]:
    """The fields of the amounts above zero that the bureau did not fill in."""
    submission = evaluation.submission
    return [
        one.id
        for one in fields(evaluation.standard).values()
        if one.type == "money" and one.id not in submission.issued and submission.number(one.id)
    ]


def suspects(evaluation: Evaluation) -> dict[str, str]:
    """The fields whose amount seems to be in 元, each with the reason in words.

    Those that are out of scale, which the engine does not use (:func:`.scoring.scale.in_yuan`),
    those that are so beside the largest amount that the bureau issued, with which they share no
    measure, and parts above every whole. If none is, the first amount that the standard calls
    implausible: then the whole sheet is probably in 元, and what is measured comes out the same.
    """
    standard = evaluation.standard
    beside = {**_beside_what_was_issued(evaluation), **evaluation.in_yuan}
    submission, found = evaluation.submission, _above_every_whole(evaluation)
    for identity, other in beside.items():
        number, largest = submission.number(identity), submission.number(other)
        assert number is not None
        assert largest
        found[identity] = (
            f"约为{quoted(name_of(standard, other))}（{shown(largest, 'money')} 万元）"
            f"的 {float(number / largest):,.0f} 倍"
        )
    most = standard.tolerances.implausible_amount
    if not found and most is not None:
        for field in fields(standard).values():
            figure = submission.number(field.id)
            if field.type == "money" and figure is not None and figure >= most:
                reason = f"超过 {amount(most / _HUNDRED_MILLION)} 亿元，超出一个县级部门的规模"
                return {field.id: f"{reason}，同表的其他金额也请一并核对"}
    return found


def _above_every_whole(evaluation: Evaluation) -> dict[str, str]:
    """The small parts of spending that exceed all other amounts, each with the reason in words.

    A grid that is in 元 from end to end agrees with itself, so that its rates are right; but none
    of its amounts, an expense for receptions, say, can be more than the department's whole budget.
    """
    submission, scale = evaluation.submission, evaluation.standard.tolerances.scale
    amounts = _amounts(evaluation)
    small = parts(evaluation.standard)
    whole = max((one for one in amounts if one not in small), key=amounts.__getitem__, default="")
    if scale is None or not whole or amounts[whole] <= 0:
        return {}
    reason = (
        f"超过表中其他所有金额（最大的{quoted(name_of(evaluation.standard, whole))}"
        f"为 {shown(amounts[whole], 'money')} 万元）"
    )
    least = max(scale.least, amounts[whole])
    return {
        one: reason
        for one, figure in amounts.items()
        if one in small and figure > least and one not in submission.issued
    }


def _amounts(evaluation: Evaluation) -> dict[str, Fraction]:
    """The amounts that are usable, 万元, by field."""
    return {
        one.id: figure
        for one in fields(evaluation.standard).values()
        if one.type == "money" and (figure := evaluation.submission.number(one.id)) is not None
    }


def _beside_what_was_issued(evaluation: Evaluation) -> dict[str, str]:
    """The department's amounts out of scale beside the largest issued one, each with that one.

    Both amounts of a pair may be in 元; then their rate is right, and only this tells.
    """
    submission, scale = evaluation.submission, evaluation.standard.tolerances.scale
    if scale is None or not submission.issued:
        return {}
    amounts = _amounts(evaluation)
    issued = [one for one in amounts if one in submission.issued and amounts[one] > 0]
    if not issued:
        return {}
    largest = max(issued, key=lambda one: amounts[one])
    least = max(scale.least, scale.times * amounts[largest])
    return {one: largest for one, figure in amounts.items() if figure >= least}
