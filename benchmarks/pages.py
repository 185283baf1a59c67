"""Tables of measurements in the pages of docs/, between two comments each."""

from __future__ import annotations

import re
from pathlib import Path

_PAGE = Path(__file__).parent.parent / "docs" / "lossless.md"


def replace_table(name: str, table: str) -> None:
    """Print the table and put it into the page in place of the one there."""
    print(table)
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    page = _PAGE.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"{_PAGE.name} has no place for the table {name}")
    page = pattern.sub(lambda _: f"{begin}\n{table}\n{end}", page)
    _PAGE.write_text(page, encoding="utf-8")
