"""A report into a workbook of a standard: what it says surely, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbook_tools.files.targets import refuse_existing
from workbook_tools.importing.amounts import read_amounts
from workbook_tools.importing.base_table import BaseTables
from workbook_tools.importing.document import Document, Piece, ReportError
from workbook_tools.importing.entries import Entries, NotPlaced, Placed, Source
from workbook_tools.importing.headings import Headings
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.own_report import is_own_report, read_own_report
from workbook_tools.importing.prose import Prose
from workbook_tools.importing.score_grid import read_score_grids
from workbook_tools.importing.score_lines import Lines
from workbook_tools.importing.told_standard import told_standard
from workbook_tools.importing.wording import excerpt, plain
from workbook_tools.narrative.marks import CONTRADICTED
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.contract import own_from_rows
from workbook_tools.standard.known_fields import CLAIMED_TOTAL

if TYPE_CHECKING:
    from workbook_tools.template import Filling


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a report: the cells filled, the words that went nowhere, in reading order.

    ``unscored``: the indicators (title) for which no self-score was read.
    """

    source: str
    target: str
    standard: Standard
    placed: tuple[Placed, ...]
    not_placed: tuple[NotPlaced, ...]
    unscored: tuple[str, ...]


def import_report(
    source: str | Path, target: str | Path, standard: Standard | None = None
) -> Imported:
    """Fill a new workbook with what a report (.docx or plain text) says surely.

    Read are the entries of the head table, the sections by their headings, the score table
    (indicators by 二级 and 三级 name) and the amounts that the text names. Each filled cell carries
    a note with the place and the words that it comes from. What is ambiguous, contradicts itself
    or has no cell is listed instead. ``standard``: by default the one that the report names,
    else the shipped one.

    Raises :class:`~workbook_tools.importing.ReportError` for a file that is no report or of which
    nothing could be read, :class:`TargetRefused` for a target that exists, and OSError where it
    cannot be written; then nothing is written.
    """
    from workbook_tools.template import build_template

    source, target = Path(source), Path(target)
    refuse_existing(target)
    document = read_document(source)
    standard = standard or told_standard(document) or load_standard()
    entries = read_entries(document, standard)
    if not (entries.values or entries.rows):
        raise ReportError(
            f"{source.name}：没有认出单位信息、报告栏目或计分表，不像按评分标准"
            f"“{standard.title}”写的自评报告，没有生成工作簿。"
        )
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


def read_entries(document: Document, standard: Standard) -> Entries:
    """What a report says, by field, and what of it has no place."""
    entries, headings = Entries(standard), Headings(standard)
    if is_own_report(document, standard):
        read_own_report(document, entries)
        entries.settle()
        read_score_grids(document, entries)
        return entries
    tables = BaseTables(document, standard)
    grids = read_score_grids(document, entries) | tables.found
    pieces = [
        piece
        for piece in document.pieces
        if piece.table not in grids and piece.text.strip() != CONTRADICTED
    ]
    lines = Lines(pieces, entries, lambda piece: headings.begins(piece.text))
    lines.read()
    prose = Prose(
        [piece for place, piece in enumerate(pieces) if place not in lines.used], entries, headings
    )
    prose.read()
    tables.read(entries)
    told = read_amounts(prose.runs, entries)
    _hold_total_against(document, entries)
    left = [run for place, run in enumerate(prose.runs) if place not in told and not run.field]
    for _, runs in groupby(enumerate(left), lambda one: one[1].first.table or -one[0] - 1):
        _list_left([piece for _, run in runs for piece in run.pieces], entries)
    return entries


def _hold_total_against(document: Document, entries: Entries) -> None:
    """A total below a score table is the claimed one only where no other is named as such."""
    if CLAIMED_TOTAL not in entries.values:
        return
    label = re.escape(entries.fields[CLAIMED_TOTAL].label)
    named = re.compile(rf"{label}\D{{0,4}}(\d+(?:\.\d+)?)")
    for piece in document.pieces:
        if found := named.search(piece.text):
            entries.put(CLAIMED_TOTAL, Fraction(found[1]), Source(piece.place, piece.text))


def _list_left(pieces: Sequence[Piece], entries: Entries) -> None:
    """Note paragraphs without a field, unless they only repeat what was filled."""
    known = {plain(value) for value in entries.values.values() if isinstance(value, str)}
    if all(plain(piece.text) in known for piece in pieces):
        return
    more = f"（连同其后共 {len(pieces)} 段）" if len(pieces) > 1 else ""
    source = Source(pieces[0].place, pieces[0].text)
    entries.refuse(source, f"报告的这部分{more}没有对应的填报栏目，没有填。")
