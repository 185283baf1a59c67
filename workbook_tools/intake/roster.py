"""The bureau's roster: who is expected to report, and what the bureau already knows of each."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import msgspec

from workbook_tools.figures import plain
from workbook_tools.intake.roster_headings import (
    FORMER,
    KIND,
    OFFICE,
    OFFICE_LABEL,
    REQUIRED,
    RosterHeadings,
    headings,
)
from workbook_tools.intake.roster_lines import RosterError, lines_of
from workbook_tools.intake.year_targets import year_targets
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import Entered, Field, fields
from workbook_tools.standard.inputs import NUMBER_TYPES, WHOLE_TYPES, Value
from workbook_tools.standard.known_fields import FISCAL_YEAR, UNIT_CODE, UNIT_NAME
from workbook_tools.standard.naming import stated
from workbook_tools.standard.unit_codes import CODE_FIELDS, bare, unit_code

__all__ = ["OFFICE", "OFFICE_LABEL", "Roster", "RosterError", "RosterRow", "Value", "read_roster"]

_SHOWN = 20  # bad rows that are told at once
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_BETWEEN = re.compile(r"[、，,；;\s]+")
_SUMS = ("合计", "总计", "小计", "共计")
_YEAR = re.compile(r"(20[0-9]{2})年度")  # 2021年 alone may be when the list was made


class RosterRow(msgspec.Struct, frozen=True, kw_only=True):
    """One department: ``row`` is its line in the file, ``values`` what it gives, by input id.

    ``kind``: which departments it is like, in the bureau's words, "" where the roster does not say.
    ``former``: its codes of last year, where they were others: of several where it was merged.
    ``contact``: whom to call there, person and telephone, "" where the roster does not say.
    ``subject``: what tells it from other rows of the unit, a project's code say, where the standard
    has such inputs. ``rows``: the year's targets, by table id.
    """

    row: int
    unit_code: str
    unit_name: str
    office: str
    values: Mapping[str, Value]
    contact: str = ""
    kind: str = ""
    former: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = {}


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """The departments in the order of the file, each with a code of its own.

    ``year``: the fiscal year that its title or its column 评价年度 tells, "" where neither does.
    ``left``: the headings of columns that are not used.
    """

    path: Path
    rows: tuple[RosterRow, ...]
    year: str = ""
    left: tuple[str, ...] = ()

    def by_code(self) -> dict[str, RosterRow]:
        """The rows by unit code."""
        return {row.unit_code: row for row in self.rows}


def read_roster(path: str | Path, standard: Standard) -> Roster:
    """Read a roster from CSV (UTF-8 or GB18030) or from the first sheet of an Excel workbook.

    A row names the columns, by Chinese labels or ids: the unit's code and name, optionally
    归口业务股室, 联系人, 联系电话, and any inputs of the standard. A title may stand above that
    row and sums below the units; columns for other purposes are left alone. Raises RosterError,
    naming row and column, for all headings that are slips of the pen, for missing columns, and for
    all rows whose code is blank or stands twice or whose values the input's type does not allow
    (up to a limit).
    """
    path = Path(path)
    lines = list(lines_of(path))
    known = {entry.id: entry for entry in fields(standard).values() if entry.role == "input"}
    heading = headings(path.name, lines, known, standard)
    beside = tuple(one for one in standard.identity if one != UNIT_CODE)
    rows: dict[tuple[str, ...], RosterRow] = {}
    problems: list[str] = []
    for number, cells in lines:
        if number <= heading.row or not any(cells) or _is_sum(cells, heading):
            continue
        try:
            row = _row(path, number, heading, cells, known, beside)
        except RosterError as error:
            problems.append(str(error))
            continue
        key = (row.unit_code, *row.subject)
        if key in rows:
            what, told = ("项目", "、".join(key)) if beside else ("单位", row.unit_code)
            problems.append(
                f"{path.name} 第 {number} 行“单位编码”列：{told} 与第 "
                f"{rows[key].row} 行重复。每个{what}只能有一行，请删除或更正其中一行。"
            )
            continue
        rows[key] = row
    if problems:
        more = len(problems) - _SHOWN
        rest = [f"…… 另有 {more} 行有问题。"] if more > 0 else []
        raise RosterError("\n".join([*problems[:_SHOWN], *rest]))
    if not rows:
        raise RosterError(f"{path.name}：名册只有列名，没有单位。")
    for key, targets in year_targets(path, standard, _value).items():
        if key not in rows:
            told = "、".join(key)
            raise RosterError(f"{path.name}：绩效目标中的 {told} 不在名册里，请核对编码。")
        rows[key] = msgspec.structs.replace(rows[key], rows=targets)
    return Roster(
        path=path,
        rows=tuple(rows.values()),
        year=_year(heading, rows.values()),
        left=heading.left,
    )


def _is_sum(cells: list[str], heading: RosterHeadings) -> bool:
    """Whether a row adds up the units above it, or is a remark below them."""
    code, name = (heading.cell(cells, column) for column in REQUIRED)
    filled = [bare(cell) for cell in cells if cell]
    if code and name:
        return False
    return any(text.startswith(_SUMS) for text in filled) or (
        not code and not name and len(filled) == 1
    )


def _year(heading: RosterHeadings, rows: Iterable[RosterRow]) -> str:
    """The year in the title, else that of most units."""
    if told := _YEAR.search(bare(heading.title)):
        return told[1]
    years = Counter(
        plain(year) for row in rows if isinstance(year := row.values.get(FISCAL_YEAR), Fraction)
    )
    return years.most_common(1)[0][0] if years else ""


def _row(
    path: Path,
    number: int,
    heading: RosterHeadings,
    cells: list[str],
    known: Mapping[str, Field],
    beside: tuple[str, ...],
) -> RosterRow:
    given = {column: text for column in heading.columns if (text := heading.cell(cells, column))}
    for code in CODE_FIELDS:
        if code in given:
            given[code] = unit_code(given[code])
    for required, label in zip(REQUIRED, ("单位编码", "单位名称"), strict=True):
        if required not in given:
            raise RosterError(f"{path.name} 第 {number} 行“{label}”列：没有填写。")
    for identity in beside:
        if identity not in given:
            label = known[identity].label
            raise RosterError(f"{path.name} 第 {number} 行“{label}”列：没有填写，认不出是哪一份。")
    values: dict[str, Value] = {}
    for column, text in given.items():
        if column not in known:
            continue
        try:
            values[column] = _value(known[column], text)
        except ValueError as error:
            raise RosterError(
                f"{path.name} 第 {number} 行“{known[column].label}”列：“{text}”{error}"
            ) from error
    return RosterRow(
        row=number,
        unit_code=given[UNIT_CODE],
        unit_name=given[UNIT_NAME],
        office=given.get(OFFICE, ""),
        values=values,
        contact=heading.contact(cells),
        kind=given.get(KIND, ""),
        former=_codes(given.get(FORMER, "")),
        subject=tuple(given[identity] for identity in beside),
    )


def _codes(text: str) -> tuple[str, ...]:
    """The codes in a cell, between commas, 、 or spaces."""
    return tuple(unit_code(one) for one in _BETWEEN.split(text) if one)


def _value(field: Entered, text: str) -> Value:
    """The typed value. Raises ValueError with the rest of the sentence when it is not allowed."""
    if field.type in NUMBER_TYPES:
        return _number(field, text)
    if field.type == "date":
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise ValueError("不是日期。请写成 2021-03-15 的样子。") from None
    allowed = [str(choice) for choice in field.choices]
    if allowed and text not in allowed:
        raise ValueError(f"不在可选值中。可选：{'、'.join(allowed)}。")
    return text


def _number(field: Entered, text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise ValueError("不是数字。请只写数字，不带单位和千分位逗号。")
    number = Fraction(text)
    if field.type in WHOLE_TYPES and number.denominator != 1:
        raise ValueError("应为整数。")
    if field.min is not None and number < field.min:
        raise ValueError(f"小于允许的最小值 {stated(field.min)}。")
    if field.max is not None and number > field.max:
        raise ValueError(f"大于允许的最大值 {stated(field.max)}。")
    return number
