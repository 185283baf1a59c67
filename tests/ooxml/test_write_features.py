"""The column of docs/lossless.md that is ours: every feature is kept, and comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.foreign import FEATURES, Feature
from benchmarks.lossless import by_us, make, parts_of, verdict
from tests.ooxml.write_books import annotate, changed, contents, strip
from workbook_tools.ooxml.notes import Note

PAGE = Path(__file__).parents[2] / "docs" / "lossless.md"


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_feature_is_kept(feature: Feature, tmp_path: Path) -> None:
    source, target, back = (tmp_path / f"{name}.xlsx" for name in ("source", "target", "back"))
    make(feature, source)
    by_us(source, target)
    assert changed(source, target) == set()
    assert verdict(feature, parts_of(source), target) == "kept"
    [row] = [
        line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {feature.name} |")
    ]
    assert row.endswith("| kept |")
    annotate(source, target, [Note("表", "B5", "甲"), Note("另表", "A1", "乙")])
    strip(target, back)
    assert contents(back) == contents(source)
