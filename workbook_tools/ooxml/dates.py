"""Dates as serial numbers and back (ECMA-376 part 1, 18.17.4.1).

In the 1900 system day 1 is 1 January 1900 and there is a day 60, 29 February 1900, that never
was; in the 1904 system day 0 is 1 January 1904.
"""

from __future__ import annotations

import math
from datetime import datetime, time, timedelta

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_PHANTOM = 60
_LAST = 2_958_466
"""The day after 31 December 9999 in the 1900 system."""


def from_serial(serial: float, *, date1904: bool = False) -> datetime:
    """The moment that a serial number means, to the millisecond.

    Raises ValueError for a negative number, one beyond the year 9999, and the day that never was.
    """
    if not (math.isfinite(serial) and 0 <= serial < _LAST):
        raise ValueError(f"{serial} is no date")
    moment = timedelta(milliseconds=round(serial * 86_400_000))
    if date1904:
        return _EPOCH_1904 + moment
    if int(serial) == _PHANTOM:
        raise ValueError("29 February 1900 never was")
    return _EPOCH_1900 + moment + timedelta(days=serial < _PHANTOM)


def to_serial(moment: datetime, *, date1904: bool = False) -> float:
    """The serial number of a moment without time zone."""
    if date1904:
        return (moment - _EPOCH_1904) / timedelta(days=1)
    serial = (moment - _EPOCH_1900) / timedelta(days=1)
    return serial - 1 if serial <= _PHANTOM else serial


def iso_to_serial(text: str, *, date1904: bool = False) -> float:
    """The serial number of an ISO 8601 date, date and time, or time of day. Raises ValueError."""
    text = text.strip()
    if "-" in text[1:]:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
        return to_serial(moment, date1904=date1904)
    clock = time.fromisoformat(text)
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / 86_400
