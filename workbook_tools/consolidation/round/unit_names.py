"""What the units of a roster are called: in full, without what stands in brackets, in short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile

from workbook_tools.intake.roster import RosterRow
from workbook_tools.standard.unit_codes import bare

_BRACKETED = re.compile(r"\([^()]*\)")
_FOREIGN = re.compile(r"^[^\u4e00-\u9fff]+")
"""What stands before a name and is none: a number, a bracket."""
_SHORTEST = 3  # characters of a name by which a unit is known


class UnitNames:
    """The names that only one unit has; one in full goes before another's without its brackets."""

    def __init__(self, rows: Iterable[RosterRow]) -> None:
        rows = tuple(rows)
        borne = {bare(row.unit_name) for row in rows}
        plain = _of_one_unit(rows, _plain)
        self._named = {name: row for name, row in plain.items() if name not in borne}
        self._named |= _of_one_unit(rows, bare)
        self._county = _common_start(borne)
        self._short = {name.removeprefix(self._county): row for name, row in self._named.items()}

    def called(self, name: str) -> RosterRow | None:
        """The unit with this name, in full or but for what stands in brackets."""
        return self._named.get(bare(name))

    def fit(self, name: str, row: RosterRow) -> int:
        """How well a name is this unit's: 2 in full, 1 without brackets or in short, else 0."""
        if bare(name) == bare(row.unit_name):
            return 2
        own, full = (_plain(one).removeprefix(self._county) for one in (name, row.unit_name))
        return int(own == full or _is_short(own, full))

    def standing_in(self, text: str) -> RosterRow | None:
        """The unit whose name stands in the text; of several that with the longest."""
        return _longest_in(text, self._named) or _longest_in(text, self._short)

    def beginning(self, text: str) -> RosterRow | None:
        """The one unit whose name the text begins with, in a short form: 医保局 for 医疗保障局."""
        found = {
            row.unit_code: row
            for name, row in self._short.items()
            if _begins(text, name) or _stands(name, text)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _plain(name: str) -> str:
    return _BRACKETED.sub("", bare(name))


def _of_one_unit(rows: Iterable[RosterRow], written: Callable[[str], str]) -> dict[str, RosterRow]:
    by_name: dict[str, dict[str, RosterRow]] = defaultdict(dict)
    for row in rows:
        by_name[written(row.unit_name)][row.unit_code] = row
    return {name: next(iter(units.values())) for name, units in by_name.items() if len(units) == 1}


def _common_start(names: Iterable[str]) -> str:
    """The county's name, which all of several begin with: 青山县 of 青山县财政局."""
    names = tuple(names)
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in same) if len(names) > 1 else ""


def _longest_in(text: str, named: Mapping[str, RosterRow]) -> RosterRow | None:
    there = [name for name in named if _stands(name, text)]
    longest = max(map(len, there), default=0)
    found = {named[name].unit_code: named[name] for name in there if len(name) == longest}
    return next(iter(found.values())) if len(found) == 1 else None


def _stands(name: str, text: str) -> bool:
    return len(name) >= _SHORTEST and name in text


def _begins(text: str, name: str) -> bool:
    head, last, _ = text.partition(name[-1]) if name else ("", "", "")
    return _is_short(_FOREIGN.sub("", head) + last, name)


def _is_short(short: str, name: str) -> bool:
    letters = iter(name)
    ends = len(short) >= _SHORTEST and (short[0], short[-1]) == (name[:1], name[-1:])
    return ends and all(one in letters for one in short)
