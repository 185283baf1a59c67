"""Whatever the workbook holds: annotating loses nothing, and stripping gives everything back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lo import recalculate, requires_libreoffice
from tests.ooxml.invariants import violations
from tests.ooxml.write_books import (
    FEATURES,
    SheetSpec,
    annotate,
    build,
    changed,
    contents,
    strip,
)
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


def lossless(source: Path, folder: Path, notes: list[Note]) -> None:
    """Annotate once, twice, with fewer notes, and strip: nothing of somebody else's changes."""
    faults = set(violations(source))  # of the program that wrote it
    original = contents(source)
    once, twice, back = (folder / f"{name}.xlsx" for name in ("once", "twice", "back"))
    result = annotate(source, once, notes)
    assert set(violations(once)) <= faults
    assert changed(source, once) == set()
    assert len(result.placed) + len(result.not_placed) == len(notes)

    annotate(source, twice, notes)
    assert twice.read_bytes() == once.read_bytes()
    again = annotate(once, twice, notes)
    assert not again.edits
    assert twice.read_bytes() == once.read_bytes()

    annotate(once, twice, notes[:1])
    assert set(violations(twice)) <= faults
    for annotated in (once, twice):
        strip(annotated, back)
        assert contents(back) == original
        assert list(contents(back)) == list(original)


def drawn(data: st.DataObject, places: list[tuple[int, int, str]]) -> list[Note]:
    return [
        Note(f"表{sheet}", f"{column}{row + 1}", data.draw(_TEXTS)) for sheet, row, column in places
    ]


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
    lossless(source, tmp_path, drawn(data, places))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Workbooks with all sorts of features, as LibreOffice saves them."""
    folder, chosen = tmp_path_factory.mktemp("saved"), random.Random(20)
    files = []
    for number in range(12):
        sheets = [
            SheetSpec(
                tuple({(chosen.randrange(20), chosen.randrange(9)) for _ in range(3)})[
                    : number % 4
                ],
                tuple(chosen.sample(sorted(FEATURES), number % 6)),
            )
            for _ in range(3)
        ]
        files.append(build(folder / f"{number}.xlsx", sheets, chartsheet=number % 2 == 0))
    return recalculate(files, folder / "saved")


@pytest.mark.libreoffice
@requires_libreoffice
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 11), _PLACES, st.data())
def test_the_same_for_what_libreoffice_saved(
    saved: list[Path],
    tmp_path: Path,
    number: int,
    places: list[tuple[int, int, str]],
    data: st.DataObject,
) -> None:
    lossless(saved[number], tmp_path, drawn(data, places))
