"""Whatever the workbook holds: annotating loses nothing, and stripping gives everything back."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ooxml.invariants import violations
from tests.ooxml.write_books import FEATURES, SheetSpec, annotate, build, contents, strip
from workbook_tools.ooxml.notes import Note

_CELLS = st.tuples(st.integers(0, 30), st.integers(0, 8))
_SHEETS = st.builds(
    SheetSpec,
    st.lists(_CELLS, max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from(sorted(FEATURES)), max_size=5, unique=True).map(tuple),
)
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_TEXTS = _WORDS | st.just("应填 12.5 万元 " * 100)
_PLACES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 20), st.sampled_from("ABCDFXZ")),
    min_size=1,
    max_size=6,
    unique=True,
)
_TOUCHED = ("xl/comments", "xl/drawings/vmlDrawing", "xl/worksheets/", "[Content_Types].xml")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_SHEETS, min_size=1, max_size=3), _PLACES, st.data())
def test_annotate_then_strip(
    tmp_path: Path,
    sheets: list[SheetSpec],
    places: list[tuple[int, int, str]],
    data: st.DataObject,
) -> None:
    source = build(tmp_path / "source.xlsx", sheets, chartsheet=True)
    faults = set(violations(source))  # XlsxWriter gives a header's drawing the notes' id block
    original = contents(source)
    notes = [
        Note(f"表{sheet}", f"{column}{row + 1}", data.draw(_TEXTS)) for sheet, row, column in places
    ]

    once, twice, back = (tmp_path / f"{name}.xlsx" for name in ("once", "twice", "back"))
    result = annotate(source, once, notes)
    assert set(violations(once)) <= faults
    assert len(result.placed) + len(result.not_placed) == len(notes)
    changed = contents(once)
    for name, content in original.items():
        if not name.startswith(_TOUCHED):
            assert changed[name] == content

    again = annotate(once, twice, notes)
    assert not again.edits
    assert twice.read_bytes() == once.read_bytes()

    annotate(once, twice, notes[:1])
    assert set(violations(twice)) <= faults
    for annotated in (once, twice):
        strip(annotated, back)
        assert contents(back) == original
        assert list(contents(back)) == list(original)
