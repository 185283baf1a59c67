"""Findings as people read them: a consequence stands under its cause, and both say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    here = {_place(finding): finding for finding in findings}
    below: dict[Cause, list[Finding]] = {}
    for finding in findings:
        if causes := [cause for cause in finding.causes if cause in here]:
            below.setdefault(causes[0], []).append(finding)
    effects: dict[Cause, list[Finding]] = {}
    for finding in findings:
        for cause in finding.causes:
            effects.setdefault(cause, []).append(finding)
    listed: list[Told] = []

    def tell(finding: Finding, cause: Finding | None) -> None:
        place = _place(finding)
        text = finding.message + _links(finding, effects.get(place, ()))
        listed.append(Told(finding, text, cause))
        for one in below.pop(place, ()):
            tell(one, finding)

    def worst(finding: Finding) -> int:
        """Of a finding and of all that stands under it."""
        under = (worst(one) for one in below.get(_place(finding), ()))
        return min((SEVERITY_ORDER[finding.severity], *under))

    for finding in sorted(findings, key=worst):
        if not any(cause in here for cause in finding.causes):
            tell(finding, None)
    return listed


def follows(finding: Finding) -> str:
    """The sentence that says what a finding follows from; "" when from nothing."""
    if not finding.causes:
        return ""
    where = _named(finding.causes, finding.sheet)
    return f"本条由{where}引起，改好后自动消失或重新核对。"


def _links(finding: Finding, effects: Sequence[Finding]) -> str:
    """The sentences that say what follows from a finding, and what it follows from."""
    if not effects:
        return follows(finding)
    after = _named(map(_place, effects), finding.sheet)
    if not finding.causes:
        return f"改好后，{after}的问题随之消失或重新核对。"
    before = _named(finding.causes, finding.sheet)
    return f"本条由{before}引起，改好后与{after}的问题一并消失或重新核对。"


def _place(finding: Finding) -> Cause:
    return Cause(finding.code, finding.sheet, finding.cell)


def _named(causes: Iterable[Cause], sheet: str) -> str:
    """The places, with their sheets where it is another one: “预算执行”B6、B7 等 5 处."""
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
