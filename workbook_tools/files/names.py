"""File names that every system takes, made from texts that people typed; and their order."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 180
"""Bytes of a name in UTF-8: 60 Chinese characters. Linux holds 255, and Windows 260 characters of
the whole path."""
LOCKS = ("~$", ".~")
"""How the names of lock files begin, which programs put beside an open one: Excel's, and those of
WPS (.~name.xlsx) and LibreOffice (.~lock.name.xlsx#)."""

_DIGITS = re.compile(r"(\d+)")

# What Windows forbids, and control, format and half characters that nobody would see.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
# Names of devices, with any extension. Windows takes superscript digits for digits here.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.I)


def safe_name(text: str) -> str:
    """The text as a part of a path on Windows, macOS and Linux; "_" where nothing is left of it."""
    seen = "".join(one for one in text if unicodedata.category(one) not in _UNSEEN)
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", seen)).strip()
    name = _cut(name, LONGEST).rstrip(". ")  # Windows drops them without a word
    return f"_{name}" if not name or _RESERVED.match(name) else name


def distinct(name: str, taken: set[str]) -> str:
    """The name, numbered where another has it already, in capitals or not; it is then taken too."""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        free = _cut(name, LONGEST - len(suffix)).rstrip(". ") + suffix
    taken.add(free.casefold())
    return free


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which numbers inside texts count as numbers."""
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
        for piece in _DIGITS.split(text)
        if piece
    )


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
