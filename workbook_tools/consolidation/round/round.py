"""A round: the departments' workbooks of one standard, put together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.checks import kinds
from workbook_tools.consolidation.round.changes import Change, changes
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.hints import Hint, hints
from workbook_tools.consolidation.round.last_year import LastYear, Move, moves
from workbook_tools.consolidation.round.notices import Notice, common_folder
from workbook_tools.consolidation.round.peers import Comparison, compare
from workbook_tools.consolidation.round.previous import Before, Previous, identity
from workbook_tools.consolidation.round.rulings import Ruling, rulings
from workbook_tools.intake.roster import Roster
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.standard import Standard


@dataclass(frozen=True, eq=False)
class Round:
    """Many workbooks of one standard, put together: what tables, sheets and reports are made of.

    ``departments`` stand by rank, those without one last; ``refused`` are workbooks that could not
    be read; ``notices`` say who is missing, duplicate, passed over and why. ``annotated`` gives the
    commented copy of a workbook by its path, where there is one. ``previous``: the round
    before, where there is one. ``last_year``: the round of the year before.
    """

    standard: Standard
    departments: tuple[Department, ...]
    refused: tuple[Outcome, ...] = ()
    notices: tuple[Notice, ...] = ()
    roster: Roster | None = None
    annotated: Mapping[str, str] = field(default_factory=dict)
    previous: Previous | None = None
    last_year: LastYear | None = None

    def shown(self, path: str) -> str:
        """A path as people see it: from the folder that holds all workbooks."""
        return os.path.relpath(path, self._root) if path else ""

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each kind of finding, by its code."""
        return {kind.code: kind.title for kind in kinds()}

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        """What ruling for each reading alone would do, the most consequential first."""
        return rulings(self.standard, self.departments)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What became of each department since last year; none without one."""
        if self.last_year is None:
            return ()
        return tuple(moves(self.last_year, self.departments, self.standard, self.roster))

    @cached_property
    def comparison(self) -> Comparison | None:
        """Departments beside those like them; None where the standard compares nothing."""
        return compare(self.standard, self.departments)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What is worth a second look; none of it is wrong for certain."""
        return hints(self.standard, self.departments, self.comparison)

    @cached_property
    def _root(self) -> str:
        paths = [item.record.path for item in self.departments]
        paths += [outcome.record.path for outcome in self.refused]
        paths += [notice.path for notice in self.notices if notice.path]
        return common_folder(paths)

    def changes(self) -> Iterator[Change]:
        """Every department against the round before, changed or not; none without one."""
        return changes(self.previous, self.departments) if self.previous else iter(())

    def as_previous(self) -> Previous:
        """This round as the one that a later round is compared with."""
        then = [
            Before(
                code=item.code,
                name=item.name,
                rank=item.rank,
                points=item.standing.points,
                grade=item.standing.grade or UNDECIDED,
                low=item.standing.low,
                high=item.standing.high,
                findings=item.findings,
            )
            for item in self.departments
        ]
        return Previous(
            path=Path("上一轮"),
            standard=self.standard.id,
            departments={identity(one.code, one.name): one for one in then},
        )
