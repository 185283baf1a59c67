"""The smallest input set that still shows a disagreement: what a person can check on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from workbook_tools.proof.inputs import CellContent, InputSet, Key, contents, input_set

Cells = dict[Key, CellContent]
_MOST_QUESTIONS = 400  # to a witness that takes a second for each, some minutes
_PLAIN = tuple(Fraction(number) for number in (0, 1, 10, 100))


class _Asked(Exception):  # noqa: N818 - no fault, the questions are used up
    pass


def shrink(inputs: InputSet, shows: Callable[[InputSet], bool]) -> InputSet:
    """Take away cells, then make numbers plainer, as long as ``shows`` stays true."""
    search = _Search(dict(contents(inputs)), shows)
    try:
        search.remove()
        search.close_up()
        search.simplify()
    except _Asked:
        pass
    return input_set(search.cells)


class _Search:
    def __init__(self, cells: Cells, shows: Callable[[InputSet], bool]) -> None:
        self.cells, self.shows, self.asked = cells, shows, 0

    def accept(self, cells: Cells) -> bool:
        """Go on with these cells if they show the disagreement too."""
        self.asked += 1
        if self.asked > _MOST_QUESTIONS:
            raise _Asked
        if not self.shows(input_set(cells)):
            return False
        self.cells = cells
        return True

    def remove(self) -> None:
        """Blank halves, quarters … and at last single cells, until none can be spared."""
        size = len(self.cells) // 2
        while size:
            spared = sum(self._without(keys) for keys in _pieces(list(self.cells), size))
            size = min(size, len(self.cells)) // 2 if size > 1 else min(1, spared)

    def _without(self, keys: Sequence[Key]) -> bool:
        left = {key: content for key, content in self.cells.items() if key not in set(keys)}
        return len(left) < len(self.cells) and self.accept(left)

    def close_up(self) -> None:
        """Move the rows of the tables up, so that no gaps are left."""
        rows = sorted({(table, number) for table, number, _ in self.cells if table})
        tables = {table: [n for t, n in rows if t == table] for table, _ in rows}
        moved = {
            (table, tables[table].index(number) if table else number, column): content
            for (table, number, column), content in self.cells.items()
        }
        if moved != self.cells:
            self.accept(moved)

    def simplify(self) -> None:
        """Try plainer numbers, one cell after the other."""
        for key, content in list(self.cells.items()):
            if isinstance(content, Fraction):
                for plainer in (*_PLAIN, Fraction(round(content)), round(content, 1)):
                    if plainer == content or self.accept({**self.cells, key: plainer}):
                        break


def _pieces(keys: list[Key], size: int) -> list[list[Key]]:
    return [keys[start : start + size] for start in range(0, len(keys), size)]
