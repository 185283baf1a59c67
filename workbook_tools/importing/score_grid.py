"""A score table that is a table: columns by its header, levels by its merged cells."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.importing.columns import ColumnRole, is_total, role, scores_are_told
from workbook_tools.importing.document import Document, DocumentCell, DocumentGrid
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.score_claims import ScoreClaim, not_one, put_total
from workbook_tools.importing.score_names import ScoreNames
from workbook_tools.importing.wording import bare_number, plain, without_points
from workbook_tools.standard import Standard

_Columns = dict[ColumnRole, int]


def read_score_grids(document: Document, entries: Entries) -> dict[int, set[str]]:
    """Read the tables with a score table's header; gives their numbers.

    With each the places of what stands in it above its header and below its last row. A table
    without a header that directly follows one, with as many columns, goes on with it.
    """
    names = ScoreNames(entries.standard)
    read: dict[int, set[str]] = {}
    columns: _Columns = {}
    width = 0
    for grid in document.grids:
        header = next(
            (place for place, row in enumerate(grid.rows) if scores_are_told(_roles(row))), None
        )
        if header is not None:
            row = grid.rows[header]
            columns, width = _columns(row), len(row)
            rows = grid.rows[header + 1 :]
        elif columns and grid.number - 1 in read and _goes_on(grid.rows, columns, width, names):
            rows = grid.rows
        else:
            continue
        last = _last(rows, columns, names)
        level, ours = "", False
        for cells in rows[:last]:
            one = _Row(cells, columns, names, level)
            level = one.level_below or level
            ours = one.claim(entries, ours)
        outside = (*grid.rows[: header or 0], *rows[last:])
        inside = {cell.place for cells in rows[:last] for cell in cells}
        read[grid.number] = {cell.place for cells in outside for cell in cells} - inside
    return read


def named_indicators(grid: DocumentGrid, standard: Standard) -> set[str]:
    """The ids of the standard's indicators that the rows of a score table name."""
    names = ScoreNames(standard)
    header = next((row for row in grid.rows if scores_are_told(_roles(row))), None)
    if header is None:
        return set()
    place = _columns(header)["name"]
    named = (names.indicators(row[place].text) for row in grid.rows if place < len(row))
    return {found[0].id for found in named if found}


def _last(rows: Sequence[Sequence[DocumentCell]], columns: _Columns, names: ScoreNames) -> int:
    """How many rows there are down to the last total or indicator."""
    told = [_Row(cells, columns, names) for cells in rows]
    return max((place for place, one in enumerate(told, start=1) if one.is_ours()), default=0)


def _roles(row: Sequence[DocumentCell]) -> list[ColumnRole]:
    """The columns that a header names; a merged cell is one."""
    cells = {cell.place: cell for cell in row}.values()
    return [known for cell in cells if (known := role(cell.text)) is not None]


def _columns(row: Sequence[DocumentCell]) -> _Columns:
    """The columns by what they hold; of several with points those behind the indicator's name.

    Heads with 分值 three times give the points of each level behind its name.
    """
    columns: _Columns = {}
    points: list[int] = []
    for place, cell in enumerate(row):
        known = role(cell.text)
        if known == "weight" and (place == 0 or row[place - 1] != cell):
            points.append(place)
        elif known is not None:
            columns.setdefault(known, place)
    behind = [place for place in points if place > columns["name"]]
    if len(points) == 1 or behind:
        columns["weight"] = (behind or points)[0]
    return columns


def _goes_on(
    rows: Sequence[Sequence[DocumentCell]], columns: _Columns, width: int, names: ScoreNames
) -> bool:
    place = columns["name"]
    return any(len(row) == width and names.indicators(row[place].text) for row in rows)


class _Row:
    """A row; ``under``: the level (its id) that a row across the table named above this one."""

    def __init__(
        self, row: Sequence[DocumentCell], columns: _Columns, names: ScoreNames, under: str = ""
    ) -> None:
        self._cells, self._columns, self._names, self._under = row, columns, names, under

    def _cell(self, column: ColumnRole) -> DocumentCell:
        place = self._columns.get(column, len(self._cells))
        return self._cells[place] if place < len(self._cells) else DocumentCell("", "")

    @property
    def level_below(self) -> str:
        """The level that a row across several columns names for those below; "" for others."""
        name = self._cell("name")
        if self._cells.count(name) < 2 or self._names.indicators(name.text):
            return ""
        level = self._names.level(name.text, self._under)
        return level.id if level else ""

    def claim(self, entries: Entries, ours: bool) -> bool:
        """Put what the row claims into the entries, or say why not.

        ``ours``: an indicator of the standard stands above, so that a total is of its table.
        Gives whether one does after this row.
        """
        name, scored = self._cell("name"), self._cell("self")
        if self.level_below:
            return ours
        if self.is_total():
            if ours:
                self._claim_total(entries)
            return ours
        if not plain(name.text) or role(name.text) is not None:
            return ours  # an empty row, or the header again
        source = Source(scored.place, f"{name.text} … {scored.text}")
        candidates = self._names.told_apart(self._names.indicators(name.text), self._level())
        if len(candidates) != 1:
            entries.refuse(Source(name.place, name.text), not_one(candidates))
            return ours
        score = bare_number(scored.text)
        if score is None and plain(scored.text):
            entries.refuse(source, "自评得分栏里不是一个数，没有填。")
        points = bare_number(self._cell("weight").text)
        if points is None:
            points = without_points(plain(name.text))[1]
        reason, evidence = self._cell("reason").text, self._cell("evidence").text
        ScoreClaim(entries, candidates[0], source).put(points, score, reason, evidence)
        return True

    def _level(self) -> str:
        """The level that the row stands beneath, "" where the table does not say.

        One that the standard does not know is given as it stands: no indicator is beneath it.
        """
        top = self._names.level(self._cell("top").text, "")
        second = self._cell("second").text
        if plain(second) in ("", "/", "-", "—"):
            return top.id if top else self._under
        level = self._names.level(second, top.id if top else "")
        return level.id if level else plain(second)

    def is_total(self) -> bool:
        """Whether the row is that of the totals."""
        return any(is_total(cell.text) for cell in self._cells[: self._columns["self"]])

    def is_ours(self) -> bool:
        """Whether the row names an indicator of the standard, or is that of the totals."""
        return self.is_total() or bool(self._names.indicators(self._cell("name").text))

    def _claim_total(self, entries: Entries) -> None:
        scored = self._cell("self")
        total = bare_number(scored.text)
        if total is not None:
            source = Source(scored.place, f"合计 … {scored.text}")
            put_total(entries, bare_number(self._cell("weight").text), total, source)
