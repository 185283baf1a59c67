"""Text on a terminal: without surprises, how wide it is, and where its lines may break."""

from __future__ import annotations

import re
import unicodedata

# No line begins with closing punctuation or ends with opening punctuation, and numbers, cells and
# words stay whole. A Chinese character is a piece of its own.
_PIECE = re.compile(r"[（《“‘【]*(?:[!-~]+|[^ \n])[，。；：、）》”’】！？…—％]*")


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which a workbook could have sent."""
    return "".join(c if c.isprintable() else " " for c in text)


def display_width(text: str) -> int:
    """The columns that a line takes.

    Characters of ambiguous width (“ ” … ×) count two, as a Chinese console shows them; where they
    take one, lines come out a little short.
    """
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns; what fits on no line is cut."""
    lines = [""]
    room, end = width, 0
    for match in _PIECE.finditer(text):
        gap = text[end : match.start()].replace("\n", " ") if lines[-1] else ""
        end = match.end()
        for piece in _cut(match.group(), width):
            needed = display_width(gap + piece)
            if needed > room and lines[-1]:
                lines.append("")
                gap, room, needed = "", width, display_width(piece)
            lines[-1] += gap + piece
            gap, room = "", room - needed
    return lines


def _cut(piece: str, width: int) -> list[str]:
    if display_width(piece) <= width:
        return [piece]
    half = max(1, width // 2)  # characters that fit whatever their width
    return [piece[start : start + half] for start in range(0, len(piece), half)]


def wrapped_paragraphs(
    text: str,
    width: int = 78,
    initial_indent: str = "",
    subsequent_indent: str = "",
    preserve_paragraphs: bool = False,
) -> str:
    """Stand in for Click's ``wrap_text``, which counts characters and breaks at spaces only."""
    paragraphs = text.split("\n\n") if preserve_paragraphs else [text]
    filled = []
    for paragraph in paragraphs:
        lines = wrapped(paragraph, width - display_width(subsequent_indent))
        first, *others = lines
        filled.append("\n".join([initial_indent + first, *(subsequent_indent + o for o in others)]))
    return "\n\n".join(filled)
