"""How much of each layout is read: ``python -m tests.importing.recall`` writes it into the docs."""

from __future__ import annotations

from pathlib import Path

from tests.importing.layouts import Expected, Layout, layouts, listed_rows

PAGE = Path(__file__).parents[2] / "docs" / "importing.md"
_START, _END = "<!-- layouts -->\n", "<!-- end of layouts -->\n"


def with_table(page: str) -> str:
    """The page with the table of layouts as it is now."""
    before, _, rest = page.partition(_START)
    return before + _START + _table() + _END + rest.partition(_END)[2]


def _table() -> str:
    lines = ["| layout | what is special about it | to be read | read | recall |"]
    lines.append("|---|---|---:|---:|---:|")
    read = wanted = 0
    for name, layout in layouts().items():
        here, missed = _cells(layout)
        read, wanted = read + here, wanted + here + missed
        rate = f"{100 * here / (here + missed):.0f} %" if here + missed else "–"
        lines.append(f"| `{name}` | {layout.about} | {here + missed} | {here} | {rate} |")
    lines.append(f"| **all** | | {wanted} | {read} | {100 * read / wanted:.1f} % |")
    return "\n".join(lines) + "\n"


def _cells(layout: Layout) -> tuple[int, int]:
    """How many cells are read, and how many a person would have filled beyond these."""
    return (
        sum(_read(form) for form in layout.forms),
        sum(len(form.missed) for form in layout.forms),
    )


def _read(form: Expected) -> int:
    return len(form.values) + sum(map(len, listed_rows(form.rows)))


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
