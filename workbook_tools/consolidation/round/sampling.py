"""Whom to review on site: the riskiest, and some drawn by lot; and how far reviews then depart.

The lot of a department is the SHA-256 of the seed and its code, so that anybody can draw again and
nobody can choose: the lowest lots of each group are drawn.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.consolidation.round.departments import Department, number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.figures import amount, points
from workbook_tools.presentation.severities import severities

Chosen = Literal["risk", "lot", "no"]
HOW_NAMES: dict[Chosen, str] = {"risk": "风险", "lot": "随机", "no": ""}
LIMIT = Fraction(1, 10)
"""From where on a review departs too far, unless the bureau says otherwise."""
_ALL = "全部"
_DIGITS = 6  # of a seed that nobody chose


def new_seed() -> str:
    """A seed where nobody chooses one; whoever draws tells it."""
    return str(secrets.randbelow(10**_DIGITS)).zfill(_DIGITS)


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What each reason adds to a risk.

    ``error``, ``warning`` and ``hint``: each one, at most ``most`` of a sort; ``above``: each point
    by which the claimed total is higher; ``unsupported``: each point claimed that nothing can be
    computed for; ``amount``: of the department with the largest budget, of others by proportion.
    """

    error: int = 2
    warning: int = 1
    hint: int = 2
    most: int = 10
    above: int = 2
    unsupported: int = 1
    amount: int = 10


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A department, its risk with the reasons (Chinese), its group and lot, and whether drawn."""

    item: Department
    risk: Fraction
    reasons: tuple[str, ...]
    group: str
    lot: str
    how: Chosen = "no"


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """What a review took off a self score: ``share`` is (self − review) ÷ self.

    ``indicator``: its id, "" for the total; ``share`` is None where the self score is 0.
    """

    item: Department
    indicator: str
    own: Fraction
    review: Fraction

    @property
    def share(self) -> Fraction | None:
        """The part of the self score that did not stand."""
        return None if self.own == 0 else (self.own - self.review) / self.own


def draw(
    round_: Round, *, by_risk: int, by_lot: int, seed: str, weights: Weights
) -> tuple[Candidate, ...]:
    """All departments: those drawn by risk, then those by lot, then the others, riskiest first.

    By lot each group (归口, 主管部门) has its share of ``by_lot``, by the largest remainders, of
    the departments that were not drawn by risk.
    """
    everyone = sorted(_candidates(round_, seed, weights), key=lambda one: (-one.risk, one.lot))
    risky, rest = everyone[:by_risk], everyone[by_risk:]
    drawn = _by_lot(rest, by_lot)
    marked = [msgspec.structs.replace(one, how="risk") for one in risky]
    marked += (msgspec.structs.replace(one, how="lot") for one in rest if one.lot in drawn)
    marked += (one for one in rest if one.lot not in drawn)
    return tuple(marked)


def deviations(round_: Round) -> Iterator[Deviation]:
    """Of each department that the bureau reviewed: its total, then each reviewed indicator."""
    for item in round_.departments:
        own, standing = number(item.totals.self), item.standing
        if standing.basis == "reviewed" and own is not None and standing.points is not None:
            yield Deviation(item=item, indicator="", own=own, review=standing.points)
        for indicator, score in item.record.scores.items():
            claimed, review = number(score.self), number(score.review)
            if claimed is not None and review is not None:
                yield Deviation(item=item, indicator=indicator, own=claimed, review=review)


def _candidates(round_: Round, seed: str, weights: Weights) -> Iterator[Candidate]:
    hints = Counter(hint.path for hint in round_.hints)
    peers = round_.standard.peers
    sizes = {
        item.record.path: item.fact(peers.size) or Fraction(0) if peers else Fraction(0)
        for item in round_.departments
        if not item.doubtful
    }
    largest = max(sizes.values(), default=Fraction(0))
    for item in round_.departments:
        size = sizes.get(item.record.path, Fraction(0))
        parts = list(_parts(item, hints[item.record.path], size, largest, weights))
        yield Candidate(
            item=item,
            risk=sum((worth for worth, _ in parts), Fraction(0)),
            reasons=tuple(told for _, told in parts),
            group=item.group or _ALL,
            lot=lot(seed, item),
        )


def lot(seed: str, item: Department) -> str:
    """The lot of a department: SHA-256 (hex) of seed, line feed, and its code or else its name."""
    return hashlib.sha256(f"{seed}\n{item.code or item.name}".encode()).hexdigest()


def _parts(
    item: Department, hints: int, size: Fraction, largest: Fraction, weights: Weights
) -> Iterator[tuple[Fraction, str]]:
    """What a risk is put together of, and why."""
    counts, most = severities(item.findings), weights.most
    for count, weight, name in (
        (counts["error"], weights.error, "错误"),
        (counts["warning"], weights.warning, "警告"),
        (hints, weights.hint, "横向比较提示"),
    ):
        if count:
            yield Fraction(min(count, most) * weight), f"{name} {count} 条"
    above = item.claimed_above
    if above is not None and above > 0:
        yield above * weights.above, f"自评高于得分 {points(above)} 分"
    unsupported = [
        own
        for score in item.record.scores.values()
        if score.score is None and score.review is None and (own := number(score.self))
    ]
    if unsupported:
        whole = sum(unsupported, Fraction(0))
        yield whole * weights.unsupported, f"自评 {points(whole)} 分没有数据支撑"
    if largest and size:
        yield weights.amount * size / largest, f"预算 {amount(size)} 万元"


def _by_lot(rest: Sequence[Candidate], count: int) -> frozenset[str]:
    """The lots that are drawn: the lowest of each group, as many as its share."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in rest:
        groups[one.group].append(one)
    shares = _shares({group: len(members) for group, members in groups.items()}, count)
    return frozenset(
        one.lot
        for group, members in groups.items()
        for one in sorted(members, key=lambda each: each.lot)[: shares[group]]
    )


def _shares(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """``count`` divided by size, whole numbers, the largest remainders first."""
    whole = sum(sizes.values())
    count = min(count, whole)
    exact = {group: Fraction(count * size, whole) for group, size in sizes.items()} if whole else {}
    shares = {group: int(share) for group, share in exact.items()}
    left = count - sum(shares.values())
    order = sorted(exact, key=lambda group: (-(exact[group] - shares[group]), group))
    for group in order[:left]:
        shares[group] += 1
    return shares
