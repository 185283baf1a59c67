"""A worksheet for cells whose formulas and attributes need no second look.

Without this class a workbook is the same, byte for byte, only later: half of the time of a template
went into what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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

from workbook_tools.ooxml.address import column_letters


class PlainSheet(Worksheet):  # type: ignore[misc]  # the base has no type
    """XlsxWriter's worksheet without its search for what our cells never have.

    It looks for thirty names of functions after Excel 2007 in each formula, for characters to
    escape in each cell's address and number of its format, and for "A1" in each number of a row.
    Cells of a row that are known together are kept together and written in one go.
    """

    def __init__(self) -> None:
        super().__init__()
        self.table_cells = _Unnoted()

    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_blank = Worksheet._write_blank

    def write_cells(
        self, row: int, col: int, values: Sequence[float | int | str | None], looks: Sequence[Any]
    ) -> None:
        """Write cells of a row next to each other, each value in its format.

        A value is a float, what :meth:`text` gave, or None for a blank cell.
        """
        if not values:
            return
        last = col + len(values) - 1
        if self._check_dimensions(row, col) or self._check_dimensions(row, last):
            raise IndexError(f"{self.name}: row {row + 1} is beyond the sheet, or let go of")
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        self.table[row][last] = _Cells((), ())  # XlsxWriter goes by the outermost cells of a row
        self.table[row][col] = _Cells(values, looks)

    def text(self, text: str) -> int | str:
        """A text for :meth:`write_cells`: its number among all, or itself where they are not kept.

        It has at most half as many characters as a cell holds.
        """
        if self.constant_memory:
            return text
        return int(self.str_table._get_shared_string_index(text))

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

    def _assemble_xml_file(self) -> None:
        """Write the sheet, and let go of its cells before the next is written."""
        super()._assemble_xml_file()
        self.table.clear()

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Write the row before and let go of it, of its height, too."""
        row = self.previous_row
        super()._write_single_row(current_row_num)
        self.row_info.pop(row, None)

    def _get_range_data(
        self, row_start: int, col_start: int, row_end: int, col_end: int
    ) -> list[Any]:
        """The values that a chart keeps of these cells, which it looks for one by one."""
        for row in range(row_start, row_end + 1):
            for col, cells in list(self.table[row].items()):
                if cells.__class__ is _Cells:
                    self.table[row].update(enumerate(cells.apart(), start=col))
        return list(super()._get_range_data(row_start, col_start, row_end, col_end))

    def _write_cells(self, row: int, col: int, cells: _Cells) -> None:
        write, place = self.fh.write, row + 1
        for column, value in enumerate(cells.values):
            look = cells.looks[column]
            letters = column_letters(col + column + 1)
            opening = f'<c r="{letters}{place}" s="{look._get_xf_index()}"'
            kind = value.__class__
            if value is None:
                write(f"{opening}/>")
            elif kind is float:
                write(f"{opening}><v>{value:.16G}</v></c>")
            elif kind is int:
                write(f'{opening} t="s"><v>{value}</v></c>')
            else:
                self._write_cell(row, col + column, CellStringTuple(value, look))

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a styled blank, number, text or formula without a result of a type of its own."""
        kind = cell.__class__
        if kind is _Cells:
            self._write_cells(row, col, cell)
            return
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


class _Cells(NamedTuple):
    """Cells next to each other, kept as the first of them; none as the last."""

    values: Sequence[float | int | str | None]
    looks: Sequence[Any]

    def apart(self) -> Iterator[Any]:
        """Each as XlsxWriter keeps it."""
        for value, look in zip(self.values, self.looks, strict=True):
            if value is None:
                yield CellBlankTuple(look)
            elif isinstance(value, float):
                yield CellNumberTuple(value, look)
            else:
                yield CellStringTuple(value, look)


class _Unnoted(dict[tuple[int, int], str]):
    """What XlsxWriter notes of each cell of a table, to find tables that overlap; ours do not."""

    def __setitem__(self, cell: tuple[int, int], table: str) -> None:
        pass


@lru_cache(maxsize=8192)  # most formulas and texts are those of the workbook or the row before
def _escaped(formula: str) -> str:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_bare(text: str) -> bool:
    """Whether a text is written as it is, with no sign of its spaces, and nothing to hide in it."""
    return text.isprintable() and text == text.strip() and "_x" not in text and text[:1] != "<"


_PLAIN = frozenset({CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple})
