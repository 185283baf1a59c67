"""The consolidation: departments, notices and, built when somebody looks at them, pandas tables."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.checks import kinds
from workbook_tools.consolidation.round.changes import Change, changes
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.notices import Notice, common_folder
from workbook_tools.consolidation.round.previous import Previous
from workbook_tools.consolidation.round.rulings import Ruling, rulings
from workbook_tools.consolidation.tables.table import Kind, Link, Table
from workbook_tools.intake.roster import Roster
from workbook_tools.standard import Standard

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Mapping[Kind, str] = {
    "count": "Int64",
    **dict.fromkeys(("points", "difference", "rise", "money", "measure"), "float64"),
}
"""The type of a pandas column by how the sheet's looks; the others are texts."""


@dataclass(frozen=True, eq=False, repr=False)
class Consolidation:
    """Many workbooks of one standard, put together.

    ``departments`` stand by rank, those without one last; ``refused`` are workbooks that could not
    be read; ``notices`` say who is missing, duplicate, passed over and why. ``annotated`` gives the
    commented copy of a workbook by its path, where there is one. ``previous``: the round before,
    where there is one. ``kept``: the summary that was
    there already says all this, and was not written again.

    The attributes ``ranking``, ``scores``, ``differences``, ``budget``, ``readings``,
    ``undecided``, ``findings``, ``exceptions`` and ``data`` are pandas tables with English column
    ids and the rows of the summary's sheets; scores are points, amounts 万元, both as floats.
    A column has its type whether or not there are rows: points, amounts and shares ``float64``,
    counts and ranks ``Int64``, all others that of texts.
    """

    standard: Standard
    departments: tuple[Department, ...]
    refused: tuple[Outcome, ...] = ()
    notices: tuple[Notice, ...] = ()
    roster: Roster | None = None
    annotated: Mapping[str, str] = field(default_factory=dict)
    previous: Previous | None = None
    kept: bool = False

    def __repr__(self) -> str:
        """How much there is of everything."""
        return (
            f"<Consolidation of {len(self.departments)} departments, {self.standard!r}, "
            f"{len(self.refused)} refused, {len(self.notices)} notices>"
        )

    def write(
        self,
        target: str | Path,
        *,
        when: datetime.datetime | None = None,
        overwrite: bool = False,
    ) -> Path:
        """Write the summary workbook; see :func:`.summary.workbook.write_summary`."""
        from workbook_tools.consolidation.summary.workbook import write_summary

        return write_summary(self, Path(target), when=when, overwrite=overwrite)

    def link(self, path: str, text: str = "", sheet: str = "", cell: str = "") -> Link:
        """A link to a workbook, or rather its commented copy; by default with its shown path."""
        return Link(text or self.shown(path), self.annotated.get(path, path), sheet, cell)

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
    def _root(self) -> str:
        paths = [item.record.path for item in self.departments]
        paths += [outcome.record.path for outcome in self.refused]
        paths += [notice.path for notice in self.notices if notice.path]
        return common_folder(paths)

    def changes(self) -> Iterator[Change]:
        """Every department against the round before, changed or not; none without one."""
        return changes(self.previous, self.departments) if self.previous else iter(())

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """A row per department: rank, points or range, grades, claims, findings by severity."""
        from workbook_tools.consolidation.summary.sheets import ranking

        return _frame(ranking.table(self))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """A row per department, a column of points per indicator id; NaN while insufficient."""
        from workbook_tools.consolidation.summary.sheets import scores

        return _frame(scores.table(self))

    @cached_property
    def differences(self) -> pd.DataFrame:
        """A row per department and indicator where the self score is not the one that counts."""
        from workbook_tools.consolidation.summary.sheets import differences

        return _frame(differences.table(self))

    @cached_property
    def budget(self) -> pd.DataFrame:
        """A row per department with its amounts in 万元, and whether totals leave it out."""
        from workbook_tools.consolidation.summary.sheets import budget

        return _frame(budget.table(self))

    @cached_property
    def readings(self) -> pd.DataFrame:
        """A row per reading of an indicator: whose score and whose grade it would change."""
        from workbook_tools.consolidation.summary.sheets import readings

        return _frame(readings.table(self))

    @cached_property
    def undecided(self) -> pd.DataFrame:
        """A row per department whose grade hangs on readings, with the range of its total."""
        from workbook_tools.consolidation.summary.sheets import readings

        return _frame(readings.undecided_table(self))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """A row per finding of every workbook, refused ones too."""
        from workbook_tools.consolidation.summary.sheets import findings

        return _frame(findings.table(self))

    @cached_property
    def exceptions(self) -> pd.DataFrame:
        """A row per notice: missing, refused, duplicate, passed over, each with its reason."""
        from workbook_tools.consolidation.summary.sheets import exceptions

        return _frame(exceptions.table(self))

    @cached_property
    def data(self) -> pd.DataFrame:
        """The long table: a row per department and indicator."""
        from workbook_tools.consolidation.summary.sheets import data

        return _frame(data.table(self))


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    rows = [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in table.rows]
    ids = [column.id for column in table.columns]
    text = str(pd.Series([""]).dtype)  # "object" before pandas 3
    types = {one.id: _TYPES.get(one.kind, text) for one in table.columns}
    return pd.DataFrame(rows, columns=ids, dtype=object).astype(types)
