"""Where a workbook has what departments are compared in: the cells, and what its texts are.

Texts are known by a digest, so that those of thousands of departments fit beside each other. What
only the rows of a workbook show, such as a cost that is better the higher it is, is found here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from workbook_tools.scoring.rows import meets
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import fields
from workbook_tools.standard.known_fields import FISCAL_YEAR
from workbook_tools.standard.peers import RowSuspect
from workbook_tools.standard.tables import Achievement
from workbook_tools.submission import Entry, Submission

_LEAST = 20  # characters: shorter texts are often the same by chance, or by the template's help
_SHOWN = 20  # characters of a text that are told

FieldPlace = tuple[str, str]
"""Title of the sheet, and A1."""


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text that somebody wrote: ``what`` it is about, where, its digest, and how it begins.

    ``row``: it is a row of a table, its words and figures together.
    """

    what: str
    sheet: str
    cell: str
    digest: str
    start: str
    row: bool = False


class RowsDoubted(msgspec.Struct, frozen=True, gc=False):
    """The rows in which a suspicion of the standard (its id) holds: how many, and the first."""

    suspect: str
    rows: int
    name: str
    sheet: str
    cell: str


def cells(submission: Submission) -> dict[str, FieldPlace]:
    """By field id, the cells of what is compared: figures that the standard names, scores, year."""
    standard = submission.standard
    wanted = [FISCAL_YEAR, *(f"self_{one.id}" for one in standard.indicators)]
    if standard.peers is not None:
        wanted += [one.at for one in standard.peers.ratios]
        wanted += [one.at for one in standard.peers.suspects]
    wanted += [one.now for one in standard.continues]
    found = ((field, submission.entries.get(field)) for field in dict.fromkeys(wanted))
    return {field: (entry.sheet, entry.cell) for field, entry in found if entry and entry.cell}


def texts(submission: Submission) -> tuple[Text, ...]:
    """The texts that are long enough to be somebody's own, and the rows of tables with targets."""
    return (*_fields(submission), *_rows(submission))


def doubted(submission: Submission) -> tuple[RowsDoubted, ...]:
    """By each suspicion of the standard about rows, those in which it holds, unless none."""
    peers = submission.standard.peers
    return tuple(_doubted(submission, peers.rows)) if peers else ()


def _doubted(submission: Submission, asked: Sequence[RowSuspect]) -> Iterator[RowsDoubted]:
    names = {table.id: table.named_by.id for table in submission.standard.tables}
    for suspect in asked:
        rows = submission.counted_rows(suspect.table)
        if found := [row for row in rows if meets(suspect.when, row)]:
            first = found[0].entries
            at = first[suspect.at]
            name = _start(str(first[names[suspect.table]].value or ""))
            yield RowsDoubted(suspect.id, len(found), name, at.sheet, at.cell)


def _fields(submission: Submission) -> Iterator[Text]:
    for field, what in _written(submission.standard):
        entry = submission.entries.get(field)
        if entry is None or not isinstance(entry.value, str) or field in submission.issued:
            continue
        text = "".join(entry.value.split())
        if len(text) >= _LEAST:
            yield _text(what, entry, text)


@lru_cache(maxsize=16)
def _written(standard: Standard) -> tuple[tuple[str, str], ...]:
    """The fields in which people write in their own words, and what these are about."""
    titles = {one.id: f"{one.title}—" for one in standard.indicators}
    return tuple(
        (field.id, f"{titles.get(field.indicator, '')}{field.label}")
        for field in fields(standard).values()
        if field.type == "long_text" or field.role in ("reason", "na_reason")
    )


def _rows(submission: Submission) -> Iterator[Text]:
    """Rows of departments' own indicators: what is aimed at and reached, under which name."""
    for table in submission.standard.tables:
        for measure in table.row_measures:
            if not isinstance(measure, Achievement):
                continue
            name = table.named_by.id
            looked_at = (name, measure.target, measure.actual, measure.degree)
            for row in submission.counted_rows(table.id):
                said = [str(row.entries[one].value or "") for one in looked_at]
                text = "".join("|".join(said).split())
                yield _text(table.label, row.entries[name], text, row=True)


def _text(what: str, entry: Entry, text: str, *, row: bool = False) -> Text:
    return Text(
        what=what,
        sheet=entry.sheet,
        cell=entry.cell,
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        start=_start(text.partition("|")[0] if row else text),
        row=row,
    )


def _start(text: str) -> str:
    return f"{text[:_SHOWN]}……" if len(text) > _SHOWN else text
