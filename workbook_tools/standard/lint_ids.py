"""Ids: well formed, unique wherever they meet, and good for the names of cells."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from workbook_tools.standard import contract
from workbook_tools.standard.inputs import NUMBER_TYPES, Grid, Input
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.rules import Checklist
from workbook_tools.standard.tables import Column, Table

# Short enough that every defined name made of it stays within Excel's 255 characters. Each name
# also gets a prefix with an underscore, so that none can be a cell address.
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_STANDARD_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
_TITLE = re.compile(r"[^\[\]:*?/\\']{1,31}")  # what Excel allows as a sheet's name
_RESERVED = (contract.GUIDE_SHEET, contract.RESULT_SHEET, contract.META_SHEET)
_MOST_ROWS = 1000


def entries(standard: Standard) -> Iterator[tuple[Path, Input]]:
    """Every input, those of grids too, with its place in the file."""
    for number, entry in enumerate(standard.inputs):
        yield ("inputs", number), entry
    for number, grid in enumerate(standard.grids):
        for entry in contract.grid_inputs(grid):
            yield ("grids", number), entry


def _ids(standard: Standard) -> Iterator[tuple[str, Path, str]]:
    """Every id: the namespace in which it must be unique, its place, itself."""
    for path, entry in entries(standard):
        yield "输入项和派生量", path, entry.id
    for number, derived in enumerate(standard.derived):
        yield "输入项和派生量", ("derived", number), derived.id
    for number, grid in enumerate(standard.grids):
        yield "表格", ("grids", number), grid.id
        for side, axes in (("rows", grid.rows), ("columns", grid.columns)):
            for place, axis in enumerate(axes):
                yield f"{grid.id} 的 {side}", ("grids", number, side, place), axis.id
    for number, table in enumerate(standard.tables):
        yield "表格", ("tables", number), table.id
        for place, column in enumerate(table.columns):
            yield f"{table.id} 的列", ("tables", number, "columns", place), column.id
        for place, measure in enumerate(table.row_measures):
            yield f"{table.id} 的列", ("tables", number, "row_measures", place), measure.id
    for number, sheet in enumerate(standard.sheets):
        yield "工作表", ("sheets", number), sheet.id
    for number, level in enumerate(standard.levels):
        yield "指标级别", ("levels", number), level.id
        for place, child in enumerate(level.children):
            yield "指标级别", ("levels", number, "children", place), child.id
    for number, indicator in enumerate(standard.indicators):
        yield "指标", ("indicators", number), indicator.id
        for place, reading in enumerate(indicator.alternatives):
            path = ("indicators", number, "alternatives", place)
            yield f"{indicator.id} 的其他解读", path, reading.id
    for number, check in enumerate(standard.cross_checks):
        yield "勾稽关系", ("cross_checks", number), check.id
    for number, cap in enumerate(standard.caps):
        yield "总分上限和加减分", ("caps", number), cap.id
    for number, adjustment in enumerate(standard.adjustments):
        yield "总分上限和加减分", ("adjustments", number), adjustment.id
    for number, erratum in enumerate(standard.errata):
        yield "勘误", ("errata", number), erratum.id


def ids(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Ids are short ASCII words in lower case, and unique in their namespace."""
    if not _STANDARD_ID.fullmatch(standard.id):
        yield source.problem(("id",), "标准的 id 应以小写字母开头，只含小写字母、数字和连字符")
    first: dict[tuple[str, str], Path] = {}
    for space, path, name in _ids(standard):
        where = (*path, "id")
        if not _ID.fullmatch(name):
            rule = "应以小写字母开头，只含小写字母、数字和下划线，最多 60 个字符"
            yield source.problem(where, f"id {name!r} {rule}")
        if space == "输入项和派生量" and keyword.iskeyword(name):
            yield source.problem(where, f"id {name!r} 是算式不能用的词，请换一个")
        if (space, name) in first:
            line = source.problem((*first[space, name], "id"), "").line
            yield source.problem(where, f"id {name!r} 重复：{space}中第 {line} 行已经用过")
        first.setdefault((space, name), path)


def _names(standard: Standard) -> Iterator[tuple[str, Path]]:
    """The defined names that the standard gives rise to."""
    for path, entry in entries(standard):
        yield contract.input_name(entry.id), path
    for number, table in enumerate(standard.tables):
        own = contract.own_rows(standard, table.id)
        for name in (
            *(part.id for part in (*table.columns, *table.row_measures)),
            *(contract.ROW_RESULTS if own else ()),
        ):
            yield contract.column_name(table.id, name), ("tables", number)
    roles = ("value", "score", "status", "self", "reason", "evidence", "review", "review_reason")
    for number, indicator in enumerate(standard.indicators):
        path = ("indicators", number)
        for role in (*roles, *(("na", "na_reason") if indicator.may_be_na else ())):
            yield f"{role}_{indicator.id}", path
        if isinstance(indicator.rule, Checklist):
            for item in range(1, len(indicator.rule.items) + 1):
                yield contract.input_name(contract.check_id(indicator.id, item)), path
                yield contract.input_name(f"basis_{indicator.id}_{item}"), path


def names(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """No two parts of different ids give rise to the same defined name."""
    first: dict[str, Path] = {}
    for name, path in _names(standard):
        other = first.setdefault(name, path)
        if other != path:
            line = source.problem(other, "").line
            yield source.problem(path, f"与第 {line} 行都会产生单元格名称 {name}，请改 id")


def sheets(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Sheets have usable titles, and everything is placed on one of them."""
    known = {sheet.id for sheet in standard.sheets}
    titles: set[str] = set()
    for number, sheet in enumerate(standard.sheets):
        where = ("sheets", number, "title")
        if not _TITLE.fullmatch(sheet.title) or sheet.title in _RESERVED:
            yield source.problem(
                where,
                f"工作表名 {sheet.title!r} 不能用：最多 31 个字符，不含 []:*?/\\'，"
                f"也不能是 {'、'.join(_RESERVED)}",
            )
        if sheet.title in titles:
            yield source.problem(where, f"工作表名 {sheet.title!r} 重复")
        titles.add(sheet.title)
    placed: tuple[tuple[str, tuple[Input | Grid | Table, ...]], ...] = (
        ("inputs", standard.inputs),
        ("grids", standard.grids),
        ("tables", standard.tables),
    )
    for kind, parts in placed:
        for number, part in enumerate(parts):
            if part.sheet not in known:
                allowed = "、".join(sorted(known))
                yield source.problem(
                    (kind, number, "sheet"), f"没有工作表 {part.sheet!r}，可用：{allowed}"
                )
    if contract.SCORE_SHEET_ID not in known:
        yield source.problem(("sheets",), f"缺少 id 为 {contract.SCORE_SHEET_ID} 的工作表")
    marked = sum(sheet.checklists for sheet in standard.sheets)
    needed = any(isinstance(one.rule, Checklist) for one in standard.indicators)
    if marked > 1 or marked < needed:
        wrong = f"应有且只有一张工作表标明 checklists: true，实际 {marked} 张"
        yield source.problem(("sheets",), wrong)


def fields(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Types, choices, bounds and presets of inputs and columns agree with each other."""
    for number, entry in enumerate(standard.inputs):
        yield from _field(entry, ("inputs", number), source)
    for number, grid in enumerate(standard.grids):
        columns = {column.id for column in grid.columns}
        for place, row in enumerate(grid.rows):
            for column in row.presets.keys() - columns:
                where: Path = ("grids", number, "rows", place, "presets", column)
                yield source.problem(
                    where, f"没有列 {column!r}，可用：{'、'.join(sorted(columns))}"
                )
        kinds = {grid.type, *(axis.type for axis in (*grid.rows, *grid.columns))}
        if kinds - NUMBER_TYPES - {None}:
            yield source.problem(("grids", number, "type"), "表格中只能填写数字类的内容")
        for entry in contract.grid_inputs(grid):
            yield from _field(entry, ("grids", number), source)
    for number, table in enumerate(standard.tables):
        path = ("tables", number)
        if not 1 <= table.rows <= _MOST_ROWS:
            yield source.problem((*path, "rows"), f"行数应在 1 到 {_MOST_ROWS} 之间")
        if table.name and table.name not in [column.id for column in table.columns]:
            yield source.problem((*path, "name"), f"name 应为一列的 id，实际是 {table.name!r}")
        elif not table.columns or table.named_by.type not in ("text", "long_text"):
            which = "name 所指的列" if table.name else "第一列"
            yield source.problem((*path, "columns"), f"{which}应为文字（每一行的名称）")
        for place, part in enumerate(table.columns):
            yield from _field(part, (*path, "columns", place), source)


def _field(field: Input | Column, path: Path, source: StandardFile) -> Iterator[Problem]:
    if (field.type == "choice") != bool(field.choices):
        wrong = "type 为 choice 时要列出 choices" if not field.choices else "只有 choice 有 choices"
        yield source.problem((*path, "choices"), wrong)
    if len(set(field.choices)) != len(field.choices):
        yield source.problem((*path, "choices"), "choices 中有重复")
    bounds = (field.min, field.max)
    if field.type not in NUMBER_TYPES and bounds != (None, None):
        yield source.problem((*path, "type"), "只有数字类的内容可以有 min 和 max")
    if field.min is not None and field.max is not None and field.min > field.max:
        yield source.problem((*path, "max"), "max 小于 min")
    preset = field.preset if isinstance(field, Input) else None
    if preset is None:
        return
    if field.type in NUMBER_TYPES:
        low, high = bounds
        fits = not isinstance(preset, str) and not (
            (low is not None and preset < low) or (high is not None and preset > high)
        )
    else:
        fits = isinstance(preset, str) and (not field.choices or preset in field.choices)
    if not fits:
        yield source.problem((*path, "preset"), f"预填值 {preset} 不符合类型、范围或选项")


def titles(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Indicators of the same official name are told apart by a qualifier."""
    first: dict[str, int] = {}
    for number, indicator in enumerate(standard.indicators):
        if indicator.title in first:
            where = ("indicators", number, "name")
            yield source.problem(where, f"指标名 {indicator.title!r} 重复，请用 qualifier 区分")
        first.setdefault(indicator.title, number)


LINTS = (ids, names, sheets, fields, titles)
