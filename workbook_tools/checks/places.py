"""Where every defined name of a workbook belongs, and what people call its cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from workbook_tools.standard.contract import (
    GRADE_NAMES,
    ROW_DIFFERENCE,
    ROW_SCORE,
    ROW_STATUS,
    SCORE_SHEET_ID,
    TOTAL_NAMES,
    column_name,
    fields,
    input_name,
    own_rows,
)
from workbook_tools.standard.model import Standard

_WORDS = {
    "total_score": "复算总分",
    "total_low": "总分下限",
    "total_high": "总分上限",
    "total_self": "自评总分",
    "total_review": "复核总分",
    "grade_score": "复算等次",
    "grade_self": "自评等次",
    "grade_review": "复核等次",
}


_ROW_WORDS = {ROW_SCORE: "系统得分", ROW_DIFFERENCE: "自评与系统差异", ROW_STATUS: "提示"}


class Place(msgspec.Struct, frozen=True):
    """Where a name belongs.

    ``sheet`` is the id of the sheet; ``group`` joins names that one deleted row takes together;
    ``entered``: a person fills the cell, as opposed to a formula.
    """

    sheet: str
    group: str
    label: str
    entered: bool = True


@lru_cache(maxsize=16)
def places(standard: Standard) -> Mapping[str, Place]:
    """The place of every input, table column and result, by defined name."""
    found = {
        field.name: Place(field.sheet, field.indicator or field.id, field.label)
        for field in fields(standard).values()
    }
    for grid in standard.grids:
        for row in grid.rows:
            for one in (input_name(grid.field(row, column)) for column in grid.columns):
                found[one] = msgspec.structs.replace(found[one], group=f"{grid.id} {row.id}")
    for table in standard.tables:
        for column in table.columns:
            label = f"{table.label}：{column.label}"
            found[column_name(table.id, column.id)] = Place(table.sheet, table.id, label)
        for measure in table.row_measures:
            label = f"{table.label}：{measure.label}"
            name = column_name(table.id, measure.id)
            found[name] = Place(table.sheet, table.id, label, entered=False)
        if own_rows(standard, table.id):
            for result, word in _ROW_WORDS.items():
                name = column_name(table.id, result)
                label = f"{table.label}：{word}"
                found[name] = Place(table.sheet, table.id, label, entered=False)
    outputs = {
        f"{kind}_{one.id}": (one.id, f"{one.title}{word}")
        for one in standard.indicators
        for kind, word in (("value", "指标值"), ("score", "得分"), ("status", "状态"))
    }
    levels = [one for top in standard.levels for one in (top, *top.children)]
    outputs |= {f"subtotal_{one.id}": (f"level {one.id}", f"{one.name}小计") for one in levels}
    outputs |= {name: (name, _WORDS[name]) for name in (*TOTAL_NAMES, *GRADE_NAMES)}
    for name, (group, label) in outputs.items():
        found[name] = Place(SCORE_SHEET_ID, group, label, entered=False)
    return found


def label_of(standard: Standard, name: str) -> str:
    """What people call the cell of a name.

    Names that only formulas use are called after the column of their table, the quantity or the
    indicator that ends them.
    """
    place = places(standard).get(name)
    if place is not None:
        return place.label
    for table in standard.tables:
        if name.startswith(column_name(table.id, "")):
            labels = {one.id: one.label for one in (*table.columns, *table.row_measures)}
            of = max((one for one in labels if name.endswith(f"_{one}")), key=len, default="")
            return f"{table.label}：{f'“{labels[of]}”的' if of else ''}辅助计算"
    ends = {one.id: one.label for one in standard.derived}
    ends |= {one.id: f"{one.title}辅助计算" for one in standard.indicators}
    fitting = (end for end in ends if name.endswith(f"_{end}"))
    return ends[end] if (end := max(fitting, key=len, default="")) else "辅助计算"
