"""One submission under check, and what several checks ask of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property, lru_cache

import msgspec

from workbook_tools.checks.dragged import Drag, drags
from workbook_tools.checks.faults import Fault, faults
from workbook_tools.checks.located import Located
from workbook_tools.checks.losses import Loss, losses
from workbook_tools.checks.needs import lacking, sources, users
from workbook_tools.checks.places import places
from workbook_tools.checks.running_totals import added_up
from workbook_tools.checks.units import Misreading, misreadings, suspects
from workbook_tools.checks.words import quoted
from workbook_tools.figures import points
from workbook_tools.narrative.comparing import Disagreement, disagreements
from workbook_tools.narrative.placeholders import filled, names_in
from workbook_tools.ooxml import from_a1, from_serial
from workbook_tools.scoring.model import Evaluation
from workbook_tools.scoring.quantities import quantities
from workbook_tools.scoring.relations import is_broken
from workbook_tools.standard.contract import Entered, column_name, fields
from workbook_tools.standard.known_fields import FISCAL_YEAR, UNIT_CODE, UNIT_NAME
from workbook_tools.standard.model import Standard
from workbook_tools.standard.placeholders import meant_by, nearest
from workbook_tools.standard.tables import Column, Table
from workbook_tools.submission.model import Entry, Row, Submission

_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_DAYS = 36_526, 73_051
"""The serial numbers of the days from 2000 to 2099."""
IDENTITY = (UNIT_CODE, UNIT_NAME, FISCAL_YEAR)
"""The ids of the inputs that say who reports and for when, not what."""


class Slot(msgspec.Struct, frozen=True, gc=False):
    """An input cell: what stands in it and what the standard says of it.

    ``field`` is the id that findings carry, ``table.column`` in a table row.
    """

    entry: Entry
    spec: Entered
    field: str
    table: Table | None = None
    row: Row | None = None

    @property
    def where(self) -> str:
        """The cell and what it is: ``B7（编制数）``, ``E9（公共服务：完成季度）``."""
        label = self.spec.label if isinstance(self.spec, Column) else self.spec.name_in_words
        if self.table is not None and self.row is not None and self.row.counted:
            label = f"{self.row.name}：{label}"
        return f"{self.entry.cell}（{label}）"


def cell_of(table: Table, row: Row, column: str) -> Slot:
    """The cell of a table's row in a column."""
    spec = next(one for one in table.columns if one.id == column)
    return Slot(row.entries[column], spec, f"{table.id}.{column}", table, row)


class Case:
    """A submission with its evaluation; each question is answered once."""

    def __init__(self, submission: Submission, evaluation: Evaluation) -> None:
        self.submission, self.evaluation = submission, evaluation
        self.standard = submission.standard
        self.fields = fields(self.standard)

    def slot(self, field: str) -> Slot:
        """The cell of a field."""
        return Slot(self.submission.entries[field], self.fields[field], field)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The cells of all fields, then those of the table rows that count."""
        entries = self.submission.entries
        single = [Slot(entries[field.id], field, field.id) for field in self.fields.values()]
        listed = []
        for table in self.standard.tables:
            columns = [(one.id, one, f"{table.id}.{one.id}") for one in table.columns]
            listed += [
                Slot(row.entries[identity], column, field, table, row)
                for row in self.submission.counted_rows(table.id)
                for identity, column, field in columns
            ]
        return (*single, *listed)

    @cached_property
    def as_filled(self) -> Mapping[str, Fraction | None]:
        """The figures with those that cannot be used beside the others."""
        given = self.evaluation
        return quantities(self.submission) if given.excluded else given.quantities

    @cached_property
    def untouched(self) -> bool:
        """Whether nothing stands in the workbook but who it is from and what it was issued with."""
        rows = (row for every in self.submission.tables.values() for row in every)
        if not all(entry.blank for row in rows for entry in row.entries.values()):
            return False
        return all(
            entry.blank
            or entry.problem == "name-missing"
            or field in IDENTITY
            or (self.fields[field].preset is not None and entry.value == self.fields[field].preset)
            or (field in self.submission.issued and self.submission.is_as_issued(field))
            for field, entry in self.submission.entries.items()
        )

    def merged_into(self, entry: Entry) -> str:
        """The merged area (A1) that hides a cell, so that nobody can type into it; "" for none."""
        areas = self.submission.merged.get(entry.sheet, ())
        if not areas or not entry.cell:
            return ""
        place = from_a1(entry.cell)
        hiding = (one for one in areas if place in one)
        return next((one.a1 for one in hiding if (one.first_row, one.first_col) != place), "")

    @cached_property
    def unusable(self) -> tuple[Slot, ...]:
        """The cells whose content cannot be used."""
        return tuple(slot for slot in self.slots if slot.entry.problem is not None)

    @cached_property
    def uncounted(self) -> tuple[Slot, ...]:
        """The cells of table rows that do not count, because they have no name."""
        return tuple(
            Slot(row.entries[column.id], column, f"{table.id}.{column.id}", table, row)
            for table in self.standard.tables
            for row in self.submission.tables[table.id]
            if not row.counted
            for column in table.columns
        )

    @cached_property
    def numbers(self) -> tuple[tuple[Slot, Fraction], ...]:
        """The cells with a usable number, and the number."""
        # exact type: isinstance asks the abstract base class for every text, ten times as slow
        return tuple(
            (slot, value) for slot in self.slots if type(value := slot.entry.value) is Fraction
        )

    @cached_property
    def lacking(self) -> dict[str, tuple[str, ...]]:
        """What the indicators that cannot be computed lack (see :func:`.needs.lacking`)."""
        return lacking(self.evaluation)

    def needed_by(self, slot: Slot) -> tuple[str, ...]:
        """The indicators that cannot be computed for want of this cell."""
        if slot.row is not None:
            return self.lacking.get(f"{slot.field}[{slot.row.number}]", ())
        if slot.field in self.lacking or slot.entry.blank:
            return self.lacking.get(slot.field, ())
        used_by = users(self.standard).get(slot.field, frozenset())  # under another measure, say
        results = self.evaluation.results.values()
        return tuple(
            one.indicator
            for one in results
            if one.status == "insufficient" and one.indicator in used_by
        )

    @cached_property
    def of_single_periods(self) -> Mapping[str, Mapping[str, Fraction]]:
        """Running totals where they were given period by period, by the id of their relation.

        As :func:`.running_totals.added_up` has them: of most relations, none.
        """
        series = (one for one in self.standard.cross_checks if one.series)
        return {one.id: added_up(self.evaluation, self.as_filled, one) for one in series}

    @cached_property
    def contradicted(self) -> frozenset[str]:
        """The indicators that are computed from a figure above what it is a part of."""
        standard, figures = self.standard, self.evaluation.quantities
        above = [
            one
            for one in standard.cross_checks
            if one.relation == "at_most" and one.severity == "error" and not one.impossible
            if is_broken(standard, one, figures)
        ]
        used = users(standard)
        rests_on = [source for one in above for source in sources(standard, one.left)]
        return frozenset(user for one in rests_on for user in used.get(one, ()))

    def lacking_of(self, indicator: str) -> tuple[str, ...]:
        """What one indicator lacks; nothing of one that is computed."""
        found = [source for source, by in self.lacking.items() if indicator in by]
        if found:
            single = (slot for slot in self.unusable if slot.row is None)
            found += [slot.field for slot in single if indicator in self.needed_by(slot)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """What was deleted, but for whole sheets (see :func:`.losses.losses`)."""
        known = places(self.standard)
        lost = [
            name
            for name in self.submission.missing_names
            if name in known and known[name].sheet not in self.removed_sheets
        ]
        return tuple(losses(self.standard, lost))

    @cached_property
    def lost_formulas(self) -> tuple[str, ...]:
        """The names of deleted formulas that are not among :attr:`losses`."""
        submission, known = self.submission, places(self.standard)
        there = {name.casefold() for name in (*submission.stored, *submission.row_formulas)}
        gone = (name for name in submission.formulas if name.casefold() not in there)
        return tuple(name for name in gone if name not in known)

    @cached_property
    def removed_sheets(self) -> frozenset[str]:
        """The ids of the sheets of which no name is left."""
        lost = set(self.submission.missing_names)
        if not lost:
            return frozenset()
        left = {
            place.sheet
            for name, place in places(self.standard).items()
            if place.entered and name not in lost
        }
        return frozenset(sheet.id for sheet in self.standard.sheets if sheet.id not in left)

    def source_of(self, name: str) -> str:
        """The field, or ``table.column``, whose cells have this defined name; "" when none."""
        return _sources(self.standard).get(name, "")

    @cached_property
    def suspects(self) -> dict[str, str]:
        """The amounts that seem to be in 元 (see :func:`.units.suspects`)."""
        return suspects(self.evaluation)

    @cached_property
    def misreadings(self) -> tuple[Misreading, ...]:
        """These amounts by what was misread (see :func:`.units.misreadings`)."""
        return misreadings(self.evaluation, self.suspects)

    @cached_property
    def texts(self) -> tuple[tuple[Slot, str], ...]:
        """The cells of the report's text that hold something, and the text."""
        texts = self.submission.text
        return tuple(
            (self.slot(field.id), text)
            for field in self.fields.values()
            if field.type == "long_text" and (text := texts(field.id))
        )

    @cached_property
    def disagreements(self) -> tuple[tuple[Slot, str, Disagreement], ...]:
        """What in the report's text is contradicted, with the text, its placeholders filled in."""
        return tuple(
            (slot, text, one)
            for slot, written in self.texts
            for text in [filled(written, self.evaluation)]
            for one in disagreements(text, self.evaluation, self.suspects)
        )

    @cached_property
    def unknown_placeholders(self) -> tuple[tuple[Slot, tuple[str, ...]], ...]:
        """The names in braces that stand for nothing, each once, by cell.

        An id is meant to be one; other words in braces may be just text, unless they are much like
        a name.
        """
        return tuple(
            (slot, unknown)
            for slot, text in self.texts
            if (unknown := tuple(filter(self._is_unknown, dict.fromkeys(names_in(text)))))
        )

    def _is_unknown(self, name: str) -> bool:
        if meant_by(self.standard, name) is not None:
            return False
        return _ID.fullmatch(name) is not None or nearest(self.standard, name) is not None

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each indicator, by id."""
        return {one.id: one.title for one in self.standard.indicators}

    @cached_property
    def calculated(self) -> bool:
        """Whether some program has computed the workbook: its formulas carry results."""
        stored = self.submission.stored.values()
        return any(one.formula is not None and one.value not in (None, "") for one in stored)

    @cached_property
    def located(self) -> Located:
        """What the workbook's defined names point to."""
        return Located(self.submission, self.fields)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The formulas that were overwritten or altered (see :func:`.faults.faults`)."""
        return faults(self.located)

    @cached_property
    def drags(self) -> tuple[Drag, ...]:
        """The cells of table rows that were dragged onto others and left a blank behind.

        See :func:`.dragged.drags`.
        """
        rows = [row for every in self.submission.tables.values() for row in every]
        entries = [one for row in rows for one in row.entries.values() if not one.blank]
        filled = {(one.sheet, one.cell) for one in entries}
        return tuple(
            drag
            for drag in drags(self.faults)
            if filled.isdisjoint((drag.sheet, cell) for cell in drag.left)
        )

    def day(self, number: Fraction) -> datetime.date | None:
        """The day about the fiscal year that a number means: a program took 9-10 for a date."""
        if number.denominator != 1 or not _DAYS[0] <= number < _DAYS[1]:
            return None
        day, year = from_serial(float(number)).date(), self.submission.number(FISCAL_YEAR)
        return day if year is not None and year - 1 <= day.year <= year + 2 else None

    def named(self, indicators: tuple[str, ...]) -> str:
        """Indicators in words: “预算完成率”、“预算调整率”等 3 项指标."""
        first = [quoted(self.titles[one]) for one in indicators[:3]]
        rest = f"等 {len(indicators)} 项指标" if len(indicators) > len(first) else ""
        return "、".join(first) + rest

    def uncomputed(self, indicators: tuple[str, ...]) -> str:
        """What these suffer, as the end of a clause: “，“预算完成率”无法计算”; "" for none."""
        return f"，{self.named(indicators)}无法计算" if indicators else ""

    def sheet(self, sheet_id: str) -> str:
        """The title that a sheet of the standard has in this workbook."""
        for field in self.fields.values():
            if field.sheet == sheet_id and (title := self.submission.entries[field.id].sheet):
                return title
        return next(one.title for one in self.standard.sheets if one.id == sheet_id)

    def score(self, value: Fraction) -> str:
        """Points as a person writes them, with the standard's places."""
        return points(value, self.standard.rounding.places)


@lru_cache(maxsize=16)
def _sources(standard: Standard) -> Mapping[str, str]:
    found = {field.name: field.id for field in fields(standard).values()}
    for table in standard.tables:
        found |= {column_name(table.id, one.id): f"{table.id}.{one.id}" for one in table.columns}
    return found
