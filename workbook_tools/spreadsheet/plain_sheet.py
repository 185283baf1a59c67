"""A worksheet for cells whose formulas and attributes need no second look.

Without this class a workbook is the same, byte for byte, only later: half of the time of a template
went into what it leaves out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsxwriter.utility import (  # type: ignore[import-untyped]  # ships no types
    xl_rowcol_to_cell_fast,
)
from xlsxwriter.worksheet import (  # type: ignore[import-untyped]  # ships no types
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)


class PlainSheet(Worksheet):  # type: ignore[misc]  # the base has no type
    """XlsxWriter's worksheet without its search for what our cells never have.

    It looks for thirty names of functions after Excel 2007 in each formula, for characters to
    escape in each cell's address and number of its format, and for "A1" in each number of a row.
    """

    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_blank = Worksheet._write_blank

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0
    ) -> int:
        if self.constant_memory:
            return int(super()._write_formula(row, col, formula, cell_format, value))
        if self._check_dimensions(row, col):
            return -1
        plain = self._prepare_formula(formula)
        self.table[row][col] = CellFormulaTuple(plain, cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a styled blank, number, text or formula without a result of a type of its own."""
        kind = cell.__class__
        if cell.format is None or kind not in _PLAIN:
            super()._write_cell(row, col, cell)
            return
        opening = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        if kind is CellBlankTuple:
            self.fh.write(f"{opening}/>")
        elif kind is CellNumberTuple:
            self.fh.write(f"{opening}><v>{cell.number:.16G}</v></c>")
        elif kind is CellStringTuple and not self.constant_memory:
            self.fh.write(f'{opening} t="s"><v>{cell.string}</v></c>')
        elif kind is CellStringTuple and _is_bare(cell.string):
            text = _escaped(cell.string)
            self.fh.write(f'{opening} t="inlineStr"><is><t>{text}</t></is></c>')
        elif kind is CellFormulaTuple and cell.value == "":
            self.fh.write(f"{opening}><f>{_escaped(cell.formula)}</f><v></v></c>")
        else:
            super()._write_cell(row, col, cell)


@lru_cache(maxsize=8192)  # most formulas and texts are those of the workbook or the row before
def _escaped(formula: str) -> str:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_bare(text: str) -> bool:
    """Whether a text is written as it is, with no sign of its spaces, and nothing to hide in it."""
    return text.isprintable() and text == text.strip() and "_x" not in text and text[:1] != "<"


_PLAIN = frozenset({CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple})
