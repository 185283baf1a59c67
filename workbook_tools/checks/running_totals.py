"""Figures of single periods where running totals are asked for: four cells, one misreading.

Each quarter's own figure breaks much at once: it falls, it is below the plan, the last one is not
the year's. All of it is gone when the figures are added up, and that tells what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate, pairwise

import msgspec

from workbook_tools.checks.needs import sources
from workbook_tools.scoring.model import Evaluation
from workbook_tools.scoring.quantities import quantities
from workbook_tools.scoring.relations import is_broken
from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import CrossCheck, Standard

_FEWEST = 2  # breaches that tell a misreading from a slip


def added_up(
    evaluation: Evaluation, as_filled: Mapping[str, Fraction | None], series: CrossCheck
) -> Mapping[str, Fraction]:
    """The running totals of a series whose figures were given for each period by itself, by field.

    ``as_filled``: all figures with those that cannot be used beside the others. Nothing where the
    figures, added up, do not agree with all that they stand in relation to, or where as they stand
    they break so little that it may be a slip.
    """
    submission, standard = evaluation.submission, evaluation.standard
    given = [submission.number(one) for one in series.series]
    numbers = [number for number in given if number is not None]
    if len(numbers) < len(given) or any(one in submission.issued for one in series.series):
        return {}
    tied = _tied_to(standard, series)
    falls = sum(after < before for before, after in pairwise(numbers))
    broken = sum(is_broken(standard, one, as_filled) for one in tied)
    totals = dict(zip(series.series, accumulate(numbers), strict=True))
    if not tied or falls + broken < _FEWEST or not _are_in_range(standard, totals):
        return {}
    entries = dict(submission.entries)
    for field, total in totals.items():
        entries[field] = msgspec.structs.replace(entries[field], value=total, raw=str(total))
    mended = quantities(
        msgspec.structs.replace(submission, entries=entries),
        evaluation.excluded.difference(totals),
    )
    return {} if any(is_broken(standard, one, mended) for one in tied) else totals


def _tied_to(standard: Standard, series: CrossCheck) -> list[CrossCheck]:
    """The relations that a series of running totals stands in with other figures."""
    own = set(series.series)
    return [
        one
        for one in standard.cross_checks
        if not one.series
        and one.relation != "differs"
        and any(own & sources(standard, text) for text in (one.left, one.right))
    ]


def _are_in_range(standard: Standard, totals: Mapping[str, Fraction]) -> bool:
    known = fields(standard)
    return all(
        (most := known[field].max) is None or total <= most for field, total in totals.items()
    )
