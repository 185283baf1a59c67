"""Texts that come from people, as cells of the workbooks that we make."""

from __future__ import annotations

from functools import lru_cache

from workbook_tools.ooxml.strings import MOST_TEXT


@lru_cache(maxsize=8192)  # a summary says most of its texts in row after row
def cell_text(text: str) -> str:
    """The text as far as a cell holds it; halves of characters, as in odd file names, become ?.

    What looks like the markup of rich text ends in a blank: XlsxWriter writes a text that begins
    with ``<r>`` and ends with ``</r>`` into the file as it is, as markup.
    """
    if not text.isprintable():
        text = text.encode("utf-8", "replace").decode()
    if len(text) > MOST_TEXT:
        text = f"{text[: MOST_TEXT - 1]}…"
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
