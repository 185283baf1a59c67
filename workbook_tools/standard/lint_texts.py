"""Texts that become part of a formula: Excel holds no more than 255 characters of one in quotes."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.standard.contract import grid_inputs
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Path, Problem, StandardFile

_LONGEST = 200  # characters; what formulas write around a name takes up to 50 more


def _texts(standard: Standard) -> Iterator[tuple[Path, str]]:
    """What formulas call things by, and what they compare with."""
    for number, entry in enumerate(standard.inputs):
        yield ("inputs", number, "short" if entry.short else "label"), entry.short or entry.label
        for place, choice in enumerate(entry.choices):
            yield ("inputs", number, "choices", place), str(choice)
    for number, grid in enumerate(standard.grids):
        for entry in grid_inputs(grid):
            yield ("grids", number), entry.short or entry.label
    for number, table in enumerate(standard.tables):
        yield ("tables", number, "label"), table.label
        for place, column in enumerate(table.columns):
            path = ("tables", number, "columns", place)
            yield (*path, "label"), column.label
            for index, choice in enumerate(column.choices):
                yield (*path, "choices", index), str(choice)
    for number, derived in enumerate(standard.derived):
        yield ("derived", number, "label"), derived.label
    for number, grade in enumerate(standard.grades):
        yield ("grades", number, "name"), grade.name


def texts(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """No name is too long for the formulas in which it stands."""
    for path, text in _texts(standard):
        if len(text) > _LONGEST:
            yield source.problem(
                path,
                f"“{text[:12]}…”有 {len(text)} 个字，最多 {_LONGEST} 个：它要写进公式，"
                "Excel 的公式里一段文字最多 255 个字符。说明文字请写在 help，或另给 short",
            )


LINTS = (texts,)
