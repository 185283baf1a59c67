"""Target and actual values as forms write them: ≥95%, 30户, 不超过12万元, 优良."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from workbook_tools.importing.forms.words import form_words
from workbook_tools.standard.contract import FULL_WIDTH

Direction = Literal["at_least", "at_most", "equal"]
_DIRECTIONS: tuple[Direction, ...] = ("at_least", "at_most", "equal")
_DIGIT = re.compile(r"[\d０-９]")
PERCENT = "%"
MONEY = frozenset({"元", "万元", "亿元"})


class Quantity(NamedTuple):
    """A number as it is written (95 of 95%), its unit ("" where none stands) and its direction."""

    number: Fraction
    unit: str
    direction: Direction | None

    @property
    def value(self) -> Fraction:
        """The number as a cell of the template has it: 0.95 of 95%."""
        return self.number / 100 if self.unit == PERCENT else self.number


def quantity(text: str) -> Quantity | None:
    """The quantity that a text is, and nothing beside; None for anything else."""
    words = "".join(text.split()).translate(FULL_WIDTH)
    found = _pattern().fullmatch(words)
    if found is None:
        return None
    told = {_direction("before", found["before"]), _direction("after", found["after"])} - {None}
    if len(told) > 1 or (found["unit"] in form_words()["moments"] and not told):
        return None
    number = Fraction(found["number"].replace(",", ""))
    return Quantity(number, found["unit"], told.pop() if told else None)


def is_in_words(text: str) -> bool:
    """Whether a target is words alone, so that no number measures it."""
    return not _DIGIT.search(text) and re.search(r"[\u4e00-\u9fff]", text) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = form_words()
    before = _any(one for way in _DIRECTIONS for one in words[way]["before"])
    after = _any(one for way in _DIRECTIONS for one in words[way]["after"])
    unit = _any([*words["units"], PERCENT, "‰"])
    return re.compile(
        rf"(?P<before>{before})?(?P<number>(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}})(?:\.\d{{1,6}})?)"
        rf"(?P<unit>{unit}|)(?P<after>{after})?"
    )


def _any(words: object) -> str:
    listed = sorted(map(str, words), key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(map(re.escape, listed))


def _direction(side: str, word: str | None) -> Direction | None:
    return next((one for one in _DIRECTIONS if word in form_words()[one][side]), None)
