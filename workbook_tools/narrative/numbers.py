"""Numbers as prose writes them: 3,975.53万元, ３９．８亿元, 25.26％, 52名."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

import msgspec

QuantityKind = Literal["money", "share", "count", "bare"]

_UNITS: dict[str, tuple[QuantityKind, int, int]] = {
    "亿元": ("money", 10_000, 1),
    "亿": ("money", 10_000, 1),
    "万元": ("money", 1, 1),
    "万": ("money", 1, 1),
    "元": ("money", 1, 10_000),
    "%": ("share", 1, 100),
}
"""What is measured, and what one is worth in the unit of the workbook, as a fraction."""
_EXACT = Fraction(0)
_COUNTED = {"人": "人", "名": "人", "个": "人", "项": "项", "份": "份", "分": "分"}
"""What is counted, in the unit of the workbook; 个 counts posts (编制54个)."""

NUMBER = (
    r"(?<![\d.])(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
    r"(?:亿元|万元|元|亿(?![\u4e00-\u9fff])|万(?![\u4e00-\u9fff])|%|[人名个项份分](?![\u4e00-\u9fff]))?"
)
"""A number with its unit, in text with half-width digits.

万, 亿 and the counted things are units only where no word goes on: 3万人 is no amount, 6个百分点 no
count. Chinese numerals are not read.
"""
_PARTS = re.compile(r"([\d,，.]+)(\D*)")


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number that was read: ``value`` in 万元, as a part of 1, or as it is counted.

    ``step`` is what one in its last digit is worth. ``unit`` of a count is the workbook's.
    ``round_to`` is a coarser step that trailing zeros may stand for (4000万元), else ``step``.
    """

    measured: QuantityKind
    value: Fraction
    step: Fraction
    unit: str = ""
    round_to: Fraction = _EXACT

    def stands_for(self, exact: Fraction) -> bool:
        """Whether a person may write this for the exact number: rounded, or cut, to its digits."""
        if exact == self.value:
            return True
        if _rounded(exact, self.step) == self.value or exact // self.step * self.step == self.value:
            return True
        near = abs(exact - self.value) <= min(self.round_to / 2, abs(exact) / 50)
        return bool(self.round_to) and near

    @property
    def low(self) -> Fraction:
        """The least number that it may stand for, roundly."""
        return self.value - self.step / 2

    @property
    def high(self) -> Fraction:
        """The greatest number that it may stand for, roundly."""
        return self.value + self.step / 2


def number_of(words: str) -> Number:
    """The number that a text matched by :data:`NUMBER` says."""
    match = _PARTS.fullmatch(words)
    assert match is not None, words
    digits, unit = match[1].replace(",", "").replace("，", ""), match[2]
    whole, _, decimals = digits.partition(".")
    measured, worth, parts = _UNITS.get(unit, ("count" if unit else "bare", 1, 1))
    parts *= 10 ** len(decimals)
    zeros = 0 if decimals else len(whole) - len(whole.rstrip("0"))
    rough = measured == "money" and zeros >= 2
    return Number(
        measured,
        Fraction(int(whole + decimals) * worth, parts),
        Fraction(worth, parts),
        _COUNTED.get(unit, ""),
        Fraction(10**zeros * worth, parts) if rough else _EXACT,
    )


def _rounded(value: Fraction, step: Fraction) -> Fraction:
    """To the next whole step; halves go up, and no amount in prose is negative."""
    return (value / step + Fraction(1, 2)) // 1 * step
