"""What was read of a report: values for fields, each with its source, and what found no place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from workbook_tools.figures import amount, percent
from workbook_tools.importing.wording import excerpt, plain
from workbook_tools.ooxml.strings import MOST_TEXT
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import Field, fields
from workbook_tools.standard.inputs import InputType, Value
from workbook_tools.standard.tables import Table


class Source(msgspec.Struct, frozen=True):
    """Where in the report something stands, and its words."""

    place: str
    words: str


EntryRow = Mapping[str, tuple[Value, Source]]
"""A row of a table: values by column id, each with where it stands."""


class Placed(msgspec.Struct, frozen=True):
    """A cell that was filled: its field, label and sheet, what was put in, and the source.

    The field of a cell in a table is ``table.row.column``, rows counted from 1.
    """

    field: str
    label: str
    sheet: str
    value: str
    place: str
    words: str


class NotPlaced(msgspec.Struct, frozen=True):
    """Words of the report that went nowhere, and why (Chinese)."""

    place: str
    words: str
    reason: str


class Entries:
    """Values by field id, rows by table id. What is said in two different ways cancels itself."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.fields: Mapping[str, Field] = fields(standard)
        self.not_placed: list[NotPlaced] = []
        self._values: dict[str, tuple[Value, Source]] = {}
        self._disputed: set[str] = set()
        self._rows: dict[str, tuple[EntryRow, ...]] = {}
        self._settled: set[str] = set()

    def put(self, field: str, value: Value, source: Source) -> None:
        """Put a value into a field that has none, or has the same."""
        if field in self._settled:
            return
        if field in self._disputed:
            self._dispute(field, source)
            return
        there = self._values.get(field)
        if there is None:
            if isinstance(value, str) and len(value) > MOST_TEXT:
                most = f"一个单元格的上限（{MOST_TEXT:,} 字）"
                self.refuse(source, f"文字超过{most}，请分段手工填入。")
            else:
                self._values[field] = value, source
        elif not _same(there[0], value):
            self._disputed.add(field)
            del self._values[field]
            self._dispute(field, there[1])
            self._dispute(field, source)

    def put_rows(self, table: Table, rows: Sequence[EntryRow]) -> None:
        """Put the rows of a list into a table that has none, or has the same."""
        there = self._rows.get(table.id)
        if there is None:
            for row in rows[table.rows :]:
                self.refuse(
                    row[table.named_by.id][1], f"“{table.label}”最多 {table.rows} 行，没有填。"
                )
            self._rows[table.id] = tuple(rows[: table.rows])
        elif not _alike(there, rows):
            self._rows[table.id] = ()
            reason = f"“{table.label}”有两张内容不同的表，都没有填，请核对后手工填写。"
            for row in (*there, *rows):
                self.refuse(next(iter(row.values()))[1], reason)

    def settle(self) -> None:
        """Keep what was put so far, whatever is put later into the same fields."""
        self._settled |= set(self._values)

    def append(self, field: str, text: str, source: Source) -> None:
        """Put text behind what a long text already has."""
        there = self._values.pop(field, None)
        if there is not None and isinstance(there[0], str):
            text, source = f"{there[0]}\n{text}", there[1]
        self.put(field, text, source)

    def refuse(self, source: Source, reason: str) -> None:
        """Note words that went nowhere, and why."""
        self.not_placed.append(NotPlaced(source.place, excerpt(source.words), reason))

    def _dispute(self, field: str, source: Source) -> None:
        label = self.fields[field].label
        self.refuse(source, f"报告中“{label}”有不同的写法，没有填，请核对后手工填写。")

    @property
    def values(self) -> dict[str, Value]:
        """What goes into the workbook, by field id, in the order of its sheets."""
        return {field: self._values[field][0] for field in self.fields if field in self._values}

    @property
    def rows(self) -> Mapping[str, tuple[EntryRow, ...]]:
        """The rows of tables, by table id; only those of which there are any."""
        return {table: rows for table, rows in self._rows.items() if rows}

    @property
    def sources(self) -> dict[str, Source]:
        """Where each value comes from, by field id."""
        return {field: source for field, (_, source) in self._values.items()}

    def placed(self) -> tuple[Placed, ...]:
        """The filled cells, in the order of the sheets."""
        return (*self._placed_fields(), *self._placed_rows())

    def _placed_fields(self) -> Iterator[Placed]:
        titles = {sheet.id: sheet.title for sheet in self.standard.sheets}
        for field, value in self.values.items():
            source = self._values[field][1]
            yield Placed(
                field=field,
                label=self.fields[field].label,
                sheet=titles[self.fields[field].sheet],
                value=_shown(self.fields[field].type, value),
                place=source.place,
                words=excerpt(source.words),
            )

    def _placed_rows(self) -> Iterator[Placed]:
        titles = {sheet.id: sheet.title for sheet in self.standard.sheets}
        for table in self.standard.tables:
            for number, row in enumerate(self._rows.get(table.id, ()), start=1):
                for column in table.columns:
                    if column.id in row:
                        value, source = row[column.id]
                        yield Placed(
                            field=f"{table.id}.{number}.{column.id}",
                            label=f"{table.label}第 {number} 行{column.label}",
                            sheet=titles[table.sheet],
                            value=_shown(column.type, value),
                            place=source.place,
                            words=excerpt(source.words),
                        )


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return plain(one) == plain(other)
    return one == other


def _alike(one: Sequence[EntryRow], other: Sequence[EntryRow]) -> bool:
    return len(one) == len(other) and all(
        here.keys() == there.keys()
        and all(_same(here[column][0], there[column][0]) for column in here)
        for here, there in zip(one, other, strict=True)
    )


def _shown(kind: InputType, value: Value) -> str:
    match value:
        case Fraction() if kind == "share":
            return percent(value)
        case Fraction() if kind == "year":
            return str(value)
        case Fraction():
            return amount(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return excerpt(value)
