"""The department's own scores, each beside ours: of indicators, and of rows of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import msgspec

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.own_rows import OwnRow, own_rows
from workbook_tools.scoring import Result, explain_result, explain_row, under_readings
from workbook_tools.standard.contract import own_from_rows
from workbook_tools.standard.model import Alternative


class Claim(msgspec.Struct, frozen=True):
    """A score that the department gave itself, in ``slot``, of at most ``most`` points.

    ``ours`` is None where ours cannot be computed. ``reason``: where lost points are explained.
    ``explain`` gives our calculation in words, ``read`` our score under another reading.
    """

    slot: Slot
    own: Fraction
    most: Fraction
    ours: Fraction | None
    indicator: str
    reason: Slot | None
    explain: Callable[[], str]
    read: Callable[[Result], Fraction | None]
    in_doubt: bool = False

    @property
    def differs(self) -> bool:
        """Both scores are there, theirs is possible, and they are not the same."""
        possible = 0 <= self.own <= self.most and not self.in_doubt
        return possible and self.ours not in (None, self.own)


def claims(case: Case) -> Iterator[Claim]:
    """Every usable score that the department gave itself, in the order of the standard."""
    indicators = {one.id: one for one in case.standard.indicators}
    for result in case.evaluation.results.values():
        if own_from_rows(indicators[result.indicator]):
            for row in own_rows(case, result.indicator):
                if (slot := row.own) is not None and (own := slot.entry.number) is not None:
                    yield _of_row(case, row, slot, own)
        else:
            slot = case.slot(f"self_{result.indicator}")
            if (own := slot.entry.number) is not None:
                yield _of_indicator(case, slot, own, result)


def reading_of(case: Case, claim: Claim) -> Alternative | None:
    """The recorded reading of the rule that gives exactly the score claimed, if one does."""
    indicator = next(one for one in case.standard.indicators if one.id == claim.indicator)
    if not indicator.alternatives:
        return None
    found = under_readings(case.evaluation, indicator)
    tolerance = case.standard.tolerances.score
    for one in indicator.alternatives:
        score = claim.read(found[one.id])
        if score is not None and abs(score - claim.own) < tolerance:
            return one
    return None


def _of_indicator(case: Case, slot: Slot, own: Fraction, result: Result) -> Claim:
    return Claim(
        slot=slot,
        own=own,
        most=case.fields[f"self_{result.indicator}"].max or result.weight,
        ours=result.score,
        indicator=result.indicator,
        reason=case.slot(f"reason_{result.indicator}"),
        explain=lambda: explain_result(case.evaluation, result.indicator),
        read=lambda other: other.score,
    )


def _of_row(case: Case, row: OwnRow, slot: Slot, own: Fraction) -> Claim:
    result = row.result
    return Claim(
        slot=slot,
        own=own,
        most=own if result.points is None else result.points,
        ours=result.score,
        indicator=row.indicator.id,
        reason=row.reason,
        explain=lambda: explain_row(case.evaluation, row.indicator.id, result),
        read=lambda other: next(
            (one.score for one in other.rows if one.number == result.number), None
        ),
        in_doubt=row.percent_slip is not None,
    )
