"""The department's own scores, each beside ours: of indicators, and of rows of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import msgspec

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.own_rows import OwnRowResult, own_rows
from workbook_tools.scoring import Result, explain_result, explain_row, under_readings
from workbook_tools.scoring.rows import is_spoilt
from workbook_tools.standard.contract import own_from_rows
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Alternative
from workbook_tools.submission.model import Entry


class SelfScore(msgspec.Struct, frozen=True):
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

    @property
    def differs(self) -> bool:
        """Both scores are there, theirs is possible, and they are not the same."""
        return 0 <= self.own <= self.most and self.ours not in (None, self.own)


def claims(case: Case) -> Iterator[SelfScore]:
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


def remedies(case: Case, claim: SelfScore) -> tuple[str, ...]:
    """What is to be done with the data of a score that cannot be computed: 补全, 改正, or 核对.

    That is: to fill in what is blank, to put right what cannot be used; else what is there, such as
    a divisor of 0, is to be looked at.
    """
    if claim.slot.row is not None:
        assert claim.slot.table is not None
        row, table = claim.slot.row, claim.slot.table
        wrong = any(one.unusable or is_spoilt(table, id, row) for id, one in row.entries.items())
        return ("改正",) if wrong else ("补全",)
    tables, found = case.submission.tables, case.submission.entries
    excluded = case.evaluation.excluded
    blank = unusable = False
    for source in case.lacking_of(claim.indicator):
        if source in found:
            entry = found[source]
            wrong = entry.unusable or source in excluded
            unusable, blank = unusable or wrong, blank or (entry.blank and not wrong)
        elif source in tables:
            blank = blank or not case.submission.counted_rows(source)
        elif cell := _table_cell(case, source):
            unusable, blank = unusable or not cell.blank, blank or cell.blank
    if unusable and _was_measured_otherwise(case, claim.indicator):
        blank = False  # one way to measure was chosen, so nobody misses the other
    verbs = {"补全": blank, "改正": unusable}
    return tuple(verb for verb, holds in verbs.items() if holds) or ("核对",)


def _was_measured_otherwise(case: Case, identity: str) -> bool:
    """Whether what cannot be used belongs to another measure than the indicator's first."""
    indicator = next(one for one in case.standard.indicators if one.id == identity)
    entries = case.submission.entries
    others = [name for text in indicator.measures[1:] for name in names(parse(text))]
    return any(name in entries and entries[name].unusable for name in others)


def _table_cell(case: Case, source: str) -> Entry | None:
    """The cell of a table that a source names (``kpis.target[13]``)."""
    place, _, number = source.rstrip("]").partition("[")
    table, _, column = place.partition(".")
    rows = case.submission.tables.get(table, ()) if number else ()
    return next((row.entries[column] for row in rows if str(row.number) == number), None)


def reading_of(case: Case, claim: SelfScore) -> Alternative | None:
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


def _of_indicator(case: Case, slot: Slot, own: Fraction, result: Result) -> SelfScore:
    return SelfScore(
        slot=slot,
        own=own,
        most=case.fields[f"self_{result.indicator}"].max or result.weight,
        ours=result.score,
        indicator=result.indicator,
        reason=case.slot(f"reason_{result.indicator}"),
        explain=lambda: explain_result(case.evaluation, result.indicator),
        read=lambda other: other.score,
    )


def _of_row(case: Case, row: OwnRowResult, slot: Slot, own: Fraction) -> SelfScore:
    result = row.result
    return SelfScore(
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
    )
