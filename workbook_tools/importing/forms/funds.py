"""The amounts of a form: sources of money by 年初预算数, 全年预算数, 全年执行数, either way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbook_tools.importing.columns import role
from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.form import Reading
from workbook_tools.importing.forms.heads import DocumentRows, Head, head_at, transposed
from workbook_tools.importing.forms.words import core, meanings
from workbook_tools.importing.score_claims import ScoreClaim
from workbook_tools.importing.values import figure_of
from workbook_tools.importing.wording import bare_number, is_blank, plain
from workbook_tools.standard import Standard
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.inputs import Grid
from workbook_tools.standard.model import Indicator

_UNIT = re.compile(r"[(（](?:单位[:：]?)?(万元|元)[)）]|单位[:：]\s*(?:人民币)?(万元|元)")
_OF_ALL = re.compile(r"()单位[:：]\s*(?:人民币)?(万元|元)")
_FEWEST = 2  # columns of amounts by which their head is known
_MOST_ROWS = 16
_NO_UNIT = "没有写明金额单位（万元还是元），没有填。"
_TWO_UNITS = "金额单位写了两种，没有填。"


def funds_head(rows: DocumentRows, grid: Grid) -> Head | None:
    """The head of the amounts, where the rows have one."""
    for place in range(len(rows)):
        head = head_at(rows, place, lambda text: _column(text, grid) or role(text))
        if sum(one.id in head.columns for one in grid.columns) >= _FEWEST:
            return head
    return None


def read_funds(reading: Reading, grid: Grid, entries: Entries) -> None:
    """Put the amounts into the grid's cells, and the score beside them into its indicator."""
    for rows in (reading.rows, transposed(reading.rows)):
        head = funds_head(rows, grid)
        if head is not None:
            _Funds(reading, rows, head, grid, entries, whole=rows is reading.rows).read()
            return


class _Funds:
    """``whole``: the rows are those of the form, and not its columns."""

    def __init__(
        self,
        reading: Reading,
        rows: DocumentRows,
        head: Head,
        grid: Grid,
        entries: Entries,
        *,
        whole: bool,
    ) -> None:
        self._reading, self._rows, self._head, self._grid = reading, rows, head, grid
        self._entries, self._whole = entries, whole
        self._columns = {
            one.id: head.columns[one.id] for one in grid.columns if one.id in head.columns
        }
        self._first = min(self._columns.values())
        self._span = (
            slice(None) if whole else slice(self._first - 1, max(self._columns.values()) + 1)
        )

    def read(self) -> None:
        scored = _scored_by(self._grid, self._entries.standard)
        known: set[str] = set()
        read: list[Sequence[DocumentCell]] = []
        for row in self._rows[self._head.below : self._head.below + _MOST_ROWS]:
            if any(self._reading.is_used(cell) for cell in row[self._span] if cell.text.strip()):
                break  # the list of indicators begins
            line = self._line(row)
            if line in known:
                break  # another table of the same kind: nothing says which one counts
            if line is None:
                if not self._is_beside(row):
                    break
                self._refuse(row)
                read.append(row)
                continue
            known.add(line)
            self._amounts(row, line)
            if scored is not None and scored[1] == line:
                self._claim(row, scored[0])
            read.append(row)
        band = (*self._rows[self._head.place : self._head.below], *read)
        for row in band if self._whole else self._rows:
            self._reading.use(*row[self._span])

    def _line(self, row: Sequence[DocumentCell]) -> str | None:
        """The row of the grid that a row is, by the label nearest to its amounts.

        None for what is a part of another source (上年结转资金 / 其中：其他资金).
        """
        labels = [cell for cell in dict.fromkeys(row[: self._first]) if plain(cell.text)]
        if not labels:
            return None
        nearest, *others = (self._source(cell.text) for cell in reversed(labels))
        whole = self._grid.rows[0].id
        return None if any(one not in (None, nearest, whole) for one in others) else nearest

    def _source(self, text: str) -> str | None:
        lines = {core(one.label): one.id for one in self._grid.rows}
        name = core(text)
        return lines.get(name) or lines.get(core(meanings("sources").get(name, "")))

    def _is_beside(self, row: Sequence[DocumentCell]) -> bool:
        """Whether a row has amounts below the head."""
        cells = [row[place] for place in self._columns.values() if place < len(row)]
        return any(bare_number(cell.text.replace(",", "")) is not None for cell in cells)

    def _amounts(self, row: Sequence[DocumentCell], line: str) -> None:
        label = next(cell for cell in reversed(row[: self._first]) if plain(cell.text))
        for column, place in self._columns.items():
            cell = row[place] if place < len(row) else DocumentCell("", "")
            if is_blank(cell.text):
                continue
            field = self._entries.fields[f"{self._grid.id}_{line}_{column}"]
            source = Source(cell.place, f"{label.text} {cell.text}")
            if row.count(cell) > 1 or sum(cell in other for other in self._rows) > 1:
                self._entries.refuse(source, "一个数占了几格，看不出属于哪一格，没有填。")
                continue
            units = self._units(label, place)
            value = figure_of(field, cell.text)
            if value is None and len(units) == 1:
                value = figure_of(field, cell.text + next(iter(units)))
            if value is not None:
                self._entries.put(field.id, value, source)
            elif bare_number(plain(cell.text).replace(",", "")) is None:
                self._entries.refuse(source, f"不能用作“{field.label}”，没有填。")
            else:
                self._entries.refuse(source, _TWO_UNITS if units else _NO_UNIT)

    def _units(self, label: DocumentCell, column: int) -> set[str]:
        """The units that are told for a column's amounts: beside them, else in the whole form."""
        above = [row[column] for row in self._rows[self._head.place : self._head.below]]
        beside = [
            cell
            for row in self._rows[self._head.place : self._head.below]
            for cell in row[: self._first]
        ]
        if not self._whole and self._head.place:
            beside += self._rows[self._head.place - 1][self._span]  # a label over all of them
        near = _told((label, *above, *beside))
        lines = (self._reading.form.above, *self._reading.rows)
        return near or _told((cell for row in lines for cell in row), _OF_ALL)

    def _claim(self, row: Sequence[DocumentCell], indicator: Indicator) -> None:
        own, weight = (self._head.columns.get(one) for one in ("self", "weight"))
        if own is None or own >= len(row) or is_blank(row[own].text):
            return
        source = Source(row[own].place, f"{indicator.title} … {row[own].text}")
        score = bare_number(row[own].text)
        points = bare_number(row[weight].text) if weight is not None and weight < len(row) else None
        if score is None or points is None:
            self._entries.refuse(source, "得分或分值不是一个数，没有填。")
        else:
            reason = self._head.columns.get("reason", len(row))
            text = row[reason].text if reason < len(row) else ""
            ScoreClaim(self._entries, indicator, source).put(points, score, text)

    def _refuse(self, row: Sequence[DocumentCell]) -> None:
        cells = [cell for cell in dict.fromkeys(row) if plain(cell.text)]
        words = " ".join(cell.text for cell in cells)
        reason = "评分标准的预算执行表中没有这一行，没有填。"
        self._entries.refuse(Source(cells[0].place, words), reason)


def _column(text: str, grid: Grid) -> str | None:
    ids = {core(one.label): one.id for one in grid.columns}
    name = core(text)
    return ids.get(name) or ids.get(core(meanings("amounts").get(name, "")))


def _told(cells: Iterable[DocumentCell], pattern: re.Pattern[str] = _UNIT) -> set[str]:
    return {found[1] or found[2] for cell in cells for found in pattern.finditer(cell.text)}


def _scored_by(grid: Grid, standard: Standard) -> tuple[Indicator, str] | None:
    """The only indicator that is measured by the grid's amounts, and the row that they stand in."""
    found = [
        (indicator, row.id)
        for indicator in standard.indicators
        if indicator.measures
        for row in grid.rows
        if all(
            name.startswith(f"{grid.id}_{row.id}_") for name in names(parse(indicator.measures[0]))
        )
    ]
    return found[0] if len(found) == 1 else None
