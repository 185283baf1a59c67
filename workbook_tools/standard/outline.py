"""How the indicators of a standard are grouped: by 一级 and 二级."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.standard.model import Indicator, Level, Standard


def indicators_by_top_level(standard: Standard) -> Iterator[tuple[Level, tuple[Indicator, ...]]]:
    """Each 一级 with its 三级 indicators, in the order of the standard."""
    for level in standard.levels:
        ids = {level.id, *(child.id for child in level.children)}
        yield level, tuple(i for i in standard.indicators if i.level in ids)


def level_names(standard: Standard) -> dict[str, tuple[str, str]]:
    """By level id, the names of its 一级 and 二级 ("" where it is a 一级 itself)."""
    names = {level.id: (level.name, "") for level in standard.levels}
    for level in standard.levels:
        names |= {child.id: (level.name, child.name) for child in level.children}
    return names
