"""What a standard calls things: names of figures, words of the known fields, its own numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from workbook_tools.standard.contract import fields
from workbook_tools.standard.known_fields import SCOPE
from workbook_tools.standard.model import Standard

_MOST_DECIMALS = 15


def name_of(standard: Standard, identity: str) -> str:
    """The Chinese name of a field, a derived quantity or a table."""
    known = fields(standard).get(identity)
    if known is not None:
        return known.name_in_words
    labelled = (*standard.derived, *standard.tables)
    return next((one.label for one in labelled if one.id == identity), identity)


def part_named(name: str) -> str:
    """The name of a part, without the 其中 of its own, for where that is said already."""
    return name.replace("其中：", "")


def label_of(standard: Standard, identity: str) -> str:
    """What stands beside the cell of a field; "" where the standard has none such."""
    field = fields(standard).get(identity)
    return field.label if field is not None else ""


def sheet_of(standard: Standard, identity: str) -> str:
    """The title of the sheet on which a field stands; "" where the standard has none such."""
    field = fields(standard).get(identity)
    titles = {sheet.id: sheet.title for sheet in standard.sheets}
    return titles[field.sheet] if field is not None else ""


def with_subordinates(standard: Standard) -> str:
    """The choice of ``scope`` by which a unit's figures hold its subordinates'; "" without one."""
    return next((one.with_subordinates for one in standard.inputs if one.id == SCOPE), "")


def has_several(standard: Standard) -> bool:
    """Whether a unit sends a workbook for each of several things, such as its projects."""
    return len(standard.identity) > 1


def evaluated(standard: Standard) -> str:
    """What a workbook evaluates, as titles say it: 项目支出 or 部门整体支出."""
    return "项目支出" if has_several(standard) else "部门整体支出"


def counted_in(standard: Standard) -> str:
    """The measure word and noun by which workbooks are counted."""
    return "个项目" if has_several(standard) else "个单位"


def stated(value: Fraction) -> str:
    """A number as a standard states it: ``0.5``, or ``61/3`` where no short decimal is exact."""
    for places in range(_MOST_DECIMALS + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return f"{Decimal(scaled.numerator).scaleb(-places):f}"
    return str(value)
