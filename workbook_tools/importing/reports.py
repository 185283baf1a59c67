"""A report into a workbook of a standard: what it says surely, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbook_tools.files.names import distinct, safe_name
from workbook_tools.files.targets import refuse_existing
from workbook_tools.importing.document import ReportError
from workbook_tools.importing.entries import Entries, NotPlaced, Placed, Source
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.parts import ImportedPart, parts_of
from workbook_tools.importing.wording import excerpt
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import own_from_rows

if TYPE_CHECKING:
    from workbook_tools.template import Filling


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a report: the cells filled, the words that went nowhere, in reading order.

    ``form``: which form of a document with several it is, by its sheet; "" for the only one.
    ``unscored``: the indicators (title) for which no self-score was read.
    """

    source: str
    target: str
    standard: Standard
    placed: tuple[Placed, ...]
    not_placed: tuple[NotPlaced, ...]
    unscored: tuple[str, ...]
    form: str = ""


def import_report(
    source: str | Path, target: str | Path, standard: Standard | None = None
) -> Imported:
    """Fill a new workbook with what a report or a form says surely.

    Read are Word documents, plain text, and workbooks with an official self-evaluation table: the
    entries of the head, the sections by their headings, score tables (indicators by 二级 and 三级
    name), lists of own indicators, and the amounts of tables and text. Each filled cell carries a
    note with the place and the words that it comes from. What is ambiguous, contradicts itself or
    has no cell is listed instead. ``standard``: by default the one that the document's own words
    tell, else, for a report, the shipped one.

    Raises :class:`~workbook_tools.importing.ReportError` for a file that is no report, of which
    nothing could be read, or that holds several forms (:func:`import_forms`),
    :class:`TargetRefused` for a target that exists, and OSError where it cannot be written; then
    nothing is written.
    """
    source, target = Path(source), Path(target)
    refuse_existing(target)
    document = read_document(source)
    parts = parts_of(document, standard)
    if len(parts) > 1:
        names = "、".join(part.name or "报告" for part in parts)
        raise ReportError(f"{source.name}：有 {len(parts)} 份自评表（{names}），每份要一个工作簿。")
    return _written(source, target, parts[0], form="")


def import_forms(
    source: str | Path, target: str | Path, standard: Standard | None = None
) -> tuple[Imported, ...]:
    """Fill a new workbook for each form of a document, as :func:`import_report` does for one.

    The workbook of a document's only form, and of the report before its forms, is ``target``; of
    several each is named after its sheet or table: ``自评-项目一.xlsx`` beside ``自评.xlsx``.
    Nothing is written where one of them exists.
    """
    source, target = Path(source), Path(target)
    parts = parts_of(read_document(source), standard)
    if len(parts) == 1:
        refuse_existing(target)
        return (_written(source, target, parts[0], form=""),)
    taken: set[str] = set()
    named = [_beside(target, part.name, taken) if part.name else target for part in parts]
    for one in named:
        refuse_existing(one)
    return tuple(
        _written(source, one, part, form=part.name) for one, part in zip(named, parts, strict=True)
    )


def _beside(target: Path, name: str, taken: set[str]) -> Path:
    """A file beside the target, named after a form as well."""
    return target.with_name(f"{target.stem}-{distinct(safe_name(name), taken)}{target.suffix}")


def _written(source: Path, target: Path, part: ImportedPart, *, form: str) -> Imported:
    from workbook_tools.template import build_template

    standard, entries = part.standard, part.entries
    build_template(standard, target, filling=_filling(source.name, entries))
    return Imported(
        source=str(source),
        target=str(target),
        standard=standard,
        placed=entries.placed(),
        not_placed=tuple(entries.not_placed),
        unscored=tuple(
            one.title
            for one in standard.indicators
            if not own_from_rows(one) and f"self_{one.id}" not in entries.values
        ),
        form=form,
    )


def _filling(name: str, entries: Entries) -> Filling:
    def note(source: Source) -> str:
        return f"导入自 {name}，{source.place}：\n原文“{excerpt(source.words)}”"

    from workbook_tools.template import Filling

    return Filling(
        values=entries.values,
        notes={field: note(source) for field, source in entries.sources.items()},
        rows={
            table: [{column: value for column, (value, _) in row.items()} for row in rows]
            for table, rows in entries.rows.items()
        },
        row_notes={
            table: [{column: note(source) for column, (_, source) in row.items()} for row in rows]
            for table, rows in entries.rows.items()
        },
    )
