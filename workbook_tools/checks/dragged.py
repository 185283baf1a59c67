"""Cells of table rows that were dragged onto others, which the formulas beside them tell.

A formula goes on asking for a cell that is cut or dragged, wherever it is put; one that asked for
the cell it was put onto asks for #REF! from then on (so Excel; LibreOffice leaves it as it is).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from workbook_tools.checks.faults import Fault
from workbook_tools.ooxml.address import from_a1
from workbook_tools.ooxml.formula import FormulaToken, tokens

LOST_REFERENCE = "#REF!"
"""What a formula has in place of a cell that is gone."""
_Altered = list[tuple[Fault, dict[str, str]]]


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
    altered = [(one, _moves(one)) for one in faults if one.kind == "altered"]
    found: dict[tuple[str, int, int], _Altered] = {}
    for fault, moves in altered:
        if LOST_REFERENCE not in moves.values() and len(by := {*map(_by, moves.items())}) == 1:
            found.setdefault((fault.sheet, *by.pop()), []).append((fault, moves))
    told = []
    for (sheet, down, right), together in found.items():
        back = found.get((sheet, -down, -right), [])  # of formulas that were dragged along
        if len(together) >= len(back):
            told.append(_drag(sheet, together, altered))
    return tuple(told)


def _drag(sheet: str, together: _Altered, others: _Altered) -> Drag:
    """With the other formulas that ask for a cell dragged onto, or for one left behind."""
    pairs = dict(pair for _, moves in together for pair in moves.items())
    moves = sorted(pairs.items(), key=lambda pair: from_a1(pair[0]))
    onto = {from_a1(cell)[0] for cell in pairs.values()}
    covered = [
        fault
        for fault, lost in others
        if fault.sheet == sheet
        and fault not in [one for one, _ in together]
        and (
            (set(lost.values()) == {LOST_REFERENCE} and lost.keys() <= set(pairs.values()))
            or from_a1(fault.cell)[0] in onto
        )
    ]
    return Drag(sheet, tuple(moves), (*(fault for fault, _ in together), *covered))


def _moves(fault: Fault) -> dict[str, str]:
    """Which cells a formula asks for elsewhere; none where more than that is another."""
    before, now = tokens(fault.expected), tokens(fault.actual)
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
