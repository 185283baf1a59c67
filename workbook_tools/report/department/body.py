"""The body of a department's report: the sections of the official form, in its order.

The form is known by the ids of its fields, which are fixed; what a standard does not ask for is no
section. Texts that a standard asks for beyond the form have sections of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.facts import cell_text
from workbook_tools.report.department.head import SIGNERS, narrative
from workbook_tools.report.department.scores import write_losses, write_result
from workbook_tools.report.department.tables import (
    write_achievements,
    write_budget,
    write_courses,
    write_grids,
    write_lists,
    write_ratios,
    write_sentences,
)
from workbook_tools.report.paper.paper import Paper
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.contract import fields
from workbook_tools.standard.known_fields import (
    ASSETS,
    DISCLOSURE,
    FUNCTIONS,
    GOALS,
    IMPROVEMENTS,
    INTERNAL_CONTROL,
    MANAGEMENT,
    OTHER,
    PERFORMANCE,
    PHONE,
    PREPARED_BY,
    PRIORITY_WORK,
    PROBLEMS,
    USAGE,
)
from workbook_tools.standard.report_form import PENDING, RESULT_SECTION, SECTIONS

_NOT_SIGNED = (PREPARED_BY, PHONE)
View = Callable[[Paper, Evaluation], None]


class DepartmentText(NamedTuple):
    """A text of the department; ``instead``: what the figures say where it wrote none."""

    field: str
    instead: tuple[View, ...] = ()


class Section(NamedTuple):
    """A section of the form; ``views`` come before its parts, ``last`` after them.

    ``always``: there even where the standard asks for none of its texts.
    """

    title: str
    parts: tuple[DepartmentText, ...] = ()
    views: tuple[View, ...] = ()
    last: tuple[View, ...] = ()
    always: bool = False


def _form(edition: Edition) -> tuple[Section, ...]:
    result = partial(write_result, edition=edition)
    losses = partial(write_losses, edition=edition)
    return (
        Section(SECTIONS[FUNCTIONS], (DepartmentText(FUNCTIONS),)),
        Section(SECTIONS[GOALS], (DepartmentText(GOALS),), (write_budget,), always=True),
        Section(RESULT_SECTION, (), (result,), always=True),
        Section(
            SECTIONS[USAGE],
            (
                DepartmentText(MANAGEMENT),
                DepartmentText(USAGE, (write_sentences,)),
                DepartmentText(DISCLOSURE),
                DepartmentText(ASSETS),
                DepartmentText(INTERNAL_CONTROL),
            ),
            last=(write_ratios, write_courses, write_grids, write_lists),
            always=True,
        ),
        Section(
            SECTIONS[PERFORMANCE],
            (DepartmentText(PERFORMANCE), DepartmentText(PRIORITY_WORK)),
            last=(write_achievements,),
            always=True,
        ),
        Section(SECTIONS[PROBLEMS], (DepartmentText(PROBLEMS),), last=(losses,), always=True),
        Section(SECTIONS[IMPROVEMENTS], (DepartmentText(IMPROVEMENTS),)),
    )


_LAST = Section(SECTIONS[OTHER], (DepartmentText(OTHER),))


def write_body(paper: Paper, evaluation: Evaluation, edition: Edition) -> None:
    """Every section that has something to say, then the signature lines."""
    known = fields(evaluation.standard)
    form = _form(edition)
    for section in (*form, *_further(evaluation, (*form, _LAST)), _LAST):
        if section.always or any(part.field in known for part in section.parts):
            _write(paper, evaluation, section)
    _sign(paper, evaluation)


def _further(evaluation: Evaluation, form: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections for the long texts that the form does not know."""
    placed = {part.field for section in form for part in section.parts}
    return tuple(
        Section(one.label, (DepartmentText(one.id),))
        for one in evaluation.standard.inputs
        if one.type == "long_text" and one.id not in placed
    )


def _write(paper: Paper, evaluation: Evaluation, section: Section) -> None:
    known = fields(evaluation.standard)
    paper.section(section.title)
    start = paper.length
    for view in section.views:
        view(paper, evaluation)
    parts = [part for part in section.parts if part.field in known]
    for part in parts:
        if len(parts) > 1 or section.views:
            paper.subsection(known[part.field].label)
        text = narrative(evaluation, part.field)
        paper.written(text)
        for view in () if text.strip() else part.instead:
            view(paper, evaluation)
    if section.last and len(parts) > 1:
        paper.subsection("数据和图表")
    for view in section.last:
        view(paper, evaluation)
    if paper.length == start and paper.gaps:
        paper.write("评分标准没有要求填报这一部分。")


def _sign(paper: Paper, evaluation: Evaluation) -> None:
    """A line for each person, with room to sign; the unit's seal and the date."""
    known, entries = fields(evaluation.standard), evaluation.submission.entries
    lines, day = [], ""
    for identity in SIGNERS:
        if identity not in known:
            continue
        text = cell_text(entries[identity], known[identity].type, blank="")
        if text == PENDING:  # there is room to write it by hand
            text = ""
        if known[identity].type == "date":
            day = text
        else:
            signed = "" if identity in _NOT_SIGNED else "　　　（签字）"
            lines.append(f"{known[identity].label}：{text}{signed}")
    paper.sign(lines, ("单位（公章）", day or "　　　　年　　月　　日"))
