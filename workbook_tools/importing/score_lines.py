"""A score table whose cells stand one below the other, as text copied out of a table has them.

Nothing shows where a cell begins, so each indicator is read only where the lines below its name
follow the columns of the header: as many numbers, and words only where a column of words stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from workbook_tools.importing.columns import NUMBERS, ColumnRole, is_total, role, scores_are_told
from workbook_tools.importing.document import Piece
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.score_claims import put_total
from workbook_tools.importing.score_line_row import LineRow
from workbook_tools.importing.score_names import ScoreNames
from workbook_tools.importing.wording import bare_number, plain, without_points

_LONGEST_HEADER = 24  # pieces between 三级指标 and the first name
_LONGEST_NAME = 24  # characters
_MOST_LINES = 4  # over which a name may be broken


class Lines:
    """Reads the pieces of a document; ``used`` are the positions that belong to score tables.

    ``begins_another``: whether an entry or a section begins with a piece, so that no table goes on.
    """

    def __init__(
        self, pieces: Sequence[Piece], entries: Entries, begins_another: Callable[[Piece], bool]
    ) -> None:
        self._pieces, self._entries, self._begins_another = pieces, entries, begins_another
        self._names = ScoreNames(entries.standard)
        self.used: set[int] = set()

    def read(self) -> None:
        """Read every score table, from its header to its row of totals."""
        place = 0
        while place < len(self._pieces):
            found = self._header(place)
            if found is None:
                place += 1
                continue
            roles, first = found
            start = place
            while start > 0 and start - 1 not in self.used and role(self._text(start - 1)):
                start -= 1
            end = self._table(roles, place, first)
            self.used.update(range(start, end))
            place = end

    def _text(self, place: int) -> str:
        return self._pieces[place].text

    def _joined(self, place: int, count: int) -> str:
        """So many pieces as one text; "" where a gap or the end of a cell lies between them."""
        group = self._pieces[place : place + count]
        if len(group) < count or any(one.gap or one.cell != group[0].cell for one in group[1:]):
            return ""
        return "".join(one.text for one in group)

    def _header(self, place: int) -> tuple[list[ColumnRole], int] | None:
        """The columns of a header from the name of the indicator on, and where the rows begin."""
        if role(self._text(place)) != "name":
            return None
        roles: list[ColumnRole] = []
        end = min(len(self._pieces), place + _LONGEST_HEADER)
        while place < end:
            if self._name(place) is not None:
                return (roles, place) if "weight" in roles or "self" in roles else None
            for count in range(_MOST_LINES, 0, -1):
                known = role(self._joined(place, count))
                if known or count == 1:
                    break
            if known not in ("top", "second") and plain(self._text(place)) != "指标":
                roles.append(known or "other")
            place += count
        return None

    def _name(self, place: int) -> tuple[int, str] | None:
        """The longest name of the standard that begins here: how many pieces, and the words."""
        for count in range(_MOST_LINES, 0, -1):
            text = self._joined(place, count)
            if text and (self._names.indicators(text) or self._names.level(text, self._level)):
                return count, text
        return None

    _level = ""  # the id of the level that the rows stand beneath

    def _table(self, roles: list[ColumnRole], header: int, place: int) -> int:
        """Read the rows from a position on; gives the position after the table."""
        told = scores_are_told(roles)
        if not told:
            source = Source(self._pieces[header].place, self._text(header))
            self._entries.refuse(source, "计分表的表头没有唯一的“自评得分”栏，没有读取自评得分。")
        row: LineRow | None = None
        self._level = ""
        while place < len(self._pieces):
            piece = self._pieces[place]
            found = self._name(place)
            if found is None and self._ends_table(piece, self._pieces[header]):
                break
            full = row is None or row.is_full(roles)
            if found is None and not (full and _is_another_name(piece.text)):
                if row is not None and role(piece.text) is None:
                    row.body.append(piece)
                place += 1
                continue
            if row is not None and row.is_a_level:
                self._level = plain(row.words)
            elif row is not None and told:
                row.claim(self._entries, roles)
            count, words = found or (1, piece.text)
            row = self._row(words, piece.place)
            place += count
        if told and row is not None:
            row.claim(self._entries, roles)
        if place < len(self._pieces) and is_total(self._text(place)):
            place = self._total(roles if told else [], place)
        return place

    def _ends_table(self, piece: Piece, header: Piece) -> bool:
        if piece.table != header.table or is_total(piece.text):
            return True
        return role(piece.text) is None and self._begins_another(piece)

    def _row(self, words: str, place: str) -> LineRow | None:
        """The row that a name begins; None where it is a level, beneath which rows stand now."""
        level = self._names.level(words, self._level)
        if level is not None and level.id != self._level:
            self._level = level.id
            return None
        candidates = self._names.told_apart(self._names.indicators(words), self._level)
        return LineRow(words, candidates, place)

    def _total(self, roles: list[ColumnRole], place: int) -> int:
        """Read the row of totals; gives the position after it."""
        wanted = [one for one in roles if one in NUMBERS]
        numbers: list[Fraction] = []
        words = self._text(place)
        place += 1
        while place < len(self._pieces):
            number = bare_number(self._text(place))
            if number is None:
                break
            numbers.append(number)
            place += 1
        source = Source(self._pieces[place - 1].place, f"{words} … {self._text(place - 1)}")
        if len(numbers) == len(wanted):
            given = dict(zip(wanted, numbers, strict=True))
            if "self" in given:
                put_total(self._entries, given.get("weight"), given["self"], source)
        elif numbers and wanted:
            self._entries.refuse(source, "合计行的数字与表头的栏目对不上，没有填自评总分。")
        return place


def _is_another_name(text: str) -> bool:
    """Whether a text is a name with points behind it, though not one of the standard's."""
    name, points = without_points(plain(text))
    return points is not None and len(name) <= _LONGEST_NAME
