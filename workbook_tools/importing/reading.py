"""A report into the entries of a standard: what it says surely, and what found no place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from workbook_tools.importing.amounts import read_amounts
from workbook_tools.importing.base_table import BaseTables
from workbook_tools.importing.document import Document, Piece
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.own_table import read_own_tables
from workbook_tools.importing.forms.splitting import without
from workbook_tools.importing.headings import Headings
from workbook_tools.importing.own_report import is_own_report, read_own_report
from workbook_tools.importing.prose import Prose
from workbook_tools.importing.score_grid import read_score_grids
from workbook_tools.importing.score_lines import Lines
from workbook_tools.importing.wording import plain
from workbook_tools.narrative.marks import CONTRADICTED
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import CLAIMED_TOTAL


def read_entries(document: Document, standard: Standard) -> Entries:
    """What a report says, by field, and what of it has no place."""
    entries = Entries(standard)
    read_into(entries, document)
    return entries


def read_into(entries: Entries, document: Document) -> None:
    """Put what a report says into entries that may have some already."""
    standard = entries.standard
    headings = Headings(standard)
    if is_own_report(document, standard):
        read_own_report(document, entries)
        entries.settle()
        read_score_grids(document, entries)
        return
    tables = BaseTables(document, standard)
    own = read_own_tables(document, entries)
    scored = read_score_grids(without(document, own, frozenset()), entries)
    pieces = [
        piece
        for piece in document.pieces
        if piece.table not in tables.found | own
        and (piece.table not in scored or piece.place in scored[piece.table])
        and piece.text.strip() != CONTRADICTED
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


def list_unread(document: Document, entries: Entries) -> None:
    """Note what stands in a document and cannot be read surely."""
    for piece in document.unread:
        entries.refuse(Source(piece.place, piece.text), "PDF 的这一处分不清各栏或字符，没有读。")


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
