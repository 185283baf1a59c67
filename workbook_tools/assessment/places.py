"""Where a workbook has what departments are compared in: the cells, and what its texts are.

Texts are known by a digest, so that those of thousands of departments fit beside each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from workbook_tools.standard import Standard
from workbook_tools.standard.contract import fields
from workbook_tools.standard.tables import Achievement
from workbook_tools.submission import Entry, Submission

_LEAST = 20  # characters: shorter texts are often the same by chance, or by the template's help
_SHOWN = 20  # characters of a text that are told

Place = tuple[str, str]
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


def cells(submission: Submission) -> dict[str, Place]:
    """By field id, the cells of what is compared: figures that the standard names, own scores."""
    standard = submission.standard
    wanted = [f"self_{one.id}" for one in standard.indicators]
    if standard.peers is not None:
        wanted += [one.at for one in standard.peers.ratios]
        wanted += [one.at for one in standard.peers.suspects]
    wanted += [one.now for one in standard.continues]
    found = ((field, submission.entries.get(field)) for field in dict.fromkeys(wanted))
    return {field: (entry.sheet, entry.cell) for field, entry in found if entry and entry.cell}


def texts(submission: Submission) -> tuple[Text, ...]:
    """The texts that are long enough to be somebody's own, and the rows of tables with targets."""
    return (*_fields(submission), *_rows(submission))


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
    start = text.partition("|")[0] if row else text
    return Text(
        what=what,
        sheet=entry.sheet,
        cell=entry.cell,
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        start=f"{start[:_SHOWN]}……" if len(start) > _SHOWN else start,
        row=row,
    )
