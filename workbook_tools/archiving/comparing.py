"""What was computed then, and what is computed today: where they part, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from workbook_tools.consolidation import NOTICE_NAMES
from workbook_tools.presentation.points import INSUFFICIENT, UNDECIDED, score_in_words
from workbook_tools.standard import Standard

ArchivedResults = Mapping[str, Any]
"""What :func:`.computing.results` gives, as it is written and read again."""


class ArchiveDifference(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is computed otherwise today; ``what`` is a Chinese sentence.

    ``indicator``: the id of the one that it is about, "" where it is about something else;
    ``then`` and ``now``: as they are shown.
    """

    path: str
    unit_code: str
    unit_name: str
    indicator: str = ""
    then: str = ""
    now: str = ""
    what: str


def differences(
    then: ArchivedResults, now: ArchivedResults, standard: Standard
) -> list[ArchiveDifference]:
    """All that is not as it was, department by department, then who reported and what was told."""
    before, after = (_by_path(one["departments"]) for one in (then, now))
    found: list[ArchiveDifference] = []
    for path in dict.fromkeys([*before, *after]):
        if path not in after or path not in before:
            one, absent = before.get(path) or after[path], "今天" if path in before else "归档时"
            found.append(_about(one, what=f"{absent}没有计入汇总。"))
            continue
        found += _of_department(before[path], after[path], standard)
    found += _of_notices(then["notices"], now["notices"])
    return found


def _by_path(departments: Sequence[ArchivedResults]) -> dict[str, ArchivedResults]:
    return {one["path"]: one for one in departments}


def _of_department(
    then: ArchivedResults, now: ArchivedResults, standard: Standard
) -> Iterator[ArchiveDifference]:
    places = standard.rounding.places
    for indicator in standard.indicators:
        before, after = (one["scores"].get(indicator.id) for one in (then, now))
        if before == after:
            continue
        scores = [one and one["score"] for one in (before, after)]
        old, new = (score_in_words(one, places, INSUFFICIENT) for one in scores)
        measures = [one and one["measure"] for one in (before, after)]
        if old == new and measures[0] == measures[1]:
            told = "的明细（自评、复核、表内得分或其他解读）与归档时不同"
        elif old == new:
            told = f"的测算值归档时是 {measures[0]}，今天是 {measures[1]}，得分同为 {old} 分"
        else:
            told = f"归档时得 {old} 分，今天算得 {new} 分"
        yield _about(
            now,
            indicator=indicator.id,
            then=old,
            now=new,
            what=f"“{indicator.title}”{told}。计分规则：{indicator.criteria}",
        )
    for key, name in (("points", "得分"), ("grade", "等次"), ("rank", "名次")):
        if then[key] != now[key]:
            old, new = (str(UNDECIDED if one[key] is None else one[key]) for one in (then, now))
            yield _about(now, then=old, now=new, what=f"{name}归档时是 {old}，今天是 {new}。")
    gone, come = (_findings(one) - _findings(other) for one, other in ((then, now), (now, then)))
    for finding in gone:
        yield _about(now, then=finding, what=f"归档时有问题 {finding}，今天没有。")
    for finding in come:
        yield _about(now, now=finding, what=f"今天多出问题 {finding}。")


def _findings(department: ArchivedResults) -> Counter[str]:
    return Counter(
        " ".join(filter(None, (one["code"], one["sheet"], one["cell"], one["field"])))
        for one in department["findings"]
    )


def _of_notices(
    then: Sequence[ArchivedResults], now: Sequence[ArchivedResults]
) -> Iterator[ArchiveDifference]:
    before, after = ({_notice(one): one for one in some} for some in (then, now))
    for key in dict.fromkeys([*before, *after]):
        if key in before and key in after:
            continue
        one = before.get(key) or after[key]
        when = "归档时有、今天没有" if key in before else "今天多出"
        told = f"{NOTICE_NAMES.get(one['kind'], one['kind'])}：{one['reason']}"
        yield _about(one, what=f"{when}这一条：{told}")


def _notice(one: ArchivedResults) -> tuple[str, ...]:
    return (one["kind"], one["unit_code"], one["path"].replace("\\", "/"), one["reason"])


def _about(one: ArchivedResults, *, what: str, **more: str) -> ArchiveDifference:
    return ArchiveDifference(
        path=one["path"],
        unit_code=one["unit_code"],
        unit_name=one["unit_name"],
        what=what,
        **more,
    )
