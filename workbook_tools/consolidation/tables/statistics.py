"""The figures of the overview, counted from the departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from workbook_tools.checks import Finding
from workbook_tools.consolidation.round.departments import counting, number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.figures import Series, amount
from workbook_tools.presentation.severities import severities
from workbook_tools.scoring.arithmetic import exact_sum
from workbook_tools.standard.naming import counted_in
from workbook_tools.standard.outline import indicators_by_top_level
from workbook_tools.standard.severity import Severity

OPEN = "待定或未填"
"""A grade that an incomplete total leaves open, or that a department does not claim."""
_COMMONEST = 10
_FIRST_BIN, _BIN = Fraction(60, 100), Fraction(5, 100)  # of the full points


def mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the values that are there."""
    known = [value for value in values if value is not None]
    return exact_sum(known) / len(known) if known else None


def full_points(consolidation: Round) -> Fraction:
    """The points of the whole score table."""
    return sum((i.weight for i in consolidation.standard.indicators), Fraction(0))


def all_severities(consolidation: Round) -> Counter[Severity]:
    """Findings by severity. A file that cannot be read is one of those, and no finding here."""
    return severities(_findings(consolidation))


def grades(consolidation: Round) -> Series:
    """Departments per grade: as claimed, and as it stands."""
    claimed = Counter(item.claimed_grade or OPEN for item in consolidation.departments)
    standing = Counter(item.standing.grade or OPEN for item in consolidation.departments)
    names = (*(grade.name for grade in consolidation.standard.grades), OPEN)
    return Series(
        ("自评等次", "复算等次"),
        tuple((name, (float(claimed[name]), float(standing[name]))) for name in names),
    )


def score_rates(consolidation: Round) -> Series:
    """Points over weights per 一级: claimed, and counting; of scores that are there in both."""
    rows = []
    for level, indicators in indicators_by_top_level(consolidation.standard):
        claimed, counted = [], []
        for item in consolidation.departments:
            for indicator in indicators:
                score = item.record.scores.get(indicator.id)
                if score is None or None in (own := number(score.self), ours := counting(score)):
                    continue
                claimed.append((own, indicator.weight))
                counted.append((ours, indicator.weight))
        rows.append((level.name, (_rate(claimed), _rate(counted))))
    return Series(("自评得分率", "复算得分率"), tuple(rows))


def commonest_findings(consolidation: Round) -> tuple[tuple[str, str, int], ...]:
    """The commonest kinds of errors and warnings: code, title, and the number of findings."""
    counts = Counter(
        (finding.code, finding.name)
        for finding in _findings(consolidation)
        if finding.severity != "info"
    )
    commonest = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:_COMMONEST]
    titles = consolidation.titles
    return tuple((code, titles.get(code, name), n) for (code, name), n in commonest)


def commonest_titles(consolidation: Round) -> Series:
    """The same for a chart, without codes, which nobody knows by heart."""
    commonest = commonest_findings(consolidation)
    return Series(("条数",), tuple((title, (float(n),)) for _, title, n in commonest))


def distribution(consolidation: Round) -> Series:
    """Departments per range of points: as claimed, and as it stands (complete totals only).

    It begins with the lowest range in which there is one.
    """
    full = full_points(consolidation)
    edges = [_FIRST_BIN * full]
    while edges[-1] + _BIN * full < full:
        edges.append(edges[-1] + _BIN * full)
    labels = [f"{amount(edges[0])}以下"]
    labels += [f"{amount(low)}–{amount(high)}" for low, high in zip(edges, [*edges[1:], full])]  # noqa: B905 - the two are equally long
    claimed = Counter(_bin(item.claimed_total, edges) for item in consolidation.departments)
    standing = Counter(_bin(item.standing.points, edges) for item in consolidation.departments)
    lowest = min((one for one in (*claimed, *standing) if one is not None), default=0)
    return Series(
        ("自评总分", "复算得分"),
        tuple(
            (label, (float(claimed[i]), float(standing[i])))
            for i, label in enumerate(labels)
            if i >= lowest
        ),
    )


def scale(consolidation: Round) -> tuple[float, float]:
    """From where to where the totals reach, in round tens, claimed and standing."""
    high = full_points(consolidation)
    values = [high]
    for item in consolidation.departments:
        values += (v for v in (item.claimed_total, item.standing.points) if v is not None)
    return float(max(min(values), Fraction(0)) // 10 * 10), float(-(-max(values) // 10) * 10)


def verdict(consolidation: Round) -> str:
    """One sentence: what became of the highest grade that departments gave themselves."""
    best = consolidation.standard.grades[0].name
    unit = counted_in(consolidation.standard)
    claiming = [item for item in consolidation.departments if item.claimed_grade == best]
    if not claiming:
        return f"没有{unit.removeprefix('个')}自评为“{best}”。"
    now = Counter(item.standing.grade or OPEN for item in claiming)
    lower = len(claiming) - now[best] - now[OPEN]
    return (
        f"自评为“{best}”的 {len(claiming)} {unit}中，"
        f"复算（复核）后仍为“{best}”的 {now[best]} 个，"
        f"低于“{best}”的 {lower} 个，资料不足、等次待定的 {now[OPEN]} 个。"
    )


def _findings(consolidation: Round) -> Iterator[Finding]:
    return chain.from_iterable(item.findings for item in consolidation.departments)


def _rate(pairs: Sequence[tuple[Fraction | None, Fraction]]) -> float | None:
    known = [(points, weight) for points, weight in pairs if points is not None]
    if not known:
        return None
    of_all = exact_sum(weight for _, weight in known)
    return float(exact_sum(points for points, _ in known) / of_all)


def _bin(points: Fraction | None, edges: Sequence[Fraction]) -> int | None:
    return None if points is None else sum(points >= edge for edge in edges)
