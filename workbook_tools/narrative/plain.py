"""Text as it is read: half-width digits, no quotation marks, no space before a number's unit.

Quotation marks stand where people like; the spaces come with text that is copied out of a PDF.
"""

from __future__ import annotations

import re

_QUOTES = "“”‘’\"'"
_READ_AS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_LEFT_OUT = re.compile(
    rf"[{_QUOTES}]"
    r"|(?<=[0-9０-９])[ \u00a0\u3000]{1,2}(?=[亿万元人名个项份分年%％])"  # 63 人, 2024 年
    r"|(?<=\d)[ \u00a0](?=\.\d)|(?<=\d\.)[ \u00a0](?=\d\d?(?!\d))"  # 5000 .00, 5000. 00
)


def plain(text: str) -> str:
    """The text as it is read: ``“重点”支出 ３ ％`` is ``重点支出 3%``."""
    return _LEFT_OUT.sub("", text).translate(_READ_AS)


def original_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where in the text ``plain(text)[start:end]`` stands (at least one character)."""
    left_out = {place for one in _LEFT_OUT.finditer(text) for place in range(*one.span())}
    kept = [place for place in range(len(text)) if place not in left_out]
    return kept[start], kept[end - 1] + 1
