"""Which unit a workbook or a file is of, by the roster where there is one.

A code as written comes first; then the code that the bureau issued, the code without its leading
zeros, the name. Whatever was not the code as written is told in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.intake.roster import Roster, RosterRow
from workbook_tools.standard.known_fields import PREPARED_ON
from workbook_tools.standard.unit_codes import Codes, bare, without_zeros

ISSUED = "下发模板时预填的编码"
BY_NAME = "名册中的单位名称"
_PIECE = re.compile(r"[0-9A-Za-z]+(?!年|[0-9A-Za-z])")
_FOREIGN = re.compile(r"^[^\u4e00-\u9fff]+")
"""What stands before a name and is none: a number, a bracket."""
_SHORTEST = 3  # characters of a code or a name by which a file is known: 2 may be its number


class Identified(msgspec.Struct, frozen=True):
    """A workbook, the code of its unit ("" when unknown), and by what it was known unless by that.

    ``how`` is a part of a Chinese sentence, "" where the workbook has this very code.
    """

    outcome: Outcome
    code: str
    how: str = ""


class Units:
    """The units of a roster; none without one."""

    def __init__(self, roster: Roster | None) -> None:
        rows = roster.rows if roster else ()
        self.rows = {row.unit_code: row for row in rows}
        self._codes = Codes(self.rows)
        names = Counter(bare(row.unit_name) for row in rows)
        self._named = {bare(row.unit_name): row for row in rows if names[bare(row.unit_name)] == 1}
        self._short = _without_common_start(self._named)

    def identify(self, outcomes: Sequence[Outcome]) -> list[Identified]:
        """Each workbook with its unit; by its name alone only where nobody has the unit's code."""
        known = [self._by_code(outcome) for outcome in outcomes]
        taken = {one.code for one in known if one is not None}
        sharing = Counter(one.code for one in known if one is not None)
        known = [one and self._by_other_name(one, sharing, taken) for one in known]
        spelled = _fullest(outcomes)
        return [
            one or self._by_name(outcome, taken) or _as_written(outcome, spelled)
            for outcome, one in zip(outcomes, known, strict=True)
        ]

    def guess(self, path: str) -> RosterRow | None:
        """The unit whose name or code stands in a file's name, or in that of a folder around it.

        ``path`` begins below the folder that holds all files: above it stands the bureau's name.
        """
        for part in reversed(Path(path).parts):
            text = bare(Path(part).stem)
            found = _longest_in(text, self._named) or _longest_in(text, self._short)
            if found := found or self._coded(part) or _shortened_in(text, self._short):
                return found
        return None

    def _by_code(self, outcome: Outcome) -> Identified | None:
        own, issued = outcome.record.unit_code, outcome.issued_code
        if own in self.rows:
            return Identified(outcome, own)
        if issued in self.rows and (not own or self._is_named(outcome, issued)):
            return Identified(outcome, issued, ISSUED)
        if found := self._codes.find(own):
            return Identified(outcome, found, "不计前面的 0 相同的编码")
        return None

    def _by_other_name(
        self, known: Identified, sharing: Mapping[str, int], taken: set[str]
    ) -> Identified:
        """One of several with a code, which bears the name of a unit that nobody reported for."""
        name = bare(known.outcome.record.unit_name)
        row = self._named.get(name)
        if row is None or sharing[known.code] == 1 or row.unit_code in taken:
            return known
        return Identified(known.outcome, row.unit_code, f"{BY_NAME}（填写的编码是另一单位的）")

    def _is_named(self, outcome: Outcome, code: str) -> bool:
        return bare(outcome.record.unit_name) == bare(self.rows[code].unit_name)

    def _by_name(self, outcome: Outcome, taken: set[str]) -> Identified | None:
        row = self._named.get(bare(outcome.record.unit_name))
        if row is None or row.unit_code in taken:
            return None
        return Identified(outcome, row.unit_code, BY_NAME)

    def _coded(self, part: str) -> RosterRow | None:
        """The unit whose code stands by itself in a name; a year does not."""
        found = [
            row
            for word in part.split()
            for piece in _PIECE.findall(bare(word))
            if len(piece) >= _SHORTEST and (row := self.rows.get(piece)) is not None
        ]
        return found[0] if len(found) == 1 else None


def age(outcome: Outcome) -> tuple[str, float]:
    """Of several workbooks of a unit that with the greatest counts: its own date, its file's."""
    return outcome.record.facts.get(PREPARED_ON, ""), outcome.modified


def _without_common_start(named: dict[str, RosterRow]) -> dict[str, RosterRow]:
    """The names without the county's, which all of them begin with: 财政局 of 青山县财政局."""
    start = len(list(takewhile(lambda same: len(set(same)) == 1, zip(*named, strict=False))))
    start = start if len(named) > 1 else 0
    return {name[start:]: row for name, row in named.items()}


def _longest_in(text: str, named: dict[str, RosterRow]) -> RosterRow | None:
    there = [name for name in named if len(name) >= _SHORTEST and name in text]
    return named[max(there, key=len)] if there else None


def _shortened_in(text: str, named: dict[str, RosterRow]) -> RosterRow | None:
    """The one unit whose name the text begins with, in a short form: 医保局 for 医疗保障局."""
    found = []
    for name, row in named.items():
        head, last, _ = text.partition(name[-1]) if name else ("", "", "")
        short = _FOREIGN.sub("", head) + last
        letters = iter(name)
        begins = last and len(short) >= _SHORTEST and short[0] == name[0]
        if begins and all(one in letters for one in short):
            found.append(row)
    return found[0] if len(found) == 1 else None


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
