"""Cells of table rows that were dragged onto others, which the formulas beside them tell.

A formula goes on asking for a cell that is cut or dragged, wherever it is put; one that asked for
the cell it was put onto asks for #REF! from then on (so Excel; LibreOffice leaves it as it is).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from workbook_tools.checks.faults import Fault
from workbook_tools.ooxml.address import from_a1
from workbook_tools.ooxml.formula import FormulaToken, tokens

LOST_REFERENCE = "#REF!"
"""What a formula has in place of a cell that is gone."""


class _Altered(NamedTuple):
    """A formula that was altered, in which row, and the cells that it asks for elsewhere."""

    fault: Fault
    row: int
    moves: dict[str, str]

    @property
    def is_first(self) -> bool:
        """Whether it is the first of the neighbours that were altered."""
        return self.row == from_a1(self.fault.cell)[0]


class Drag(msgspec.Struct, frozen=True):
    """Cells that were dragged in one go, and the formulas that tell; ``moves``: from, to (A1)."""

    sheet: str
    moves: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]

    @property
    def rows(self) -> frozenset[int]:
        """The rows of the sheet that lost a cell or got another."""
        return frozenset(from_a1(cell)[0] for pair in self.moves for cell in pair)

    @property
    def left(self) -> frozenset[str]:
        """The cells that nothing was dragged onto."""
        lost, onto = zip(*self.moves, strict=True)
        return frozenset(lost) - frozenset(onto)

    @property
    def ends(self) -> tuple[str, str]:
        """Where from and where to, as a person says it: G7, or B17 至 L17."""
        lost, onto = zip(*self.moves, strict=True)
        return _span(lost), _span(onto)


def drags(faults: Iterable[Fault]) -> tuple[Drag, ...]:
    """The cells that were dragged; of altered formulas that say anything else, nothing."""
    altered = [one for fault in faults for one in _by_row(fault)]
    found: dict[tuple[str, int, int], list[_Altered]] = {}
    for one in altered:
        moves = one.moves
        if LOST_REFERENCE not in moves.values() and len(by := {*map(_by, moves.items())}) == 1:
            found.setdefault((one.fault.sheet, *by.pop()), []).append(one)
    told: list[Drag] = []
    known: set[Fault] = set()  # what only their further rows tell is told with their first
    for (sheet, down, right), together in found.items():
        back = found.get((sheet, -down, -right), [])  # of formulas that were dragged along
        new = any(one.is_first or one.fault not in known for one in together)
        if new and len(together) >= len(back):
            told.append(_drag(sheet, together, altered))
            known.update(told[-1].faults)
    return tuple(told)


def _drag(sheet: str, together: list[_Altered], others: list[_Altered]) -> Drag:
    """With the other formulas that ask for a cell dragged onto, or for one left behind."""
    pairs = dict(pair for one in together for pair in one.moves.items())
    moves = sorted(pairs.items(), key=lambda pair: from_a1(pair[0]))
    onto = {from_a1(cell)[0] for cell in pairs.values()}
    covered = (
        one.fault
        for one in others
        if one.fault.sheet == sheet
        and (
            (
                set(one.moves.values()) == {LOST_REFERENCE}
                and one.moves.keys() <= set(pairs.values())
            )
            or one.row in onto
        )
    )
    faults = dict.fromkeys((*(one.fault for one in together), *covered))
    return Drag(sheet, tuple(moves), tuple(faults))


def _by_row(fault: Fault) -> Iterator[_Altered]:
    first = from_a1(fault.cell)[0]
    for row, (before, now) in enumerate(fault.altered, start=first):
        yield _Altered(fault, row, _moves(before, now))


def _moves(expected: str, actual: str) -> dict[str, str]:
    """Which cells a formula asks for elsewhere; none where more than that is another."""
    before, now = tokens(expected), tokens(actual)
    moves = {}
    for one, other in zip(before, now, strict=False):
        if one == other:
            continue
        if not (_is_cell(one) and _is_cell(other)):
            return {}
        moves[_plain(one.text)] = _plain(other.text)
    return moves if len(before) == len(now) else {}


def _is_cell(token: FormulaToken) -> bool:
    single = token.kind == "reference" and ":" not in token.text
    return single or token.text == LOST_REFERENCE


def _by(move: tuple[str, str]) -> tuple[int, int]:
    """How far a cell went: rows and columns."""
    (row, column), (to_row, to_column) = map(from_a1, move)
    return to_row - row, to_column - column


def _span(cells: Sequence[str]) -> str:
    first, last = cells[0], cells[-1]
    return first if first == last else f"{first} 至 {last}"


def _plain(cell: str) -> str:
    return cell.replace("$", "")
