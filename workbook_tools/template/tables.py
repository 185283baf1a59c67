"""Lists to fill in, with the formulas beside their rows.

A list has more rows than most departments need. Only those in use, and a few below them, show
their lines: empty rows must not print as pages.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from xlsxwriter.utility import (  # type: ignore[import-untyped]  # ships no types
    xl_col_to_name,
    xl_rowcol_to_cell,
)

from workbook_tools.standard.contract import ROW_STATUS, column_name
from workbook_tools.standard.tables import Column, Table
from workbook_tools.template.book import TemplatePage
from workbook_tools.template.own_rows import printed_columns
from workbook_tools.template.plan import OPTIONAL, REQUIRED, WHEN_NEEDED, Plan, Tally
from workbook_tools.template.rows import COUNTED, HINT, RowFormula, in_names, in_row, row_formulas
from workbook_tools.template.styles import (
    BAD,
    CALCULATED,
    GOOD,
    INPUT,
    LINE,
    LINES,
)
from workbook_tools.template.wrap import Wrapped, row_height

_LINED = 4  # rows that show their lines from the start
_RUNNING = 20.0  # points, the height of a running head of one line
_TWO_LINES = 29.0  # points, in the highest typeface
_AHEAD = 4  # rows that show their lines below the last filled one
_AT_FIRST = 11  # rows of two lines: a page, where results are printed beside them


def write_table(
    page: TemplatePage, plan: Plan, table: Table, row: int, beside: int, tally: Tally
) -> tuple[int, int]:
    """Write a table from ``row`` on, its formulas from column ``beside`` on.

    Gives the row of its header and the next free column beside it.
    """
    page.text(row, 0, table.label, "section", plan.last)
    page.height(row, 21)
    mark = REQUIRED if table.required else OPTIONAL
    header = row + 2
    writer = _Table(page, plan, table, header, beside)
    more = f"；先显示 {writer.shown} 行，不够时选中末行和下面一行的行号，右键“取消隐藏”"
    spare = more if writer.shown < table.rows else ""
    about = f"{mark}　{table.help}最多 {table.rows} 行{spare}；填了名称的行才计入。"
    page.text(row + 1, 0, about, "about", plan.last)
    page.height(row + 1, row_height(Wrapped(about, plan.width(0, plan.last)), least=20.0))
    writer.write()
    if table.required:
        counted = column_name(table.id, COUNTED)
        tally.add(1, f"IF(COUNT({counted})>0,1,0)")
    return header, beside + len(writer.formulas)


class _Table:
    def __init__(
        self, page: TemplatePage, plan: Plan, table: Table, header: int, beside: int
    ) -> None:
        self.page, self.plan, self.table, self.header = page, plan, table, header
        self.first, self.last = header + 1, header + table.rows
        standard = page.book.standard
        self.formulas = [one for one in row_formulas(table) if not one.printed]
        self.printed = printed_columns(table, standard)
        self.places = {column.id: index for index, column in enumerate(self.printed)}
        for index, formula in enumerate(self.formulas):
            self.places[formula.id] = beside + index
        self.results = [one for one in self.printed if isinstance(one, RowFormula)]
        self.least = _TWO_LINES if self.results else 20.0
        filled = len(page.book.filling.rows.get(table.id, ()))
        self.shown = min(table.rows, max(_AT_FIRST, filled) if self.results else table.rows)

    def write(self) -> None:
        if self.plan.is_list:
            self._running_head()
        self._header()
        self._inputs()
        self._lines()
        for formula in (*self.results, *self.formulas):
            self._formula(formula)
        # a formula counts as filled, so spare rows that have one would print as empty pages
        for row in range(self.first + self.shown, self.last + 1):
            self.page.hide(row, self.least)

    def _running_head(self) -> None:
        """Name the columns in the sheet's first row, which stays in sight and on every page."""
        beside = [formula for formula in self.formulas if not formula.hidden]
        style = "header" if self.results else "running"
        labels = {one.id: one.label.partition("\n")[0] for one in (*self.printed, *beside)}
        for part, label in labels.items():
            self.page.text(0, self.places[part], label, style)
        texts = [
            Wrapped(labels[one.id], self.plan.widths[self.places[one.id]])
            for one in (self.printed if self.results else ())
        ]
        self.page.height(0, row_height(*texts, least=_RUNNING))

    def _header(self) -> None:
        page = self.page
        texts = []
        for column in self.table.columns:
            mark = REQUIRED if column.required else OPTIONAL
            mark = WHEN_NEEDED if column.needed_when else mark
            unit = f"（{column.unit}）" if column.unit else ""
            text = f"{column.label}\n{unit}{mark}"
            page.text(self.header, self.places[column.id], text, "header")
            texts.append(Wrapped(text, self.plan.widths[self.places[column.id]]))
        for formula in (*self.results, *self.formulas):
            style = "hidden" if formula.hidden else "header"
            page.text(self.header, self.places[formula.id], formula.label, style)
        page.height(self.header, row_height(*texts, least=36.0))

    def _inputs(self) -> None:
        page, book = self.page, self.page.book
        rows = book.filling.rows.get(self.table.id, ())
        for index, notes in enumerate(book.filling.row_notes.get(self.table.id, ())):
            for column_id, text in notes.items():
                page.note(self.first + index, self.places[column_id], text)
        for index, row in enumerate(rows):
            texts = [
                Wrapped(text, self.plan.widths[self.places[column]])
                for column, text in row.items()
                if isinstance(text, str)
            ]
            page.growing(self.first + index, row_height(*texts, least=self.least))
        if self.results:  # whose words take two lines, as choices do
            for place in range(self.first, self.last + 1):
                page.strut(place, self.plan.strut, self.least)
            for place in range(self.first + len(rows), self.first + self.shown):
                page.growing(place, self.least)
        for column in self.table.columns:
            place = self.places[column.id]
            page.name(column_name(self.table.id, column.id), self.first, place, self.last, place)
            page.column_rule(self.first, place, self.last, column)
            lined = book.field_look("input", column.type)
            bare = {key: value for key, value in lined.items() if key not in LINES}
            looks = book.format(lined), book.format(bare)
            for index in range(self.table.rows):
                value = rows[index].get(column.id) if index < len(rows) else None
                page.put(self.first + index, place, value, looks[index >= _LINED])

    def _lines(self) -> None:
        """Lines and fill below the first rows appear as the list grows."""
        if self.table.rows <= _LINED:
            return
        start = self.first + _LINED
        # no results among them: a formula counts as filled, whatever it shows
        columns = [isinstance(one, Column) for one in self.printed]
        left = columns.index(True)
        right = left + [*columns[left:], False].index(False) - 1
        above = xl_rowcol_to_cell(start - _AHEAD, left, col_abs=True)
        below = xl_rowcol_to_cell(start, right, col_abs=True)
        first = 0
        for typed, run in groupby(columns):
            last = first + len(list(run)) - 1
            fill = INPUT if typed else CALCULATED
            look = self.page.book.format({"bg_color": fill, "border": 1, "border_color": LINE})
            rule = {"type": "formula", "criteria": f"=COUNTA({above}:{below})>0", "format": look}
            self.page.sheet.conditional_format(start, first, self.last, last, rule)
            first = last + 1

    def _formula(self, formula: RowFormula) -> None:
        page, place = self.page, self.places[formula.id]
        name = column_name(self.table.id, formula.id)
        page.name(name, self.first, place, self.last, place)
        if formula.feeds:
            page.book.formulas[name] = in_names(formula.text, self.table)
        style = "hidden" if formula.hidden else formula.style
        texts = _in_rows(formula.text, tuple(self.places.items()), self.first, self.last)
        for row, text in enumerate(texts, start=self.first):
            look = f"{style}_bare" if formula.printed and row >= self.first + _LINED else style
            page.formula(row, place, text, look)
        if not formula.printed:
            page.sheet.set_column(place, place, formula.width, None, {"hidden": formula.hidden})
        if formula.id in (HINT, ROW_STATUS):
            corner = xl_rowcol_to_cell(self.first, place, col_abs=True)
            page.words_highlighted(
                (self.first, place, self.last, place),
                {f'{corner}="√"': GOOD, f'{corner}<>""': BAD},
            )


@lru_cache(maxsize=1024)  # the same in each template of a standard
def _in_rows(
    text: str, places: tuple[tuple[str, int], ...], first: int, last: int
) -> tuple[str, ...]:
    """A row formula in each row, counted from 0; ``places``: each column with where it stands."""
    letters = {one: xl_col_to_name(at, col_abs=True) for one, at in places}

    def written(row: int) -> str:
        return in_row(text, lambda column: f"{letters[column]}{row + 1}")

    return tuple(map(written, range(first, last + 1)))
