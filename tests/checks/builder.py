"""Submissions made by hand: a clean department, with what a case changes.

No file is involved. Each field stands in column C of its sheet, each in a row of its own, tables
below them; the results are those that the engine computes, so that a clean department agrees with
itself in every respect.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.checks import Finding, check
from workbook_tools.ooxml import Area, Contents
from workbook_tools.ooxml.cells import Cell, CellKind
from workbook_tools.scoring import Evaluation, evaluate
from workbook_tools.standard import load_standard, standard_hash
from workbook_tools.standard.contract import SCORE_SHEET_ID, Field, column_name, fields
from workbook_tools.standard.tables import Table
from workbook_tools.standard.unit_codes import CODE_FIELDS
from workbook_tools.submission import (
    Entry,
    FormulaColumn,
    Origin,
    Recalculation,
    Row,
    Stored,
    Submission,
    output_names,
)
from workbook_tools.submission.typed import code_entry, typed_entry

HERE = Path(__file__).parent
STANDARD = load_standard()
TITLES = {sheet.id: sheet.title for sheet in STANDARD.sheets}
SHEETS = ("填报说明", *TITLES.values(), "校验结果", "_meta")
SCORES_FROM = 1000
"""The row of the score table from which on the builder puts the results."""

Content = Any
"""As YAML has it: a number, a text, None, or {date:}, {error:}, {formula:, value:}."""


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What differs from the clean department.

    ``fields``: contents by field id; ``self_*`` stands for every self score. ``rows``: changed
    columns by table and row number from 0; a new number adds a row, None takes it out. ``stored``:
    results by defined name, {formula:} and {value:} apart.
    ``below``: by table, names right below it. ``moved``: fields dragged onto others.
    ``beside``: by defined name, a column of
    formulas beside the rows of a table, which stands in column Z. ``recalculated``: by defined
    name, what the workbook's formulas give; those not mentioned give our result. ``missing``: lost
    names; one that ends in * stands for all that begin so. ``untouched``: nothing is filled in but
    ``fields`` and ``rows``.
    """

    fields: dict[str, Content] = {}
    rows: dict[str, dict[int, dict[str, Content] | None]] = {}
    stored: dict[str, dict[str, Content]] = {}
    origin: dict[str, Any] = {}
    contents: dict[str, Any] = {}
    issued: dict[str, str] = {}
    formulas: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    moved: dict[str, str] = {}
    beside: dict[str, list[Content]] = {}
    recalculated: dict[str, Any] = {}
    missing: tuple[str, ...] = ()
    uncalculated: bool = False
    without_formulas: bool = False
    untouched: bool = False


class _Clean(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fields: dict[str, Content]
    tables: dict[str, list[dict[str, Content]]]


CLEAN = msgspec.yaml.decode((HERE / "clean.yaml").read_bytes(), type=_Clean)


def findings(change: Change) -> list[Finding]:
    """What the checks say of the changed department."""
    submission, evaluation = evaluated(change)
    return check(submission, evaluation)


_EVALUATED: dict[bytes, tuple[Submission, Evaluation]] = {}
"""By what is changed: many tests look at the same cases."""


def evaluated(change: Change) -> tuple[Submission, Evaluation]:
    """The changed department, read and scored; its own results are right unless changed."""
    changed = msgspec.json.encode(change)
    if changed not in _EVALUATED:
        _EVALUATED[changed] = _evaluated(change)
    return _EVALUATED[changed]


def _evaluated(change: Change) -> tuple[Submission, Evaluation]:
    bare = _submission(change, {})
    stored = _results(evaluate(bare), change)
    submission = _submission(change, stored)
    return submission, evaluate(submission)


def cell_of(field: str) -> tuple[str, str]:
    """The sheet and cell of a field, a result, ``table.column[row]`` or ``table.beside[row]``."""
    if "." in field:
        table_id, _, rest = field.partition(".")
        column, _, number = rest.partition("[")
        table = next(one for one in STANDARD.tables if one.id == table_id)
        letter = "Z" if column == "beside" else _letter(table, column)
        return TITLES[table.sheet], f"{letter}{200 + int(number.rstrip(']'))}"
    known = fields(STANDARD)
    if field in known:
        return TITLES[known[field].sheet], f"C{list(known).index(field) + 3}"
    return TITLES[SCORE_SHEET_ID], f"C{SCORES_FROM + output_names(STANDARD).index(field)}"


def _letter(table: Table, column: str) -> str:
    return chr(67 + [one.id for one in table.columns].index(column))


def _content(content: Content) -> Cell:
    match content:
        case None:
            return Cell("blank", None)
        case {"date": str() as text}:
            day = datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)
            return Cell("number", float(day.days))
        case {"error": str() as error}:
            return Cell("error", error)
        case {"formula": str() as formula}:
            found = _content(content.get("value"))
            return Cell(found.kind, found.value, formula)
        case str():
            return Cell("text", content)
        case _:
            return Cell("number", float(content))


def _given(field: Field, change: Change) -> Content:
    if field.id in change.fields:
        return change.fields[field.id]
    if field.role == "self" and "self_*" in change.fields:
        return change.fields["self_*"]
    if change.untouched:
        return None
    match field.role:
        case "check":
            return "是"
        case "basis":
            return "某办发〔2019〕3号"
        case "self":
            indicator = next(one for one in STANDARD.indicators if one.id == field.indicator)
            return float(indicator.weight)
        case _:
            return CLEAN.fields.get(field.id)


def _submission(change: Change, stored: Mapping[str, Stored]) -> Submission:
    known = fields(STANDARD)
    columns = [f"tbl_{t.id}_{c.id}" for t in STANDARD.tables for c in t.columns]
    names = [*(field.name for field in known.values()), *columns, *output_names(STANDARD)]
    names += ["result_row"]
    lost = [
        name
        for name in names
        if any(
            name == one or (one[-1] == "*" and name.startswith(one[:-1])) for one in change.missing
        )
    ]
    origin = Origin(
        standard=STANDARD.id,
        standard_version=STANDARD.version,
        standard_hash=standard_hash(STANDARD),
        tool_version="0",
        unit_code="0301",
        sheets=SHEETS,
    )
    return Submission(
        path="示例县档案馆.xlsx",
        standard=STANDARD,
        origin=msgspec.structs.replace(
            origin, **change.origin, contents=msgspec.convert(change.contents, Contents)
        ),
        entries={field.id: _entry(field, change, field.name in lost) for field in known.values()},
        tables={table.id: _rows(table.id, change, lost) for table in STANDARD.tables},
        stored={name: one for name, one in stored.items() if name not in lost},
        issued=change.issued,
        formulas={name: f"X({name})" for name in stored} | change.formulas,
        missing_names=tuple(lost),
        row_formulas={name: _beside(name, cells) for name, cells in change.beside.items()},
        columns={
            name: Area(TITLES[table.sheet], 200, place, 199 + table.rows, place)
            for table in STANDARD.tables
            for place, column in enumerate(table.columns, start=3)
            if (name := column_name(table.id, column.id)) not in lost
        },
        below={table: _below(table, names) for table, names in change.below.items()},
        recalculated=_recalculation(change, stored),
    )


def _below(table_id: str, names: Sequence[str]) -> tuple[Entry, ...]:
    table = next(one for one in STANDARD.tables if one.id == table_id)
    places = (cell_of(f"{table_id}.name[{table.rows + n}]") for n, _ in enumerate(names))
    return tuple(Entry("", *place, name, name) for place, name in zip(places, names, strict=True))


def _beside(name: str, cells: Sequence[Content]) -> FormulaColumn:
    table = next(one for one in STANDARD.tables if name.startswith(column_name(one.id, "")))
    area = Area(TITLES[table.sheet], 200, 26, 199 + len(cells), 26)
    return FormulaColumn(name, area, tuple(_content(cell) for cell in cells))


def _recalculation(change: Change, stored: Mapping[str, Stored]) -> Recalculation | None:
    if not change.recalculated:
        return None
    if "failure" in change.recalculated:
        return Recalculation(failure=change.recalculated["failure"])
    given = {
        name: value if isinstance(value, str | None) else Fraction(str(value))
        for name, value in change.recalculated.items()
    }
    ours = _results(evaluate(_submission(Change(change.fields, change.rows), {})), Change())
    return Recalculation({name: ours[name].value for name in stored} | given)


def _entry(field: Field, change: Change, lost: bool) -> Entry:
    if lost:
        return Entry(field.id, "", "", problem="name-missing")
    sheet, cell = cell_of(change.moved.get(field.id, field.id))
    if field.id in {*change.moved, *change.moved.values()}:
        return Entry(field.id, sheet, cell, raw="7", problem="moved")
    content = _content(_given(field, change))
    entry = typed_entry(field, content, sheet, cell, False)
    if field.id in CODE_FIELDS:
        return code_entry(entry, change.issued.get(field.id, ""))
    return entry


def _rows(table_id: str, change: Change, lost: Sequence[str]) -> tuple[Row, ...]:
    table = next(one for one in STANDARD.tables if one.id == table_id)
    filled = [] if change.untouched else CLEAN.tables.get(table_id, [])
    given: dict[int, dict[str, Content]] = dict(enumerate(filled))
    for number, new in change.rows.get(table_id, {}).items():
        if new is None:
            del given[number]
        else:
            given[number] = given.get(number, {}) | new
    if f"tbl_{table_id}_name" in lost:
        return ()
    rows = []
    for number, contents in sorted(given.items()):
        entries = {}
        for column in table.columns:
            if column_name(table_id, column.id) in lost:
                entries[column.id] = Entry(column.id, "", "", problem="name-missing")
                continue
            sheet, cell = cell_of(f"{table_id}.{column.id}[{number}]")
            content = _content(contents.get(column.id))
            entries[column.id] = typed_entry(column, content, sheet, cell, False)
        counted = not entries[table.columns[0].id].blank
        name = entries[table.named_by.id].raw
        rows.append(Row(200 + number, counted=counted, entries=entries, name=name))
    return tuple(rows)


def _results(evaluation: Evaluation, change: Change) -> dict[str, Stored]:
    total = evaluation.total
    ours: dict[str, Fraction | str | None] = {
        f"score_{one.indicator}": one.score for one in evaluation.results.values()
    }
    ours |= {f"subtotal_{level}": value for level, value in evaluation.subtotals.items()}
    ours |= {"total_score": total.score, "total_low": total.low, "total_high": total.high}
    ours["grade_score"] = total.grade
    results = {}
    for name in output_names(STANDARD):
        sheet, cell = cell_of(name)
        value = ours.get(name)
        value = "" if value is None else value
        content = change.stored.get(name, {})
        if "value" in content:
            given = content["value"]
            value = given if isinstance(given, str | None) else Fraction(str(given))
        formula = None if change.without_formulas else f"X({name})"
        formula = content.get("formula", formula)
        if change.uncalculated and formula is not None:
            value = None
        kind: CellKind = (
            "blank" if value is None else "text" if isinstance(value, str) else "number"
        )
        if isinstance(value, str) and value.startswith("#"):
            kind = "error"
        results[name] = Stored(name, sheet, cell, kind, value, formula)
    return results
