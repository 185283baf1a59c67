"""How words are compared: spaces, widths, quotes, numbering and the like make no difference."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

_IDLE = re.compile(r"[\s“”\"'‘’「」『』《》、，,。；;:·●○■□◆★☆※*_]")
_NUMBER = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*分?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_POINTS = re.compile(r"(.+)\((\d{1,3}(?:\.\d{1,2})?)分?\)")
_CHINESE = "一二三四五六七八九十"
_STYLES = (
    (1, rf"(?P<a>[{_CHINESE}]{{1,3}})[、.．]"),
    (2, rf"[（(](?P<b>[{_CHINESE}]{{1,3}})[）)][、.．]?"),
    (3, r"(?P<c>\d{1,2})[、.．](?!\d)"),
    (4, r"[（(](?P<d>\d{1,2})[）)][、.．]?"),
    (5, r"(?P<e>\d{1,2})[）)][、.．]?"),
)
_NUMBERING = re.compile("|".join(f"(?P<s{rank}>{style})" for rank, style in _STYLES))
_NOTHING = {"", "/", "\\", "-", "--", "—", "——", "–", "未填", "未填写"}
_INSTRUCTION = re.compile(
    r".*[（(][^（）()]{0,20}\d+\s*字[^（）()]{0,10}[）)][。.]?"  # …(200字以内)
    r"|[（(](?:请|简要|说明|填写|注明|结合|概述|根据)[^（）()]*[）)][。.]?"
    r"|(?:请|简述|概述|简要(?:说明|概述|介绍|分析)|结合[^。]{1,20}(?:分析|说明))[^。；;\d]*[。.]?",
    re.DOTALL,
)
_SHOWN = 60  # characters of the original that a message quotes


class Numbering(NamedTuple):
    """The number before a heading: how high its style ranks (1 is 一、), which it is, the rest."""

    rank: int
    number: int
    rest: str


def plain(text: str) -> str:
    """A text to be compared: half-width, without spaces, quotes and punctuation."""
    return _IDLE.sub("", unicodedata.normalize("NFKC", text)).lower()


def without_points(name: str) -> tuple[str, Fraction | None]:
    """A plain name without the points behind it, and those: 目标设定(5分)."""
    found = _POINTS.fullmatch(name)
    return (found[1], Fraction(found[2])) if found else (name, None)


def bare_number(text: str) -> Fraction | None:
    """The number that a text is, perhaps with 分 behind it; None for anything else."""
    found = _NUMBER.fullmatch(text.strip().translate(_HALF_WIDTH))
    return Fraction(found[1]) if found else None


def numbering(text: str) -> Numbering | None:
    """The number that a text begins with, in one of the styles of official documents."""
    found = _NUMBERING.match(text.lstrip())
    if found is None:
        return None
    rank = next(rank for rank, _ in _STYLES if found[f"s{rank}"])
    written = next(found[group] for group in "abcde" if found[group])
    return Numbering(rank, _worth(written), text.lstrip()[found.end() :].strip())


def _worth(written: str) -> int:
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _CHINESE.index(written[-1]) + 1
    return 10 * (_CHINESE.index(tens[0]) + 1 if tens else 1) + (
        _CHINESE.index(ones[0]) + 1 if ones else 0
    )


def is_blank(text: str) -> bool:
    """Whether a text only says that nothing stands there: —, /, 未填写."""
    return plain(text).rstrip("。.") in _NOTHING


def is_instruction(text: str) -> bool:
    """Whether a text is what a form itself says should be written there."""
    return _INSTRUCTION.fullmatch(text.strip()) is not None


def excerpt(text: str) -> str:
    """The words to quote in a message: one line, cut where it grows long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
