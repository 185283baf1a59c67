"""Which standard a form belongs to, by its own words; where they do not say, it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.forms.form import Form
from workbook_tools.importing.forms.funds import funds_head
from workbook_tools.importing.forms.own_columns import own_columns
from workbook_tools.importing.forms.own_list import list_heads
from workbook_tools.importing.forms.words import core
from workbook_tools.importing.wording import plain
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import PROJECT_NAME
from workbook_tools.standard.naming import has_several, label_of

_TITLE = re.compile(r".*(?:自评|绩效评价|绩效目标).*表(?:\(.*\))?")
_OTHER_TABLE = re.compile(r".*(?:监控|申报|审核|备案).*表(?:\(.*\))?")
"""The title of a table with the same columns that is no self-evaluation."""
_WHOLE, _PROJECT = ("整体支出", "部门整体", "单位整体"), ("项目",)


def has_own_list(form: Form) -> bool:
    """Whether a form has a list of own indicators, as those of the 10/50/30/10 kind have."""
    return bool(list_heads(form.rows))


def fits(form: Form, standard: Standard) -> bool:
    """Whether the form's list can go into a table of the standard."""
    return own_columns(standard) is not None and has_own_list(form)


def belongs_to(form: Form, standards: Sequence[Standard]) -> list[Standard]:
    """The standards that a form's words leave open: one where they tell, several, or none.

    A title names a project or a department's whole expenditure. Without one that does, a label for
    the project's name, or the name of the sheet, tells.
    """
    fitting = [one for one in standards if fits(form, one)]
    if any(_OTHER_TABLE.fullmatch(plain(cell.text)) for cell in _cells(form)):
        return []
    for words in (title_of(form), plain(form.name)):
        is_whole = any(one in words for one in _WHOLE)
        is_project = not is_whole and any(one in words for one in _PROJECT)
        if is_whole or is_project:
            return [one for one in fitting if has_several(one) == is_project]
        if _names_a_project(form, fitting):
            return [one for one in fitting if has_several(one)]
    return fitting


def title_of(form: Form) -> str:
    """The plain words of the form's titles, above it and in it."""
    words = (plain(cell.text) for cell in _cells(form))
    return " ".join(one for one in words if _TITLE.fullmatch(one))


def _cells(form: Form) -> list[DocumentCell]:
    return [*form.above, *(cell for row in form.rows for cell in dict.fromkeys(row))]


def _names_a_project(form: Form, standards: Sequence[Standard]) -> bool:
    labels = {core(label_of(one, PROJECT_NAME)) for one in standards} - {""}
    return any(core(cell.text) in labels for row in form.rows for cell in row)


def has_amounts(form: Form, standard: Standard) -> bool:
    """Whether a form has the amounts of one of the standard's grids."""
    return any(funds_head(form.rows, grid) is not None for grid in standard.grids)
