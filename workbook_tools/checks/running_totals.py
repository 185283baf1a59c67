"""Figures of single periods where running totals are asked for: four cells, one misreading.

Each quarter's own figure breaks much at once: it falls, it is below the plan, the last one is not
the year's. All of it is gone when the figures are added up, and that tells what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate, pairwise

import msgspec

from workbook_tools.checks.breaches import breach
from workbook_tools.checks.case import Case
from workbook_tools.checks.needs import sources
from workbook_tools.scoring.quantities import quantities
from workbook_tools.standard.impossible import tolerance
from workbook_tools.standard.model import CrossCheck

_FEWEST = 2  # breaches that tell a misreading from a slip


def tied_to(case: Case, series: CrossCheck) -> list[CrossCheck]:
    """The relations that a series of running totals stands in with other figures."""
    own = set(series.series)
    return [
        one
        for one in case.standard.cross_checks
        if not one.series and one.relation != "differs" and own & _rests_on(case, one)
    ]


def added_up(case: Case, series: CrossCheck) -> Mapping[str, Fraction] | None:
    """The running totals of a series whose figures were given for each period by itself, by field.

    None where the figures, added up, do not agree with all that they stand in relation to, or where
    as they stand they break so little that it may be a slip.
    """
    given = [(one, case.submission.number(one)) for one in series.series]
    numbers = [number for _, number in given if number is not None]
    tied = tied_to(case, series)
    falls = sum(after < before for before, after in pairwise(numbers))
    if len(numbers) < len(given) or not tied or _is_issued(case, series):
        return None
    if falls + _broken(case, tied, case.as_filled) < _FEWEST:
        return None
    totals = dict(zip(series.series, accumulate(numbers), strict=True))
    entries = dict(case.submission.entries)
    for field, total in totals.items():
        most = case.fields[field].max
        if most is not None and total > most:
            return None
        entries[field] = msgspec.structs.replace(entries[field], value=total, raw=str(total))
    submission = msgspec.structs.replace(case.submission, entries=entries)
    mended = quantities(submission, case.evaluation.excluded.difference(totals))
    return None if _broken(case, tied, mended) else totals


def _broken(case: Case, relations: list[CrossCheck], figures: Mapping[str, Fraction | None]) -> int:
    found = ((one, breach(one, figures)) for one in relations)
    return sum(
        how is not None and abs(how.left - how.right) > tolerance(case.standard, one)
        for one, how in found
    )


def _rests_on(case: Case, check: CrossCheck) -> set[str]:
    texts = [text for text in (check.left, check.right) if text]
    return {source for text in texts for source in sources(case.standard, text)}


def _is_issued(case: Case, series: CrossCheck) -> bool:
    return any(one in case.submission.issued for one in series.series)
