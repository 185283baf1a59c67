"""Characters that nobody sees: what remains without them, and what they are called."""

from __future__ import annotations

import unicodedata

from workbook_tools.standard.contract import BLANKS, FULL_WIDTH

_NAMES = {
    "\u00a0": "不间断空格",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字符",
    "\u200d": "零宽连字符",
    "\u2060": "零宽连字符",
    "\ufeff": "零宽空格",
}
_DIRECTION = "文字方向标记"
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def seen(text: str) -> str:
    """The text as it looks: without what is invisible, every kind of space a plain one."""
    return "".join(
        " " if unicodedata.category(one) in ("Zs", "Cc") else one
        for one in text
        if unicodedata.category(one) != "Cf"
    ).strip()


def bare(text: str) -> str:
    """The text as :func:`seen`, its full-width letters, digits and signs as usual ones.

    Nothing else is folded: ① and ² are no digits of a number.
    """
    return seen(text).translate(FULL_WIDTH)


def unseen(text: str) -> tuple[str, ...]:
    """What the invisible characters of a text are called, each kind once; no ordinary spaces."""
    return tuple(dict.fromkeys(name for one in text if (name := _name(one))))


def _name(one: str) -> str:
    if one in _DIRECTIONS:
        return _DIRECTION
    match unicodedata.category(one):
        case "Zs" if one not in BLANKS:
            return "特殊宽度的空格"
        case "Cf":
            return _NAMES.get(one, "不可见的控制符")
        case "Cc" if one not in "\t\r\n":
            return "不可见的控制符"
        case _:
            return _NAMES.get(one, "")
