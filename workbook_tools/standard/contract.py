"""The workbook contract: every cell that programs read, with its defined name.

Template and readers meet here and nowhere else. Readers go by these names, never by coordinates,
so rows and columns that a user inserted do no harm. Names are ASCII and begin with a letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import floor
from types import MappingProxyType
from typing import Literal

import msgspec

from workbook_tools.standard.inputs import Choice, Grid, Input, InputType
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.rules import Checklist, Rows
from workbook_tools.standard.tables import Column

GUIDE_SHEET = "填报说明"
SCORE_SHEET = "计分表"
RESULT_SHEET = "校验结果"
META_SHEET = "_meta"
SCORE_SHEET_ID = "score_table"
"""Id under which a standard places inputs (reviewer, date) on the score table."""

YES, NO, NOT_APPLICABLE = "是", "否", "不涉及"
FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and signs, by what they stand for; for ``str.translate``."""
BLANKS = " \u3000\u00a0"
"""The spaces of a keyboard and of web pages. A cell with nothing but these is empty, for readers
and for the template's formulas, which is why no rarer character is among them."""

META_NAMES = (
    "meta_standard",
    "meta_standard_version",
    "meta_standard_hash",
    "meta_tool_version",
    "meta_unit_code",
    "meta_formula_edition",
)
FORMULA_EDITION = "7"
"""By which rules the formulas of a template compute; a template without one is of the first.

2: a number outside its range is of no use, a row keeps from being drawn only what it may belong to,
and mere spaces are nothing. 3: nor is a part above its whole; 4: nor an amount in 元, which 5 holds
against what the bureau issued; 6: what 5 found so is no measure for others, and neither a fraction
of a count is of use nor a running total that falls. 7: nor is a number of an own indicator that
what stands beside it makes impossible.
"""
META_ISSUED = "meta_issued"
"""Two columns on the meta sheet: the field id and the value that the bureau issued."""
META_FORMULAS = "meta_formulas"
"""Two columns on the meta sheet: the defined name and the expected text of its formula."""

TOTAL_NAMES = ("total_score", "total_low", "total_high", "total_self", "total_review")
GRADE_NAMES = ("grade_score", "grade_self", "grade_review")

RESULT_ROW = "result_row"
"""The pre-styled marker row of the result sheet: No., severity, code, sheet, cell, message,
expected, actual."""
RESULT_TIME, RESULT_COUNTS, RESULT_VERSIONS = "result_time", "result_counts", "result_versions"
RESULT_COLUMNS = (
    "number",
    "severity",
    "code",
    "sheet",
    "cell",
    "message",
    "expected",
    "actual",
)
"""The columns of 校验结果, from A on: the template prepares them, `annotation` fills them in."""
RESULT_NOTICE = "result_notice"
"""A reserved cell of the guide, which leads to the result sheet: what the check found."""

ROW_SCORE, ROW_DIFFERENCE, ROW_STATUS = ROW_RESULTS = ("row_score", "row_difference", "row_status")
"""Columns beside the rows of a table that own indicators are scored from: our score, the own score
less ours, and what is to be said of the row."""

Role = Literal[
    "input",
    "check",
    "basis",
    "self",
    "reason",
    "evidence",
    "na",
    "na_reason",
    "review",
    "review_reason",
]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One single-cell field of the workbook, whoever fills it.

    ``id`` is what findings and JSON call it, ``name`` the defined name of its cell. ``indicator``
    is the id of the indicator that a check, score-table or review field belongs to. The rest is as
    in :class:`~workbook_tools.standard.model.Input`.
    """

    id: str
    name: str
    label: str
    sheet: str
    type: InputType
    role: Role
    section: str = ""
    indicator: str = ""
    unit: str = ""
    short: str = ""
    also_called: tuple[str, ...] = ()
    required: bool = False
    min: Fraction | None = None
    max: Fraction | None = None
    choices: tuple[Choice, ...] = ()
    preset: Fraction | str | None = None
    help: str = ""
    source: str = ""

    @property
    def name_in_words(self) -> str:
        """The name to use inside a calculation or a message."""
        return self.short or self.label


Entered = Field | Column
"""What is typed into a cell: an input's single one, or one in a column of a table."""


def grid_inputs(grid: Grid) -> tuple[Input, ...]:
    """The inputs of a grid, row by row; each id is ``{grid}_{row}_{column}``."""
    return tuple(
        Input(
            id=grid.field(row, column),
            label=f"{row.label}—{column.label}",
            sheet=grid.sheet,
            section=grid.section,
            type=row.type or column.type or grid.type,
            unit=grid.unit if (row.type or column.type or grid.type) == grid.type else "",
            required=next(
                (axis.required for axis in (row, column) if axis.required is not None),
                grid.required,
            ),
            min=next((a.min for a in (row, column) if a.min is not None), grid.min),
            max=next((a.max for a in (row, column) if a.max is not None), grid.max),
            preset=row.presets.get(column.id),
            help=row.help or column.help or grid.help,
            source=row.source or column.source or grid.source,
        )
        for row in grid.rows
        for column in grid.columns
    )


def check_id(indicator: str, number: int) -> str:
    """The id of the answer to a checklist's item; items count from 1."""
    return f"check_{indicator}_{number}"


def column_name(table: str, column: str) -> str:
    """The defined name of a table's column range (input column or row measure)."""
    return f"tbl_{table}_{column}"


def input_name(field_id: str) -> str:
    """The defined name of an input's cell."""
    return f"in_{field_id}"


def _of_input(entry: Input) -> Field:
    return Field(
        id=entry.id,
        name=input_name(entry.id),
        label=entry.label,
        sheet=entry.sheet,
        section=entry.section,
        type=entry.type,
        role="input",
        unit=entry.unit,
        short=entry.short,
        also_called=entry.also_called,
        required=entry.required,
        min=entry.min,
        max=entry.max,
        choices=entry.choices,
        preset=entry.preset,
        help=entry.help,
        source=entry.source,
    )


def _of_checklist(indicator: Indicator, sheet: str) -> list[Field]:
    assert isinstance(indicator.rule, Checklist)
    fields = []
    for number, item in enumerate(indicator.rule.items, start=1):
        answer = check_id(indicator.id, number)
        basis = f"basis_{indicator.id}_{number}"
        label = f"{indicator.title}第{number}项"
        choices = (YES, NO, NOT_APPLICABLE) if item.may_be_na else (YES, NO)
        fields.append(
            Field(
                id=answer,
                name=input_name(answer),
                label=label,
                sheet=sheet,
                type="choice",
                role="check",
                indicator=indicator.id,
                required=True,
                choices=choices,
                help=item.text,
            )
        )
        fields.append(
            Field(
                id=basis,
                name=input_name(basis),
                label=f"{label}依据",
                sheet=sheet,
                type="text",
                role="basis",
                indicator=indicator.id,
                help="填写制度名称、文号、网址或凭证号，便于复核。",
            )
        )
    return fields


def _of_score_table(indicator: Indicator, places: int) -> list[Field]:
    most = max(indicator.weight, full_score(indicator, places))

    def field(
        role: Role, label: str, kind: InputType, *, name_role: str = "", required: bool = False
    ) -> Field:
        identity = f"{name_role or role}_{indicator.id}"
        bounded = kind == "score"
        return Field(
            id=identity,
            name=identity,
            label=f"{indicator.title}{label}",
            sheet=SCORE_SHEET_ID,
            type=kind,
            role=role,
            indicator=indicator.id,
            required=required,
            min=Fraction(0) if bounded else None,
            max=most if bounded else None,
            choices=(YES,) if kind == "choice" else (),
            help=indicator.na_help if role == "na" else "",
        )

    fields = [] if own_from_rows(indicator) else [field("self", "自评得分", "score", required=True)]
    fields += [
        field("reason", "扣分原因", "text"),
        field("evidence", "佐证材料", "text"),
        field("review", "复核得分", "score"),
        field("review_reason", "复核意见", "text"),
    ]
    if indicator.may_be_na:
        fields.append(field("na", "不涉及", "choice"))
        fields.append(field("na_reason", "不涉及理由", "text"))
    return fields


@lru_cache(maxsize=16)
def fields(standard: Standard) -> Mapping[str, Field]:
    """Every single-cell field of a workbook of this standard, by id, in the order of the sheets."""
    compliance = checklist_sheet(standard)
    found = [_of_input(entry) for entry in standard.inputs]
    found += [_of_input(entry) for grid in standard.grids for entry in grid_inputs(grid)]
    for indicator in standard.indicators:
        if isinstance(indicator.rule, Checklist):
            found += _of_checklist(indicator, compliance)
        found += _of_score_table(indicator, standard.rounding.places)
    return MappingProxyType({field.id: field for field in found})


def checklist_sheet(standard: Standard) -> str:
    """The id of the sheet that holds the checklists; "" in a standard without any."""
    return next((sheet.id for sheet in standard.sheets if sheet.checklists), "")


def full_score(indicator: Indicator, places: int) -> Fraction:
    """The score of an indicator that loses nothing: its weight to these places, 20.33 of 61/3."""
    scale = 10**places
    return Fraction(floor(indicator.weight * scale + Fraction(1, 2)), scale)


def own_from_rows(indicator: Indicator) -> bool:
    """Whether the department's own score is that of its rows added up, and typed there."""
    return isinstance(indicator.rule, Rows) and bool(indicator.rule.own)


def own_rows(standard: Standard, table: str) -> tuple[tuple[Indicator, Rows], ...]:
    """The indicators that are scored row by row from this table, each with its rule."""
    return tuple(
        (one, one.rule)
        for one in standard.indicators
        if isinstance(one.rule, Rows) and one.rule.table == table
    )
