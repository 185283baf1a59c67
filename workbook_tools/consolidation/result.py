"""What comes of consolidating: a round, and, built when somebody looks at them, pandas tables."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import ColumnKind, Link, SummaryTable

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Mapping[ColumnKind, str] = {
    "count": "Int64",
    **dict.fromkeys(("points", "difference", "rise", "money", "measure"), "float64"),
}
"""The type of a pandas column by how the sheet's looks; the others are texts."""


@dataclass(frozen=True, eq=False, repr=False)
class Consolidation(Round):
    """A round with its tables for pandas, and its summary workbook.

    ``kept``: the summary that was there already says all this, and was not written again.

    The attributes ``ranking``, ``scores``, ``differences``, ``own_indicators``, ``own_by_unit``,
    ``projects``, ``projects_by_unit``, ``budget``, ``years``,
    ``year_indicators``, ``year_amounts``, ``year_breaks``, ``peer_hints``,
    ``peer_groups``, ``peer_ratios``, ``readings``, ``undecided``, ``findings``,
    ``exceptions`` and ``data`` are pandas tables with
    English column ids and the rows of the summary's sheets; scores are points, amounts 万元, both
    as floats.
    A column has its type whether or not there are rows: points, amounts and shares ``float64``,
    counts and ranks ``Int64``, all others that of texts.
    """

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

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """A row per department: rank, points or range, grades, claims, findings by severity."""
        from workbook_tools.consolidation.tables import ranking

        return _frame(ranking.table(self))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """A row per department, a column of points per indicator id; NaN while insufficient."""
        from workbook_tools.consolidation.tables import scores

        return _frame(scores.table(self))

    @cached_property
    def differences(self) -> pd.DataFrame:
        """A row per department and indicator where the self score is not the one that counts."""
        from workbook_tools.consolidation.tables import differences

        return _frame(differences.table(self))

    @cached_property
    def own_indicators(self) -> pd.DataFrame:
        """A row per indicator that a department brought itself, with its achievement and scores."""
        from workbook_tools.consolidation.tables import own_indicators

        return _frame(own_indicators.table(self))

    @cached_property
    def own_by_unit(self) -> pd.DataFrame:
        """A row per workbook with own indicators: how many were reached, and beaten by far."""
        from workbook_tools.consolidation.tables import own_indicators

        return _frame(own_indicators.by_unit(self))

    @cached_property
    def projects(self) -> pd.DataFrame:
        """A row per workbook of a unit that sends several: what it is about, amount, points."""
        from workbook_tools.consolidation.tables import projects

        return _frame(projects.table(self))

    @cached_property
    def projects_by_unit(self) -> pd.DataFrame:
        """A row per unit: its workbooks, their amount, and the mean of their points."""
        from workbook_tools.consolidation.tables import projects

        return _frame(projects.by_unit(self))

    @cached_property
    def budget(self) -> pd.DataFrame:
        """A row per department with its amounts in 万元, and whether totals leave it out."""
        from workbook_tools.consolidation.tables import budget

        return _frame(budget.table(self))

    @cached_property
    def years(self) -> pd.DataFrame:
        """A row per department of this year or last: what became of it, points then and now."""
        from workbook_tools.consolidation.tables import years

        return _frame(years.table(self))

    @cached_property
    def year_indicators(self) -> pd.DataFrame:
        """A row per department and indicator whose points moved since last year."""
        from workbook_tools.consolidation.tables import years

        return _frame(years.indicators(self))

    @cached_property
    def year_amounts(self) -> pd.DataFrame:
        """A row per department and amount that is known in both years, in 万元."""
        from workbook_tools.consolidation.tables import years

        return _frame(years.money(self))

    @cached_property
    def year_breaks(self) -> pd.DataFrame:
        """A row per figure that should have gone on from last year and is another."""
        from workbook_tools.consolidation.tables import years

        return _frame(years.breaks(self))

    @cached_property
    def peer_hints(self) -> pd.DataFrame:
        """A row per hint: who stands apart from departments like it, or is worth a second look."""
        from workbook_tools.consolidation.tables import comparison

        return _frame(comparison.table(self))

    @cached_property
    def peer_groups(self) -> pd.DataFrame:
        """A row per group and quantity: how many, the median, the spread, in words."""
        from workbook_tools.consolidation.tables import comparison

        return _frame(comparison.groups(self))

    @cached_property
    def peer_ratios(self) -> pd.DataFrame:
        """A row per department: its ratios, and beside each the median of its group."""
        from workbook_tools.consolidation.tables import comparison

        return _frame(comparison.ratios(self))

    @cached_property
    def readings(self) -> pd.DataFrame:
        """A row per reading of an indicator: whose score and whose grade it would change."""
        from workbook_tools.consolidation.tables import readings

        return _frame(readings.table(self))

    @cached_property
    def undecided(self) -> pd.DataFrame:
        """A row per department whose grade hangs on readings, with the range of its total."""
        from workbook_tools.consolidation.tables import readings

        return _frame(readings.undecided_table(self))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """A row per finding of every workbook, refused ones too."""
        from workbook_tools.consolidation.tables import findings

        return _frame(findings.table(self))

    @cached_property
    def exceptions(self) -> pd.DataFrame:
        """A row per notice: missing, refused, duplicate, passed over, each with its reason."""
        from workbook_tools.consolidation.tables import exceptions

        return _frame(exceptions.table(self))

    @cached_property
    def data(self) -> pd.DataFrame:
        """The long table: a row per department and indicator."""
        from workbook_tools.consolidation.tables import data

        return _frame(data.table(self))


def _frame(table: SummaryTable) -> pd.DataFrame:
    import pandas as pd

    rows = [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in table.rows]
    ids = [column.id for column in table.columns]
    text = str(pd.Series([""]).dtype)  # "object" before pandas 3
    types = {one.id: _TYPES.get(one.kind, text) for one in table.columns}
    return pd.DataFrame(rows, columns=ids, dtype=object).astype(types)
