"""A department's text without the figures that the sheets contradict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from workbook_tools.narrative.comparing import Disagreement
from workbook_tools.standard.report_form import PENDING

_NUMBER = r"(?<![\d.])\d+(?:[,，]\d{3})*(?:\.\d+)?(?![\d.])"
_PATTERNS = {
    "share": re.compile(rf"{_NUMBER}[ \u3000]*(?:[%％]|个?百分点)"),
    "amount": re.compile(
        rf"{_NUMBER}(?![ \u3000]*(?:[%％年月日]|个?百分点))"
        r"[ \u3000]*(?:[万亿]?元|[人名个项份辆件次])?"
    ),
}


class Contradicted(NamedTuple):
    """What is contradicted in a text whose placeholders are filled in."""

    text: str
    found: Disagreement


def without(text: str, contradicted: Sequence[Contradicted]) -> str:
    """The text as it was written, ``资料待更正`` in the place of each contradicted figure.

    Where it cannot be told which words those are, nothing of the text is stated.
    """
    places = set()
    for one in contradicted:
        place = _place(text, one)
        if place is None:
            return PENDING
        places.add(place)
    end = len(text)
    for start, stop in sorted(places, reverse=True):
        if stop <= end:  # not within words that are gone already
            text, end = f"{text[:start]}{PENDING}{text[stop:]}", start
    return text


def _place(text: str, contradicted: Contradicted) -> tuple[int, int] | None:
    """Where the figure stands in the text as written: the number, else all the words about it."""
    filled, found = contradicted
    start, end = found.start, found.end
    pattern = _PATTERNS.get(found.kind)
    numbers = list(pattern.finditer(filled, start, end)) if pattern else []
    if len(numbers) == 1:
        start, end = numbers[0].span()
    words = filled[start:end]
    if text.count(words) != filled.count(words):
        return None
    at = text.index(words)
    for _ in range(filled.count(words, 0, start)):
        at = text.index(words, at + len(words))
    return at, at + len(words)
