"""What was read of a report: values for fields, each with its source, and what found no place."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

import msgspec

from workbook_tools.figures import amount, percent
from workbook_tools.importing.wording import excerpt, plain
from workbook_tools.ooxml.strings import MOST_TEXT
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import Field, fields

Value = Fraction | str | datetime.date


class Source(msgspec.Struct, frozen=True):
    """Where in the report something stands, and its words."""

    place: str
    words: str


class Placed(msgspec.Struct, frozen=True):
    """A cell that was filled: its field, label and sheet, what was put in, and the source."""

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
    """Values by field id. Two different values for one field cancel each other."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.fields: Mapping[str, Field] = fields(standard)
        self.not_placed: list[NotPlaced] = []
        self._values: dict[str, tuple[Value, Source]] = {}
        self._disputed: set[str] = set()

    def put(self, field: str, value: Value, source: Source) -> None:
        """Put a value into a field that has none, or has the same."""
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
    def sources(self) -> dict[str, Source]:
        """Where each value comes from, by field id."""
        return {field: source for field, (_, source) in self._values.items()}

    def placed(self) -> tuple[Placed, ...]:
        """The filled cells, in the order of the sheets."""
        titles = {sheet.id: sheet.title for sheet in self.standard.sheets}
        return tuple(
            Placed(
                field=field,
                label=self.fields[field].label,
                sheet=titles[self.fields[field].sheet],
                value=_shown(self.fields[field], value),
                place=self._values[field][1].place,
                words=excerpt(self._values[field][1].words),
            )
            for field, value in self.values.items()
        )


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return plain(one) == plain(other)
    return one == other


def _shown(field: Field, value: Value) -> str:
    match value:
        case Fraction() if field.type == "share":
            return percent(value)
        case Fraction() if field.type == "year":
            return str(value)
        case Fraction():
            return amount(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return excerpt(value)
