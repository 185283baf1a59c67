"""One indicator of a score table whose cells stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.importing.columns import NUMBERS, ColumnRole
from workbook_tools.importing.document import Piece
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.score_claims import ScoreClaim, not_one
from workbook_tools.importing.wording import bare_number, plain, without_points
from workbook_tools.standard.model import Indicator

_CUT_OFF = tuple("分个项%％，。；、）)/÷×=")
"""What no cell begins with: the number before it was part of a sentence."""


class LineRow:
    """An indicator's name (with the candidates for it) and the pieces below it."""

    def __init__(self, words: str, candidates: tuple[Indicator, ...], place: str) -> None:
        self.words, self._candidates, self._place = words, candidates, place
        self.body: list[Piece] = []

    @property
    def is_a_level(self) -> bool:
        """Whether it is no indicator but a level that the standard does not know."""
        return not self._candidates and not self.body

    def is_full(self, roles: Sequence[ColumnRole]) -> bool:
        """Whether all numbers are there, so that the next words may be a name."""
        numbers = sum(bare_number(piece.text) is not None for piece in self.body)
        return numbers >= sum(one in NUMBERS for one in roles)

    def claim(self, entries: Entries, roles: Sequence[ColumnRole]) -> None:
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
        if places is None or self._is_cut(places) or self._may_be_a_remark(after_name, places):
            entries.refuse(here, "分值和自评得分在文字中分不清，没有填，请对照原表手工填写。")
            return
        given = {one: numbers[place] for one, place in places.items()}
        points = given.get("weight", without_points(plain(self.words))[1])
        source, words = here, dict[ColumnRole, str]()
        if "self" in places:
            scored = self.body[places["self"]]
            source = Source(scored.place, f"{self.words} … {scored.text}")
            if (told := self._beside(after_name, places)) is None:
                entries.refuse(source, "自评得分后面的文字分不清属于哪一栏，没有填。")
            else:
                words = told
        claim = ScoreClaim(entries, self._candidates[0], source)
        claim.put(points, given.get("self"), words.get("reason", ""), words.get("evidence", ""))

    def _is_cut(self, places: dict[ColumnRole, int]) -> bool:
        """Whether the number taken for the self-score belongs to a broken sentence."""
        after = places.get("self", len(self.body)) + 1
        return after < len(self.body) and self.body[after].text.startswith(_CUT_OFF)

    def _may_be_a_remark(self, roles: list[ColumnRole], places: dict[ColumnRole, int]) -> bool:
        """Whether an empty line, which an empty cell leaves, stands before the last number.

        It may then be a number in a column behind the self-score (备注) that stands blank.
        """
        place = places.get("self")
        behind = roles[roles.index("self") + 1 :]
        return (
            place is not None
            and place == len(self.body) - 1
            and self.body[place].gap
            and any(one not in NUMBERS for one in behind)
        )

    def _beside(
        self, roles: list[ColumnRole], places: dict[ColumnRole, int]
    ) -> dict[ColumnRole, str] | None:
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
        if len(columns) != 1:
            return None
        return {columns[0]: "\n".join(texts)} if columns[0] in ("reason", "evidence") else None


def _placed(
    roles: list[ColumnRole], numbers: list[int], length: int
) -> dict[ColumnRole, int] | None:
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
