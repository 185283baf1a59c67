"""A score table whose cells stand one below the other, as text copied out of a table has them.

Nothing shows where a cell begins, so each indicator is read only where the lines below its name
follow the columns of the header: as many numbers, and words only where a column of words stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from workbook_tools.importing.columns import NUMBERS, Role, is_total, role, scores_are_told
from workbook_tools.importing.document import Piece
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.scoring_names import Claim, Names, put_total
from workbook_tools.importing.wording import bare_number, plain, without_points
from workbook_tools.standard.model import Indicator

_LONGEST_HEADER = 24  # pieces between 三级指标 and the first name
_LONGEST_NAME = 24  # characters
_MOST_LINES = 4  # over which a name may be broken
_CUT_OFF = tuple("分个项%％，。；、）)/÷×=")
"""What no cell begins with: the number before it was part of a sentence."""


class Lines:
    """Reads the pieces of a document; ``used`` are the positions that belong to score tables."""

    def __init__(
        self, pieces: Sequence[Piece], entries: Entries, ends: Callable[[Piece], bool]
    ) -> None:
        self._pieces, self._entries, self._ends = pieces, entries, ends
        self._names = Names(entries.standard)
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
            end = self._table(roles, first)
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

    def _header(self, place: int) -> tuple[list[Role], int] | None:
        """The columns of a header from the name of the indicator on, and where the rows begin."""
        if role(self._text(place)) != "name":
            return None
        roles: list[Role] = []
        end = min(len(self._pieces), place + _LONGEST_HEADER)
        while place < end:
            if self._name(place) is not None:
                return roles, place
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

    def _table(self, roles: list[Role], place: int) -> int:
        """Read the rows; gives the position after the table."""
        told = scores_are_told(roles)
        if not told:
            source = Source(self._pieces[place].place, self._text(place))
            self._entries.refuse(source, "计分表的表头没有唯一的“自评得分”栏，没有读取自评得分。")
        row: _Row | None = None
        self._level = ""
        while place < len(self._pieces):
            piece = self._pieces[place]
            count = 1
            found = self._name(place)
            if found is not None:
                count, words = found
                level = self._names.level(words, self._level)
                if level is not None and level.id != self._level:
                    self._level, next_row = level.id, None
                else:
                    next_row = _Row(words, self._candidates(words), piece.place)
            elif is_total(piece.text) or self._ends(piece):
                break
            elif (row is None or row.is_full(roles)) and _is_another_name(piece.text):
                next_row = _Row(piece.text, (), piece.place)
            else:
                if row is not None and role(piece.text) is None:
                    row.body.append(piece)
                place += 1
                continue
            if row is not None and row.is_a_level:
                self._level = plain(row.words)
                next_row = _Row(words, self._candidates(words), piece.place) if found else next_row
            elif told and row is not None:
                row.claim(self._entries, roles)
            row = next_row
            place += count
        if told and row is not None:
            row.claim(self._entries, roles)
        if place < len(self._pieces) and is_total(self._text(place)):
            place = self._total(roles if told else [], place)
        return place

    def _candidates(self, words: str) -> tuple[Indicator, ...]:
        return self._names.told_apart(self._names.indicators(words), self._level)

    def _total(self, roles: list[Role], place: int) -> int:
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


class _Row:
    """An indicator's name (with the candidates for it) and the pieces below it."""

    def __init__(self, words: str, candidates: tuple[Indicator, ...], place: str) -> None:
        self.words, self._candidates, self._place = words, candidates, place
        self.body: list[Piece] = []

    @property
    def is_a_level(self) -> bool:
        """Whether it is no indicator but a level that the standard does not know."""
        return not self._candidates and not self.body

    def is_full(self, roles: Sequence[Role]) -> bool:
        """Whether all numbers are there, so that the next words may be a name."""
        numbers = sum(bare_number(piece.text) is not None for piece in self.body)
        return numbers >= sum(one in NUMBERS for one in roles)

    def claim(self, entries: Entries, roles: Sequence[Role]) -> None:
        """Put what the row claims into the entries, or say why not."""
        here = Source(self._place, self.words)
        if len(self._candidates) != 1:
            entries.refuse(here, not_one(self._candidates))
            return
        numbers = {
            place: number
            for place, piece in enumerate(self.body)
            if (number := bare_number(piece.text)) is not None
        }
        after_name = list(roles[roles.index("name") + 1 :])
        places = _placed(after_name, list(numbers), len(self.body))
        if places is None:
            entries.refuse(here, "分值和自评得分在文字中分不清，没有填，请对照原表手工填写。")
            return
        given = {one: numbers[place] for one, place in places.items()}
        points = given.get("weight", without_points(plain(self.words))[1])
        source, words = here, dict[Role, str]()
        if "self" in places:
            scored = self.body[places["self"]]
            source = Source(scored.place, f"{self.words} … {scored.text}")
            if (told := self._beside(after_name, places)) is None:
                entries.refuse(source, "自评得分后面的文字分不清属于哪一栏，没有填。")
            else:
                words = told
        claim = Claim(entries, self._candidates[0], source)
        claim.put(points, given.get("self"), words.get("reason", ""), words.get("evidence", ""))

    def _beside(self, roles: list[Role], places: dict[Role, int]) -> dict[Role, str] | None:
        """The words behind the self-score, by their column; None where they cannot be told."""
        start = places["self"] + 1
        following = [place for place in places.values() if place >= start]
        texts = [one.text for one in self.body[start : min(following, default=len(self.body))]]
        columns = []
        for one in roles[roles.index("self") + 1 :]:
            if one in NUMBERS:
                break
            columns.append(one)
        if not texts:
            return {}
        if len(columns) != 1 or texts[0].startswith(_CUT_OFF):
            return None
        return {columns[0]: "\n".join(texts)} if columns[0] in ("reason", "evidence") else None


def _is_another_name(text: str) -> bool:
    """Whether a text is a name with points behind it, though not one of the standard's."""
    name, points = without_points(plain(text))
    return points is not None and len(name) <= _LONGEST_NAME


def not_one(candidates: tuple[Indicator, ...]) -> str:
    """Why a name in a score table stands for no indicator."""
    if candidates:
        return "有几项指标同名，看不出属于哪个二级指标，没有填自评得分。"
    return "评分标准中这个二级指标下没有这项指标，没有填自评得分。"


def _placed(roles: list[Role], numbers: list[int], length: int) -> dict[Role, int] | None:
    """Which number is which column's, by its position; None where it cannot be told.

    Words may stand before a number, or behind the last, only where the header has a column for
    them. A row whose self-score is blank still has its points.
    """
    wanted = [one for one in roles if one in NUMBERS]
    if len(numbers) < len(wanted) and wanted[0] == "weight" and len(numbers) <= 1:
        roles, wanted = [*roles[: roles.index("weight") + 1], "text"], wanted[: len(numbers)]
    if not numbers:
        return {}
    if len(numbers) != len(wanted):
        return None
    place = 0
    found = dict(zip(wanted, numbers, strict=True))
    words = False
    for one in [*roles, None]:
        if one is not None and one not in NUMBERS:
            words = True
            continue
        here = length if one is None else found[one]
        if here > place and not words:
            return None
        place, words = here + 1, False
    return found
