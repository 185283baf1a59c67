"""Text as it is read: half-width digits, and no quotation marks, which stand where people like."""

from __future__ import annotations

import re

_QUOTES = "“”‘’\"'"
_OTHERWISE = re.compile(f"[０-９．％{_QUOTES}]")
_READ_AS = str.maketrans("０１２３４５６７８９．％", "0123456789.%", _QUOTES)


def plain(text: str) -> str:
    """The text as it is read: ``“三公”经费３％`` is ``三公经费3%``."""
    return text.translate(_READ_AS) if _OTHERWISE.search(text) else text  # translating is slow


def original_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where in the text ``plain(text)[start:end]`` stands (at least one character)."""
    kept = [place for place, one in enumerate(text) if one not in _QUOTES]
    return kept[start], kept[end - 1] + 1
