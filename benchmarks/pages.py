"""Tables of measurements in the pages of docs/, between two comments each."""

from __future__ import annotations

import re
from pathlib import Path

_DOCS = Path(__file__).parent.parent / "docs"


def replace_table(name: str, table: str, page_name: str = "lossless.md") -> None:
    """Print the table and put it into the page in place of the one there."""
    print(table)
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    path = _DOCS / page_name
    page = path.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"{page_name} has no place for the table {name}")
    page = pattern.sub(lambda _: f"{begin}\n{table}\n{end}", page)
    path.write_text(page, encoding="utf-8")
