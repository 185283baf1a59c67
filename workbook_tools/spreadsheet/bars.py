"""Where the axis of a chart of bars begins, so that differences can be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence

_CLOSE = 0.6  # of the greatest value: above it, bars from 0 look alike


def start(values: Sequence[float]) -> float:
    """Where the axis of bars begins: at 0, or below the least where all are close together.

    Bars of 98.6 % and 99.2 % look alike from 0; from 98 % on they do not. Differences of less than
    a twentieth of the greatest value are not blown up to the whole height.
    """
    if not values:
        return 0.0
    least, most = min(values), max(values)
    if least <= 0 or least < _CLOSE * most or least == most:
        return 0.0
    spread = max(most - least, most / 20)
    step = 10.0 ** math.floor(math.log10(spread))
    return max(0.0, round(math.floor((least - spread / 4) / step) * step, 12))
