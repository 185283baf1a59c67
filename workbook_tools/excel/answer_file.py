r"""An answer as the file that the add-in reads (``macros/src/WbtResult.bas`` says the same).

UTF-16 with a byte order mark, because VBA's own strings are; a line for each item, its fields
apart by tabs, ``\n``, ``\t`` and ``\\`` within a field. The first line names format and version.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from workbook_tools.excel.answers import Answer
from workbook_tools.files.whole import whole_file
from workbook_tools.ooxml.boxes import size

HEAD = ("workbook-tools-result", "1")
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": ""})


def write_answer(answer: Answer, target: Path) -> None:
    """Write the answer whole or not at all. Raises OSError when it cannot be written."""
    items: list[tuple[str, ...]] = [HEAD, ("message", answer.message)]
    if answer.summary:
        items.append(("summary", answer.summary))
    for change in answer.changes:
        width, height = size(change.text)
        items.append(("note", change.sheet, change.ref, str(width), str(height), change.text))
    text = "".join("\t".join(field.translate(_ESCAPES) for field in item) + "\n" for item in items)
    with whole_file(target) as file:
        file.write(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
