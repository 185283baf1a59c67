"""What changed since the round before: findings cured and new, points and ranks moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, get_args

import msgspec

from workbook_tools.checks import Finding
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.previous import Before, Previous, identity
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.standard.unit_codes import Codes, bare

Matter = Literal["grade", "score", "complete", "incomplete", "new", "gone", "findings", "rank"]
"""What is the matter with a department that is not as it was; the weightiest first."""
MATTERS: tuple[Matter, ...] = get_args(Matter)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A department then (None: it had not reported) and now (None: it is not there any more).

    ``remaining``: how many findings are as they were. A finding is the same when its kind and the
    entry that it is about are, whatever the figures in it.
    """

    before: Before | None
    now: Department | None
    cured: tuple[Finding, ...]
    new: tuple[Finding, ...]
    remaining: int

    @property
    def code(self) -> str:
        """The unit code, as reported last."""
        return self.now.code if self.now else self.before.code if self.before else ""

    @property
    def name(self) -> str:
        """The name, as reported last."""
        return self.now.name if self.now else self.before.name if self.before else ""

    @property
    def points_moved(self) -> Fraction | None:
        """By how many points the total rose; None where it is not known on both sides."""
        then = self.before.points if self.before else None
        now = self.now.standing.points if self.now else None
        return None if then is None or now is None else now - then

    @property
    def ranks_risen(self) -> int | None:
        """By how many ranks it rose; None where it has no rank on both sides."""
        then = self.before.rank if self.before else None
        now = self.now.rank if self.now else None
        return None if then is None or now is None else then - now

    @property
    def is_one(self) -> bool:
        """Whether anything changed at all."""
        return self.matter is not None

    @property
    def is_completed(self) -> bool:
        """Whether the total was a range and is one number now."""
        return self._known == (False, True)

    @property
    def is_opened(self) -> bool:
        """Whether the total was one number and is a range now."""
        return self._known == (True, False)

    @property
    def _known(self) -> tuple[bool, bool] | None:
        """Whether the total was one number and whether it is; None without both sides."""
        if self.before is None or self.now is None:
            return None
        return self.before.points is not None, self.now.standing.points is not None

    @property
    def matter(self) -> Matter | None:
        """What weighs most of what changed; None where nothing did.

        A total that was a range and is complete now, or the other way round, is a matter of its
        own: neither its points nor a grade that was open can be compared.
        """
        before, now = self.before, self.now
        if now is None:
            return "gone"
        if before is None:
            return "new"
        standing, grade = now.standing, now.standing.grade or UNDECIDED
        if before.grade != grade and UNDECIDED not in (before.grade, grade):
            return "grade"
        if self.is_completed or self.is_opened:
            return "complete" if self.is_completed else "incomplete"
        if before.points != standing.points or self._range_moved or before.grade != grade:
            return "score"
        if self.cured or self.new:
            return "findings"
        return None if before.rank == now.rank else "rank"

    @property
    def _range_moved(self) -> bool:
        """Whether an incomplete total can be something else than it could be."""
        if self.before is None or self.now is None or self.before.low is None:
            return False
        standing = self.now.standing
        then = self.before.points is None and (self.before.low, self.before.high)
        return bool(then) and then != (standing.low, standing.high)


class ChangeTally(msgspec.Struct, kw_only=True):
    """Departments that are new, gone, better, worse; findings cured, new and as they were.

    ``completed``: departments whose total was a range and is one number now; ``opened``: the other
    way round.
    """

    joined: int = 0
    left: int = 0
    risen: int = 0
    fallen: int = 0
    completed: int = 0
    opened: int = 0
    cured: int = 0
    new: int = 0
    remaining: int = 0


def changes(previous: Previous, departments: Sequence[Department]) -> Iterator[Change]:
    """Every department of either round: those of now in their order, then those that are gone."""
    gone = dict(previous.departments)
    known = {identity(item.code, item.name) for item in departments}
    again = _FormerKeys(gone, known)
    for item in departments:
        before = gone.pop(again.key(item), None)
        yield _change(before, item)
    for before in gone.values():
        yield _change(before, None)


class _FormerKeys:
    """By which key a department of now stood in the round before.

    Its code; else, of those that are not of a department of now, the code that differs in leading
    zeros, then the name.
    """

    def __init__(self, before: Mapping[str, Before], known: set[str]) -> None:
        self._before = frozenset(before)
        others = {key: one for key, one in before.items() if key not in known}
        self._codes = Codes(key for key, one in others.items() if one.code)
        names = Counter(bare(one.name) for one in others.values())
        self._named = {
            name: key for key, one in others.items() if names[name := bare(one.name)] == 1 and name
        }

    def key(self, item: Department) -> str:
        """The key; one that was not there where nothing fits."""
        key = identity(item.code, item.name)
        if key in self._before:
            return key
        return self._codes.find(item.code) or self._named.get(bare(item.name), key)


def tally(every: Iterable[Change]) -> ChangeTally:
    """Count changes."""
    total = ChangeTally()
    for one in every:
        total.joined += one.before is None
        total.left += one.now is None
        total.risen += (one.points_moved or 0) > 0
        total.fallen += (one.points_moved or 0) < 0
        total.completed += one.is_completed
        total.opened += one.is_opened
        total.cured += len(one.cured)
        total.new += len(one.new)
        total.remaining += one.remaining
    return total


def _change(before: Before | None, now: Department | None) -> Change:
    """Nothing is cured in a department that did not report again: nobody looked."""
    then = before.findings if before else ()
    today = now.findings if now else ()
    cured, new = cured_and_new(then, today)
    cured = cured if now else ()
    return Change(before=before, now=now, cured=cured, new=new, remaining=len(today) - len(new))


def cured_and_new(
    before: Sequence[Finding], now: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are there no more, and those that were not there."""
    return _without(before, now), _without(now, before)


def _without(findings: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that are not among the others, each of which stands for one."""
    there = Counter(map(_about, others))
    kept = []
    for finding in findings:
        about = _about(finding)
        if there[about]:
            there[about] -= 1
        else:
            kept.append(finding)
    return tuple(kept)


def _about(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.field or f"{finding.sheet}!{finding.cell}"
