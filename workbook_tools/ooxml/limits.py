"""How much a package may hold, and where somebody who needs more says so."""

from __future__ import annotations

import os
import re
from functools import lru_cache

import msgspec

from workbook_tools.errors import WorkbookToolsError

VARIABLE = "WORKBOOK_TOOLS_LIMITS"
"""The environment variable that changes the usual limits, worker processes' included:
``total=400,entry=200,entries=4000,ratio=400``; total and entry in MB, each may be left out."""

MEGABYTE = 1_000_000
_SETTING = re.compile(r"(total|entry|entries|ratio)=([1-9][0-9]{0,8})", re.ASCII)


class LimitsError(WorkbookToolsError, ValueError):
    """The environment variable is not as it should be; the message is a Chinese sentence."""


class Limits(msgspec.Struct, frozen=True):
    """What a package may hold, in bytes, entries, and times its compressed size.

    The defaults lie well above 2,800 honest public workbooks (largest: 60 MB, 1,033 entries,
    ratio 121). The ratio is held only for entries of more than a megabyte.
    """

    total: int = 200 * MEGABYTE
    entry: int = 100 * MEGABYTE
    entries: int = 2000
    ratio: int = 200


def usual_limits() -> Limits:
    """The limits where none are given: the defaults, changed by the environment.

    Raises LimitsError.
    """
    return _parsed(os.environ.get(VARIABLE, ""))


@lru_cache(maxsize=4)
def _parsed(text: str) -> Limits:
    given = {}
    for setting in filter(None, re.split(r"[\s,]+", text)):
        found = _SETTING.fullmatch(setting)
        if found is None:
            raise LimitsError(
                f"环境变量 {VARIABLE} 中的“{setting}”无法识别。"
                "应形如 total=400,entry=200,entries=4000,ratio=400（total、entry 以 MB 计）。"
            )
        in_bytes = MEGABYTE if found[1] in ("total", "entry") else 1
        given[found[1]] = int(found[2]) * in_bytes
    return Limits(**given)
