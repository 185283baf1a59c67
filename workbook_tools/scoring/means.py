"""A mean of table rows, written out so that it can be retraced: （甲 95.00% ＋ 乙 100.00%）÷ 2."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from workbook_tools.figures import percent
from workbook_tools.scoring.arithmetic import exact_sum, rounded
from workbook_tools.scoring.model import Evaluation
from workbook_tools.scoring.quantities import mean_terms
from workbook_tools.standard.tables import Mean

_MOST_ROWS = 6
_LONGEST_NAME = 12
_MOST_DECIMALS = 10


def row_shares(evaluation: Evaluation, identity: str) -> list[tuple[str, Fraction]]:
    """The rows that a mean is drawn from, by their names; none where ``identity`` is no mean."""
    mean = next((one for one in evaluation.standard.derived if one.id == identity), None)
    return mean_terms(evaluation.submission, mean) if isinstance(mean, Mean) else []


def written_mean(rows: Sequence[tuple[str, Fraction]], mean: Fraction, decimals: int) -> str:
    """The rows added up and divided, the shares with the decimals that it takes to arrive there.

    ``decimals``: those of the percentage that ``mean`` itself is shown with. Of many rows the first
    few are listed.
    """
    places = next(
        (
            places
            for places in range(decimals, _MOST_DECIMALS)
            if rounded(_mean([rounded(share, places + 2) for _, share in rows]), decimals + 2)
            == rounded(mean, decimals + 2)
        ),
        _MOST_DECIMALS,
    )
    listed = [
        f"{_short(name)} {percent(share, places=places)}" for name, share in rows[:_MOST_ROWS]
    ]
    more = f" 等 {len(rows)} 项" if len(rows) > _MOST_ROWS else ""
    return f"（{' ＋ '.join(listed)}{more}）÷ {len(rows)}"


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return exact_sum(shares) / len(shares)


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME]}…"
