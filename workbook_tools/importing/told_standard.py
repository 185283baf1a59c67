"""Which standard a document is of, by its own words."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.importing.base_table import BaseTables
from workbook_tools.importing.document import Document, DocumentGrid
from workbook_tools.importing.own_report import is_own_report
from workbook_tools.importing.score_grid import named_indicators
from workbook_tools.standard import Standard, list_standards, load_standard


def shipped() -> list[Standard]:
    """The standards that a form may belong to."""
    return [load_standard(name) for name in list_standards()]


def told_standard(document: Document) -> Standard | None:
    """The shipped standard that a document names, or whose indicators its score table lists.

    A 基础数据表 alone belongs to the only one that has words for its rows. None where the document
    says nothing of that, or where its tables are of several.
    """
    for standard in shipped():
        if is_own_report(document, standard):
            return standard
    told = list(dict.fromkeys(one.id for grid in document.grids for one in scored_by(grid)))
    if not told:
        told = [one.id for one in shipped() if has_base_table(document, one)]
    return load_standard(told[0]) if len(told) == 1 else None


def has_base_table(document: Document, standard: Standard) -> bool:
    """Whether a document has a 基础数据表, and the standard words for its rows."""
    return bool(BaseTables(document, standard).found)


def scored_by(grid: DocumentGrid) -> Iterator[Standard]:
    """The shipped standards of whose indicators a score table names at least half."""
    for standard in shipped():
        if 2 * len(named_indicators(grid, standard)) >= len(standard.indicators) > 0:
            yield standard
