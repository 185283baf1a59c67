"""How the code and the name of a unit are compared, whatever program or hand wrote them.

A code travels through Excel, WPS, mail and libraries: it comes back with blanks or characters that
nobody sees, in full-width digits, as the number ``208001.0``, or without its leading zeros. Reader,
roster, duplicates, parents and rounds ask this module, so that it is one unit for all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from workbook_tools.standard.contract import FULL_WIDTH
from workbook_tools.standard.known_fields import PARENT_CODE, UNIT_CODE

CODE_FIELDS = (UNIT_CODE, PARENT_CODE)
"""The ids of the inputs that hold the code of a unit."""

_UNSEEN = ("Cc", "Cf")
_BLANK = ("Zs", "Zl", "Zp")
_AS_NUMBER = re.compile(r"(\d+)\.0+", re.ASCII)


def bare(text: str) -> str:
    """The text without blanks and characters that nobody sees, full-width forms as usual ones."""
    if text.isascii() and text.isalnum():
        return text
    gone = (*_UNSEEN, *_BLANK)
    kept = (one for one in text if unicodedata.category(one) not in gone)
    return "".join(kept).translate(FULL_WIDTH)


def unit_code(text: str) -> str:
    """A code as it is meant: ``bare``, and ``208001.0`` is ``208001``."""
    code = bare(text)
    number = _AS_NUMBER.fullmatch(code)
    return number[1] if number else code


def without_zeros(code: str) -> str:
    """A code as a program leaves it that takes it for a number: ``002`` is ``2``."""
    return code.lstrip("0") or code


def oddities(text: str) -> tuple[str, ...]:
    """What in a code as it was written is not part of it, in Chinese words."""
    kinds = {unicodedata.category(one) for one in text}
    found = {
        "有看不见的字符": not kinds.isdisjoint(_UNSEEN),
        "有空格": not kinds.isdisjoint(_BLANK),
        "有全角字符": any(ord(one) in FULL_WIDTH for one in text),
        "带有小数点": bool(_AS_NUMBER.fullmatch(bare(text))),
    }
    return tuple(words for words, there in found.items() if there)


class Codes:
    """Codes that are known, and the one among them that a code as written stands for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        short = Counter(map(without_zeros, self._known))
        self._short = {without_zeros(code): code for code in self._known}
        self._shared = frozenset(code for code, number in short.items() if number > 1)

    def find(self, code: str) -> str:
        """The same code, else the only one that differs in leading zeros; "" where none does."""
        if code in self._known:
            return code
        short = without_zeros(code)
        return "" if not code or short in self._shared else self._short.get(short, "")
