"""Several projects in one table: by a column with their names, or one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import msgspec

from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.forms.form import Form
from workbook_tools.importing.forms.heads import DocumentRows
from workbook_tools.importing.forms.own_list import SEVERAL, list_heads, projects_of
from workbook_tools.importing.forms.words import core, form_words, meanings
from workbook_tools.importing.wording import plain

_LONGEST = 40  # characters of an entry above a list that speaks of all its projects


class Projects(NamedTuple):
    """The form of each project, and the rows of the table that are of none of them."""

    forms: list[Form]
    left: DocumentRows = ()


def by_project(form: Form) -> Projects:
    """A form apart by its projects; as it is where it is of one, or not surely of several."""
    return _below_each_other(form) or _by_column(form) or Projects([form])


def _by_column(form: Form) -> Projects | None:
    """The rows of each project, below all that stands above the list."""
    heads = list_heads(form.rows)
    if len(heads) != 1 or SEVERAL not in heads[0].columns:
        return None
    [head] = heads
    place = head.columns[SEVERAL]
    above, below = form.rows[: head.below], form.rows[head.below :]
    end = next((at for at, row in enumerate(below) if len(set(row)) == 1), len(below))
    names = projects_of(below[:end], place)
    groups = [
        (name, tuple(row for _, row in rows))
        for name, rows in groupby(zip(names, below[:end], strict=True), lambda one: one[0])
    ]
    told = [plain(name) for name, _ in groups if name]
    if len(told) < 2 or len(set(told)) < len(told) or _speaks_of_one(above[: head.place]):
        return None
    forms = [_named(form, name, (*above, *rows)) for name, rows in groups if name]
    left = [row for name, rows in groups if not name for row in rows]
    return Projects(forms, (*left, *below[end:]))


def _speaks_of_one(rows: DocumentRows) -> bool:
    """Whether there is something above a list that only one of its projects can mean."""
    goals = {
        word for label in ("年度总体目标", "实际完成情况") for word in _words("entries", label)
    }
    for row in rows:
        for cell in dict.fromkeys(row):
            word = core(cell.text)
            if word in goals or word in meanings("amounts") or len(cell.text) > _LONGEST:
                return True
    return False


def _words(section: str, label: str) -> Iterator[str]:
    yield from (core(word) for word in (label, *form_words()[section][label]))


def _below_each_other(form: Form) -> Projects | None:
    """The parts that the label of a project's name opens, each with one list.

    It opens them only where it opens the first one too, so that nothing but titles stands above.
    """
    label = core("项目名称")
    starts = [
        place
        for place, row in enumerate(form.rows)
        if row and core(row[0].text) == label and not list_heads([row])
    ]
    if len(starts) < 2 or any(len(set(row)) > 1 for row in form.rows[: starts[0]]):
        return None
    parts = [form.rows[start:end] for start, end in pairwise([*starts, len(form.rows)])]
    names = [_name(rows[0]) for rows in parts]
    if not all(names) or any(len(list_heads(rows)) != 1 for rows in parts):
        return None
    above = form.rows[: starts[0]]
    return Projects(
        [_named(form, name, (*above, *rows)) for name, rows in zip(names, parts, strict=True)]
    )


def _name(row: Sequence[DocumentCell]) -> str:
    return next((cell.text for cell in row[1:] if cell != row[0] and plain(cell.text)), "")


def _named(form: Form, project: str, rows: tuple[tuple[DocumentCell, ...], ...]) -> Form:
    name = f"{form.name} {''.join(project.split())}"
    return msgspec.structs.replace(form, name=name, rows=rows)
