"""The entries and sections of a report outside of its score table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from workbook_tools.importing.document import Piece
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.headings import Heading, Headings
from workbook_tools.importing.values import figure_of, value_of
from workbook_tools.importing.wording import (
    bare_number,
    excerpt,
    is_blank,
    is_instruction,
    numbering,
    plain,
)
from workbook_tools.standard.contract import Field
from workbook_tools.standard.known_fields import FISCAL_YEAR

_TITLE = re.compile(r"\D*(20\d\d)年度?.*绩效.*(?:报告|表)(?:\(.*\))?")
_BROKEN_TITLE = re.compile(r"\D*20\d\d年度?.*(?:部门|单位|支出|绩效|评价|自评)\)?")
_TABLE = re.compile(r".*(?:计分|评分|得分|打分|指标|评价|自评)表")
_CAPTION = re.compile(r"[表图]\s*\d{1,2}[\s:：][^。；;，,]{1,40}")
_ANNEX = re.compile(r"附[件表]\s*[一二三四五六七八九十\d]{0,3}(?:\s*[:：][^。；;]{0,60})?")
"""What is attached, named in a line of its own: no section goes on there."""
_SENTENCE = re.compile(r"[。；;，,：:]")
_ENTRY = re.compile(
    r"(?![一二三四五六七八九十]是|其中|包括|主要|如下|原因|一方面|同时)"
    r"[\u4e00-\u9fff“”（）()]{3,14}(?<!如下)(?<!包括)(?<!其中)[:：](?=.)"
)
"""An entry of a form, of a label known or not: 存量资金管理：盘活存量。"""
_LABEL = re.compile(
    r"[\u4e00-\u9fff“”（）()]{2,12}(?:情况|管理|问题|措施|建议|绩效|公开|控制|制度)"
)
_SHORT = 24  # characters of a label that nobody knows
_TITLE_LENGTH = 60
_BROKEN = 3  # pieces over which a heading may be broken


class Run:
    """Paragraphs that belong together: a section (``field``), or what has no place ("").

    ``is_headed``: it stands under a heading that is known.
    """

    def __init__(self, field: str, first: Piece, found: Heading | None, *, alone: bool) -> None:
        self.field, self.first, self.alone = field, first, alone
        self.is_headed = found is not None
        self._is_entry = found is not None and bool(found.rest)
        self.numbering = found.numbering if found else numbering(first.text)
        self.pieces: list[Piece] = []

    @property
    def text(self) -> str:
        """The paragraphs below each other; those in one row of a table beside each other."""
        text, row = "", 0
        for piece in self.pieces:
            between = "　" if row and piece.row == row and piece.table != self.first.table else "\n"
            text += (between if text else "") + piece.text
            row = piece.row
        return text

    def ends_before(self, piece: Piece, following: Piece | None) -> bool:
        """Whether a paragraph without a known heading stands outside of this section."""
        first = self.first
        if not self.field and piece.row != first.row:
            return True
        if first.table and (self.alone or not self.field):
            return piece.row != first.row and (bool(self.pieces) or not piece.table)
        if first.table:
            return piece.cell != first.cell
        if piece.outline:
            return not first.outline or piece.outline <= first.outline
        if self.numbering is None:
            if self._is_entry:
                return _ENTRY.match(piece.text) is not None or _is_unknown_label(piece, following)
            return _is_unknown_label(piece, following) or self._is_followed_by(piece, following)
        number = numbering(piece.text)
        return number is not None and (
            number.rank < self.numbering.rank
            or (number.rank == self.numbering.rank and number.number > self.numbering.number)
        )

    def _is_followed_by(self, piece: Piece, following: Piece | None) -> bool:
        """Whether a line on its own, after a full sentence and before another, is a label too."""
        return (
            bool(self.pieces)
            and self.pieces[-1].text.endswith("。")
            and _LABEL.fullmatch(piece.text) is not None
            and following is not None
            and following.text.endswith("。")
        )


class Prose:
    """Reads what stands outside of score tables.

    ``runs``: all that is text, in order, for whoever looks for figures in it.
    """

    def __init__(self, pieces: Sequence[Piece], entries: Entries, headings: Headings) -> None:
        self._pieces, self._entries, self._headings = pieces, entries, headings
        self._cells: dict[int, list[Piece]] = defaultdict(list)
        for piece in pieces:
            self._cells[piece.cell].append(piece)
        self._run: Run | None = None
        self.runs: list[Run] = []

    def read(self) -> None:
        """Put entries and sections into the entries; ``runs`` then has the rest as well."""
        place = 0
        while place < len(self._pieces):
            place += (
                self._heading(place)
                or self._entry(place)
                or self._figure(place)
                or self._paragraph(place)
            )
        for run in self.runs:
            if run.field and run.pieces and is_instruction(run.text):
                reason = "像是表格自带的填写要求，没有填。"
                self._entries.refuse(Source(run.first.place, run.text), reason)
            elif run.field and not is_blank(run.text):
                words = f"{excerpt(run.first.text)} {run.text}"
                self._entries.append(run.field, run.text, Source(run.first.place, words))

    def _following(self, place: int) -> Piece | None:
        return self._pieces[place + 1] if place + 1 < len(self._pieces) else None

    def _begin(self, field: str, first: Piece, found: Heading | None = None) -> Run:
        cell = self._cells[first.cell]
        heads_the_cell = found is not None and not found.rest and cell[0] is first
        self._run = Run(field, first, found, alone=heads_the_cell and len(cell) <= _BROKEN)
        self.runs.append(self._run)
        return self._run

    # -- each takes what begins at a piece, and gives how many pieces that is: 0, it is none

    def _heading(self, place: int) -> int:
        pieces = self._pieces
        first = pieces[place]
        for count in range(min(_BROKEN, len(pieces) - place), 0, -1):
            group = pieces[place : place + count]
            if any(one.gap or one.cell != first.cell for one in group[1:]):
                continue
            found = self._headings.section("".join(one.text for one in group))
            if found is not None and (count == 1 or not found.rest):
                run = self._begin(found.field, first, found)
                if found.rest:
                    run.pieces.append(_rest(first, found.rest))
                return count
        return 0

    def _entry(self, place: int) -> int:
        piece = self._pieces[place]
        told = self._headings.entries(piece.text)
        for labelled, words in told:
            if words:
                self._put(labelled, words, Source(piece.place, piece.text))
        if told and told[-1][1]:
            self._run = None
            return 1
        field, count = (told[-1][0], 1) if told else self._label(place)
        if field is None:
            return 0
        self._run = None
        value, after = self._following(place + count - 1), self._following(place + count)
        if value is None or not _stands_beside(piece, value) or self._headings.begins(value.text):
            return count  # left blank
        texts = [one.text for one in self._cells[value.cell]] if piece.table else [value.text]
        if (
            not piece.table
            and after is not None
            and not after.gap
            and not self._headings.begins(after.text)
        ):
            source = Source(value.place, f"{piece.text} {value.text} {after.text}")
            self._entries.refuse(source, f"看不出“{field.label}”的内容到哪里为止，没有填。")
        else:
            words = "".join(texts)
            self._put(field, words, Source(value.place, f"{piece.text} {words}"))
        return count + len(texts)

    def _figure(self, place: int) -> int:
        """A row of figures: label, number, and the unit beside it or in the number's cell."""
        label, number = self._pieces[place], self._following(place)
        field, in_label = self._headings.figure(label.text) if label.table else (None, "")
        if field is None or number is None or not _stands_beside(label, number):
            return 0
        unit = self._following(place + 1)
        texts = [number.text]
        if unit is not None and _stands_beside(number, unit):
            texts.append(number.text + unit.text)
        for count, text in enumerate(texts, start=2):
            value = figure_of(field, text)
            if value is None and in_label:
                value = figure_of(field, text + in_label)
            if value is not None:
                self._run = None
                self._entries.put(field.id, value, Source(number.place, f"{label.text} {text}"))
                return count
        return 0

    def _label(self, place: int) -> tuple[Field | None, int]:
        """The entry that a label is of, and how many pieces the label takes: 单位 / 名称."""
        piece = self._pieces[place]
        cell = self._cells[piece.cell]
        if piece.table and cell[0] is piece and len(cell) <= _BROKEN:
            return self._headings.label("".join(one.text for one in cell)), len(cell)
        return self._headings.label(piece.text), 1

    def _put(self, field: Field, words: str, source: Source) -> None:
        value = value_of(field, words)
        if is_blank(value if isinstance(value, str) else words):
            return
        if value is not None:
            self._entries.put(field.id, value, source)
        else:
            self._entries.refuse(source, f"不能用作“{field.label}”，没有填。")

    def _paragraph(self, place: int) -> int:
        piece, following = self._pieces[place], self._following(place)
        if _CAPTION.fullmatch(piece.text):
            return 1
        if self._is_title(piece.text, piece):
            self._run = None
            return 1
        lines = self._lines(place, 2)
        if lines and _BROKEN_TITLE.fullmatch(plain(piece.text)) and self._is_title(lines, piece):
            self._run = None
            return 2
        run = self._run
        ends = piece.broken or _ANNEX.fullmatch(piece.text.strip()) is not None
        if run is None or ends or run.ends_before(piece, following):
            run = self._begin("", piece)
        run.pieces.append(piece)
        return 1

    def _lines(self, place: int, count: int) -> str:
        """So many lines as one text; "" where a gap or the end of a cell lies between them."""
        group = self._pieces[place : place + count]
        if len(group) < count or any(one.gap or one.cell != group[0].cell for one in group[1:]):
            return ""
        return "".join(one.text for one in group)

    def _is_title(self, lines: str, piece: Piece) -> bool:
        """Whether lines are the report's or a table's title; the report's tells the year."""
        words = plain(lines)
        if len(words) > _TITLE_LENGTH or _SENTENCE.search(lines):
            return False
        title = _TITLE.fullmatch(words)
        if title is not None and FISCAL_YEAR in self._entries.fields:
            year = bare_number(title[1])
            assert year is not None
            self._entries.put(FISCAL_YEAR, year, Source(piece.place, lines))
        return title is not None or _TABLE.fullmatch(words) is not None


def _rest(first: Piece, text: str) -> Piece:
    return Piece(text=text, place=first.place, row=first.row, cell=first.cell, table=first.table)


def _stands_beside(label: Piece, value: Piece) -> bool:
    """Whether a value follows its label at once, with no blank line or empty cell between."""
    if label.table:
        return value.row == label.row and value.cell == label.cell + 1
    return not value.table and not value.gap


def _is_unknown_label(piece: Piece, following: Piece | None) -> bool:
    """Whether a line looks like the label of a table's row, as text copied out of it has them."""
    return (
        piece.indented
        and piece.gap
        and len(piece.text) <= _SHORT
        and not _SENTENCE.search(piece.text)
        and following is not None
        and not following.gap
    )
