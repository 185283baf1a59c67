"""A department as a line of texts: what a summary keeps for those who read it again, exact."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import Department, counting
from workbook_tools.consolidation.round.keeping import kept_facts
from workbook_tools.consolidation.round.round import Round
from workbook_tools.figures import plain
from workbook_tools.presentation.severities import severities
from workbook_tools.standard import Standard
from workbook_tools.standard.severity import SEVERITY_NAMES

CODE, NAME, ADDS_UP = "unit_code", "unit_name", "adds_up"
RANK, POINTS, GRADE, CLAIMED = "rank", "points", "grade", "claimed"
SCORE = "score_"
"""Begins the ids of the points of indicators; other ids are those of fields."""


def columns(standard: Standard) -> tuple[str, ...]:
    """The ids of what a line has, in order."""
    scores = (f"{SCORE}{one.id}" for one in standard.indicators)
    lead = (CODE, NAME, ADDS_UP, RANK, POINTS, GRADE, CLAIMED, *SEVERITY_NAMES)
    return (*lead, *scores, *sorted(kept_facts(standard)))


def lines(consolidation: Round) -> Iterator[dict[str, str]]:
    """A line per department: numbers as exact decimals, or 15 digits where they have no end."""
    kept = kept_facts(consolidation.standard)
    for item in consolidation.departments:
        yield _line(item, kept)


def _line(item: Department, kept: frozenset[str]) -> dict[str, str]:
    standing, claimed = item.standing, item.claimed_total
    counts = severities(item.findings)
    scores = item.record.scores.items()
    points = ((f"{SCORE}{name}", counting(score)) for name, score in scores)
    return {
        CODE: item.code,
        NAME: item.name,
        ADDS_UP: "1" if item.adds_up else "0",
        RANK: "" if item.rank is None else str(item.rank),
        POINTS: "" if standing.points is None else plain(standing.points),
        GRADE: standing.grade or "",
        CLAIMED: "" if claimed is None else plain(claimed),
        **{severity: str(counts[severity]) for severity in SEVERITY_NAMES},
        **{name: plain(value) for name, value in points if value is not None},
        **item.figures(kept),
    }
