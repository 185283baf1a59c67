"""The names in a score table: levels and indicators of the standard, found by their words."""

from __future__ import annotations

from collections import defaultdict

from workbook_tools.importing.wording import plain, without_points
from workbook_tools.standard import Standard
from workbook_tools.standard.model import Indicator, Level


class ScoreNames:
    """Levels and indicators by their plain names, without the points that stand behind them."""

    def __init__(self, standard: Standard) -> None:
        self._parents: dict[str, str] = {}
        self._levels: dict[str, list[Level]] = defaultdict(list)
        indicators: dict[str, list[Indicator]] = defaultdict(list)
        for top in standard.levels:
            for level in (top, *top.children):
                self._levels[plain(level.name)].append(level)
                self._parents[level.id] = top.id
        for indicator in standard.indicators:
            for name in {plain(indicator.name), plain(indicator.title)}:
                indicators[name].append(indicator)
        self._indicators = {name: tuple(here) for name, here in indicators.items()}

    def indicators(self, text: str) -> tuple[Indicator, ...]:
        """The indicators of that name."""
        name = plain(text)
        return self._indicators.get(name) or self._indicators.get(without_points(name)[0], ())

    def level(self, text: str, under: str) -> Level | None:
        """The level of that name; of several the one beneath the same 一级 as level ``under``."""
        found = self._levels.get(without_points(plain(text))[0], [])
        if len(found) > 1:
            top = self._parents.get(under)
            found = [level for level in found if self._parents[level.id] == top]
        return found[0] if len(found) == 1 else None

    def told_apart(self, candidates: tuple[Indicator, ...], level: str) -> tuple[Indicator, ...]:
        """Those of the candidates that may stand beneath a level (its id; "": not told)."""
        if not level:
            return candidates
        return tuple(
            one
            for one in candidates
            if one.level == level
            or (self._parents.get(level) == level and self._parents[one.level] == level)
        )
