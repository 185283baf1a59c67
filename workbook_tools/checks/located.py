"""What the defined names of a workbook point to: formulas, columns, single cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from workbook_tools.ooxml import Area
from workbook_tools.standard.contract import Field
from workbook_tools.submission.model import Submission


class Located:
    """A submission by its names; each question is answered once."""

    def __init__(self, submission: Submission, fields: Mapping[str, Field]) -> None:
        self.submission = submission
        self._fields = fields

    @cached_property
    def formulas(self) -> dict[str, str]:
        """The template's formulas, by their names in lower case."""
        return {name.casefold(): text for name, text in self.submission.formulas.items()}

    @cached_property
    def columns(self) -> dict[str, Area]:
        """Where the columns of tables and of the formulas beside them stand, by name."""
        beside = {name: one.area for name, one in self.submission.row_formulas.items()}
        return {name.casefold(): one for name, one in {**self.submission.columns, **beside}.items()}

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        entries, stored = self.submission.entries, self.submission.stored
        found = {(one.sheet, one.cell): self._fields[field].name for field, one in entries.items()}
        return found | {(one.sheet, one.cell): name for name, one in stored.items()}

    def name_at(self, sheet: str, cell: str) -> str:
        """The defined name of a single cell; else ""."""
        return self._names.get((sheet, cell), "")
