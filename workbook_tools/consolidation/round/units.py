"""Which unit a workbook or a file is of, by the roster where there is one.

The code that the bureau issued comes first, then the code as written, the code without its leading
zeros, the name. Where written code and name are both those of one unit, and the template was issued
to another, somebody passed it on: the unit is the written one. Of two that only a template speaks
for neither is the unit it was issued to. What only a name speaks for is that unit's too, but never
counts before what bears its code. What does not go without saying is told in words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.consolidation.round.unit_names import UnitNames
from workbook_tools.intake.roster import Roster, RosterRow
from workbook_tools.standard.known_fields import PREPARED_ON
from workbook_tools.standard.unit_codes import Codes, bare, without_zeros

ISSUED = "下发模板时预填的编码"
WITHOUT_ZEROS = "不计前面的 0 相同的编码"
BY_NAME = "名册中的单位名称"
_PIECE = re.compile(r"[0-9A-Za-z]+(?!年|[0-9A-Za-z])")
_SHORTEST = 3  # characters of a code by which a file is known: 2 may be its number


class Identified(msgspec.Struct, frozen=True):
    """A workbook, the code of its unit ("" when unknown), and by what it was known unless by that.

    ``how`` is a part of a Chinese sentence, "" where the workbook has this very code and was issued
    with no other. ``alone``: nothing but the issued code speaks for this unit; ``by_name``: nothing
    but its name does.
    """

    outcome: Outcome
    code: str
    how: str = ""
    alone: bool = False
    by_name: bool = False

    @property
    def precedence(self) -> tuple[bool, bool, str, float]:
        """Of several workbooks of a unit that with the greatest counts.

        A filled one before a blank template, one known by a code before one known by its name, then
        by its own date, then by its file's.
        """
        outcome = self.outcome
        day = outcome.record.facts.get(PREPARED_ON, "")
        return not outcome.blank, not self.by_name, day, outcome.modified


class Units:
    """The units of a roster; none without one."""

    def __init__(self, roster: Roster | None) -> None:
        rows = roster.rows if roster else ()
        self.rows = {row.unit_code: row for row in rows}
        self._codes = Codes(self.rows)
        self._names = UnitNames(rows)

    def identify(self, outcomes: Sequence[Outcome]) -> list[Identified]:
        """Each workbook with its unit, in the order given."""
        known = [self._by_issued(one) or self._by_written(one) for one in outcomes]
        known = self._without_rivals(known)
        sharing = Counter(one.code for one in known if one is not None)
        taken = {one.code for one in known if one is not None and not one.outcome.blank}
        known = [one and self._by_other_name(one, sharing, taken) for one in known]
        spelled = _fullest(outcomes)
        return [
            one or self._by_name(outcome) or _as_written(outcome, spelled)
            for outcome, one in zip(outcomes, known, strict=True)
        ]

    def guess(self, path: str) -> RosterRow | None:
        """The unit whose name or code stands in a file's name, or in that of a folder around it.

        ``path`` begins below the folder that holds all files: above it stands the bureau's name.
        """
        for part in reversed(Path(path).parts):
            text = bare(Path(part).stem)
            found = self._names.standing_in(text) or self._coded(part)
            if found := found or self._names.beginning(text):
                return found
        return None

    def _by_issued(self, outcome: Outcome) -> Identified | None:
        """By the issued code, unless written code and name are those of another unit."""
        own, name = outcome.record.unit_code, outcome.record.unit_name
        issued = self.rows.get(self._codes.find(outcome.issued_code))
        written = self.rows.get(self._codes.find(own))
        if issued is None or written is issued:
            return None
        fit = self._names.fit(name, issued)
        if written is not None and self._names.fit(name, written) > fit:
            how = f"填写的编码和名称（模板是下发给 {issued.unit_code} {issued.unit_name}的）"
            return Identified(outcome, written.unit_code, how)
        return Identified(outcome, issued.unit_code, ISSUED, alone=not fit)

    def _by_written(self, outcome: Outcome) -> Identified | None:
        own = outcome.record.unit_code
        found = self._codes.find(own)
        return Identified(outcome, found, WITHOUT_ZEROS if found != own else "") if found else None

    def _without_rivals(self, known: Sequence[Identified | None]) -> list[Identified | None]:
        """Those that only a template speaks for are not a unit that others say they are, too."""
        claims: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
        for one in known:
            if one is not None and not one.outcome.blank:
                own_name = bare(one.outcome.record.unit_name)
                claims[_report(one)].add(own_name if one.alone else None)
        return [
            self._by_written(one.outcome)
            if one is not None and one.alone and len(claims[_report(one)]) > 1
            else one
            for one in known
        ]

    def _by_other_name(
        self, known: Identified, sharing: Mapping[str, int], taken: set[str]
    ) -> Identified:
        """One of several with a code, which bears the name of a unit that nobody reported for."""
        row = self._names.called(known.outcome.record.unit_name)
        own = row is not None and row.unit_code == known.code
        if row is None or own or sharing[known.code] == 1 or row.unit_code in taken:
            return known
        return Identified(known.outcome, row.unit_code, f"{BY_NAME}（编码是另一单位的）")

    def _by_name(self, outcome: Outcome) -> Identified | None:
        row = self._names.called(outcome.record.unit_name)
        return Identified(outcome, row.unit_code, BY_NAME, by_name=True) if row else None

    def _coded(self, part: str) -> RosterRow | None:
        """The unit whose code stands by itself in a name; a year does not."""
        found = [
            row
            for word in part.split()
            for piece in _PIECE.findall(bare(word))
            if len(piece) >= _SHORTEST and (row := self.rows.get(piece)) is not None
        ]
        return found[0] if len(found) == 1 else None


def _report(known: Identified) -> tuple[str, ...]:
    """What only one workbook can be: its unit's, and its project's where a unit sends several."""
    return (known.code, *known.outcome.record.subject)


def _fullest(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], str]:
    """By code without leading zeros and name, the code as written with most of them."""
    spelled: dict[tuple[str, str], str] = {}
    for outcome in outcomes:
        key = _spelling(outcome)
        spelled[key] = max(spelled.get(key, ""), outcome.record.unit_code, key=len)
    return spelled


def _as_written(outcome: Outcome, spelled: dict[tuple[str, str], str]) -> Identified:
    own = outcome.record.unit_code
    if not own and outcome.issued_code:
        return Identified(outcome, outcome.issued_code, ISSUED)
    code = spelled[_spelling(outcome)]
    return Identified(outcome, code, "同名单位另一份自评表的编码" if code != own else "")


def _spelling(outcome: Outcome) -> tuple[str, str]:
    return without_zeros(outcome.record.unit_code), bare(outcome.record.unit_name)
