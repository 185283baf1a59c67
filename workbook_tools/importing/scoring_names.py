"""The names in a score table: levels and indicators of the standard, found by their words."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.wording import plain, without_points
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Indicator, Level


class Names:
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


class Claim:
    """What a report claims for one indicator, put into the entries where it is certain."""

    def __init__(self, entries: Entries, indicator: Indicator, source: Source) -> None:
        self._entries, self._indicator, self._source = entries, indicator, source

    def put(
        self,
        points: Fraction | None,
        score: Fraction | None,
        reason: str = "",
        evidence: str = "",
    ) -> None:
        """Fill the self-score and the words beside it, unless the report gives other points."""
        indicator, entries = self._indicator, self._entries
        if points is not None and points != indicator.weight:
            entries.refuse(
                self._source,
                f"报告中“{indicator.title}”的分值与评分标准（{float(indicator.weight):g} 分）不同，"
                "没有填，请核对是否用的同一评分标准。",
            )
            return
        if score is not None:
            entries.put(f"self_{indicator.id}", score, self._source)
        for role, text in (("reason", reason), ("evidence", evidence)):
            if text.strip() and plain(text) not in ("无", "/", "-", "—", "–"):
                entries.put(f"{role}_{indicator.id}", text.strip(), self._source)


def put_total(entries: Entries, points: Fraction | None, total: Fraction, source: Source) -> None:
    """Fill the claimed total, unless the points beside it are not the standard's."""
    whole = sum((one.weight for one in entries.standard.indicators), Fraction(0))
    if "claimed_total" not in fields(entries.standard):
        entries.refuse(source, "评分标准中没有“自评总分”这一项。")
    elif points is not None and points != whole:
        entries.refuse(source, f"合计的分值与评分标准的总分（{float(whole):g} 分）不同，没有填。")
    else:
        entries.put("claimed_total", total, source)
