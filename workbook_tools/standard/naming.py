"""The Chinese names of the figures in a calculation."""

from __future__ import annotations

from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard


def name_of(standard: Standard, identity: str) -> str:
    """The Chinese name of a field, a derived quantity or a table."""
    known = fields(standard).get(identity)
    if known is not None:
        return known.name_in_words
    labelled = (*standard.derived, *standard.tables)
    return next((one.label for one in labelled if one.id == identity), identity)
