"""Figures that the text of a report names, as the narrative room reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

from workbook_tools.importing.document import Piece
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.prose import Run
from workbook_tools.narrative.numbers import Number
from workbook_tools.narrative.plain import original_span, plain
from workbook_tools.narrative.reading import read
from workbook_tools.narrative.statements import Group
from workbook_tools.standard import Standard
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.known_fields import CLAIMED_TOTAL, FISCAL_YEAR, PROJECT_NAME, UNIT_NAME
from workbook_tools.standard.tables import Formula

_CLOSED = tuple("。！？!?；;：:")
_FULL_LINE = 20  # characters; a shorter line was not broken for want of room
_LONGEST = 10_000  # characters of a paragraph; no report has one of a tenth of that
_CLAIMED = {"self_total": CLAIMED_TOTAL}
"""Figures that the workbook computes, by the input in which a report's own figure is entered."""


def read_amounts(runs: Sequence[Run], entries: Entries) -> set[int]:
    """Put the figures that the runs name into the entries; gives which runs had any.

    Of several numbers for one figure the most exact counts, where the others are that, rounded.
    """
    year = entries.values.get(FISCAL_YEAR)
    unit, project = (str(entries.values.get(one, "")) for one in (UNIT_NAME, PROJECT_NAME))
    found: dict[str, list[tuple[Number, Source]]] = defaultdict(list)
    told: set[int] = set()
    for part in _parts(runs):
        statements = read(
            "\n".join(one.plain for one in part),
            entries.standard,
            int(year) if isinstance(year, Fraction) else None,
            unit,
            project,
        )
        starts = list(accumulate((len(one.plain) + 1 for one in part), initial=0))
        doubtful = {
            id(group.whole): group
            for group in statements.groups
            if _is_misnamed(group, entries.standard)
        }
        for claim in statements.claims:
            field = _CLAIMED.get(claim.figure, claim.figure)
            if claim.number is None or field not in entries.fields:
                continue
            if claim.term.adjusted and not claim.stated:
                continue  # 基本支出预算850万元: it may stand in one column as well as in another
            place = bisect_right(starts, claim.start) - 1
            source = part[place].source(claim.start - starts[place], claim.end - starts[place])
            if id(claim) in doubtful:
                entries.refuse(source, _misnamed(doubtful[id(claim)]))
                continue
            found[field].append((claim.number, source))
            told.add(part[place].run)
    for field, numbers in found.items():
        _put(field, numbers, entries)
    return told


class _Paragraph:
    """Pieces that are one paragraph: ``text`` of the document, ``plain`` as it is read."""

    def __init__(self, pieces: Sequence[Piece], run: int) -> None:
        self.run, self._pieces = run, pieces
        self._text = "".join(piece.text for piece in pieces)[:_LONGEST]
        self.plain = plain(self._text).replace("\n", " ")

    def source(self, start: int, end: int) -> Source:
        """Where the words ``plain[start:end]`` stand: their line, and as the document has them."""
        start, end = original_span(self._text, start, end)
        lengths = accumulate(len(piece.text) for piece in self._pieces)
        ends = zip(self._pieces, lengths, strict=True)
        piece = next(one for one, length in ends if start < length)
        return Source(piece.place, self._text[start:end])


def _parts(runs: Sequence[Run]) -> Iterator[list[_Paragraph]]:
    """The paragraphs, those together that stand beneath one known heading, which comes first.

    What a sentence speaks of may be said by any heading above it, so nothing is taken behind what
    could not be read, up to the next heading.
    """
    part: list[_Paragraph] = []
    broken = False
    for place, run in enumerate(runs):
        broken = not run.is_headed and (broken or any(one.broken for one in run.pieces))
        if broken:
            continue
        if run.is_headed:
            if part:
                yield part
            part = [_Paragraph([run.first], place)] if run.first not in run.pieces else []
        part += [_Paragraph(pieces, place) for pieces in _paragraphs(run.pieces)]
    if part:
        yield part


def _put(field: str, numbers: Sequence[tuple[Number, Source]], entries: Entries) -> None:
    exact, source = min(numbers, key=lambda one: one[0].step)
    entries.put(field, exact.value, source)
    for number, other in numbers:
        if not number.stands_for(exact.value):
            entries.put(field, number.value, other)


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces, those together that are lines of one sentence."""
    paragraph: list[Piece] = []
    for piece in pieces:
        if paragraph:
            last = paragraph[-1]
            goes_on = (
                piece.is_line
                and not piece.gap
                and len(last.text) >= _FULL_LINE
                and not last.text.endswith(_CLOSED)
            )
            if not goes_on:
                yield paragraph
                paragraph = []
        paragraph.append(piece)
    if paragraph:
        yield paragraph


def _is_misnamed(group: Group, standard: Standard) -> bool:
    """Whether what is listed after 其中 makes up another figure than the one that is named."""
    parts = {part.figure for part in group.parts}
    return len(parts) > 1 and any(
        isinstance(one, Formula)
        and one.id != group.whole.figure
        and parts <= set(names(parse(one.formula)))
        for one in standard.derived
    )


def _misnamed(group: Group) -> str:
    listed = "、".join(part.term.words[0] for part in group.parts)
    return f"“其中”所列的{listed}不是“{group.whole.term.words[0]}”的组成部分，没有填。"
