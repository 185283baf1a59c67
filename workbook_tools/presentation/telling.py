"""Findings as people read them: a consequence stands under its cause, and both say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from workbook_tools.checks.finding import Cause, Finding
from workbook_tools.standard.severity import SEVERITY_ORDER

UNDER = "　└ "
"""Before a finding that follows from the one above it, where findings are listed."""
_NAMED = 4  # cells that are named of many


class Told(msgspec.Struct, frozen=True):
    """A finding, its whole text, and the finding that it stands under, if any."""

    finding: Finding
    text: str
    cause: Finding | None

    @property
    def under(self) -> bool:
        """Whether it stands under another."""
        return self.cause is not None

    @property
    def listed(self) -> str:
        """The text as it stands in a list."""
        return f"{UNDER}{self.text}" if self.under else self.text


def told(findings: Sequence[Finding]) -> list[Told]:
    """The findings, the worst first, each followed by what follows from it."""
    at: defaultdict[Cause, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        at[finding.as_cause].append(number)
    above = _above(findings, at)
    below: defaultdict[int, list[int]] = defaultdict(list)
    for number, other in above.items():
        below[other].append(number)
    effects: defaultdict[int, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        for cause in finding.causes:
            others = [one for one in at.get(cause, []) if one != number]
            if others:
                effects[others[0]].append(finding)
    listed: list[Told] = []

    def tell(number: int, cause: Finding | None) -> None:
        finding = findings[number]
        listed.append(Told(finding, finding.message + _links(finding, effects[number]), cause))
        for one in below[number]:
            tell(one, finding)

    def worst(number: int) -> int:
        """Of a finding and of all that stands under it."""
        return min((SEVERITY_ORDER[findings[number].severity], *map(worst, below[number])))

    for number in sorted(range(len(findings)), key=worst):
        if number not in above:
            tell(number, None)
    return listed


def _above(findings: Sequence[Finding], at: Mapping[Cause, Sequence[int]]) -> dict[int, int]:
    """The number of the finding that each stands under, the first of its causes that is there.

    Two findings of a kind in one cell may follow from each other; nothing stands under itself.
    """
    above: dict[int, int] = {}

    def is_under(number: int, other: int) -> bool:
        while number != other:
            if number not in above:
                return False
            number = above[number]
        return True

    for number, finding in enumerate(findings):
        causes = (one for cause in finding.causes for one in at.get(cause, ()))
        known = next((one for one in causes if not is_under(one, number)), None)
        if known is not None:
            above[number] = known
    return above


def follows(finding: Finding) -> str:
    """The sentence that says what a finding follows from; "" when from nothing."""
    if not finding.causes:
        return ""
    return f"本条由{_others(finding, finding.causes)}引起，改好后自动消失或重新核对。"


def _links(finding: Finding, effects: Sequence[Finding]) -> str:
    """The sentences that say what follows from a finding, and what it follows from."""
    if not effects:
        return follows(finding)
    after = _others(finding, [one.as_cause for one in effects], of_cells="的问题")
    if not finding.causes:
        return f"改好后，{after}随之消失或重新核对。"
    before = _others(finding, finding.causes)
    return f"本条由{before}引起，改好后与{after}一并消失或重新核对。"


def _others(finding: Finding, causes: Iterable[Cause], *, of_cells: str = "") -> str:
    """The places, as seen from a finding's own cell; ``of_cells``: what follows where they end."""
    known = list(causes)
    elsewhere = [one for one in known if (one.sheet, one.cell) != (finding.sheet, finding.cell)]
    if not elsewhere:
        return "同一格的另一条"
    named = _named(elsewhere, finding.sheet)
    return named if named.endswith(" ") else f"{named}{of_cells}"


def _named(causes: Iterable[Cause], sheet: str) -> str:
    """The places, with their sheets where it is another one: “预算执行”B6、B7 等 5 处.

    Where there is no cell it is the code, with a blank behind it.
    """
    # two findings in one cell are one place
    places = list({(one.sheet, one.cell or one.code): one for one in causes}.values())
    named = []
    for cause in places[:_NAMED]:
        if not cause.cell:
            named.append(f"{f'“{cause.sheet}”表的' if cause.sheet else ''}问题 {cause.code} ")
            continue
        named.append(f"{'' if cause.sheet == sheet else f'“{cause.sheet}”'}{cause.cell}")
        sheet = cause.sheet
    more = f" 等 {len(places)} 处" if len(places) > _NAMED else ""
    return f"{'、'.join(named)}{more}"
