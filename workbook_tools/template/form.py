"""Input sheets: a title, sections of single inputs and grids, checklists, tables."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_tools.ooxml.address import MAX_ROW
from workbook_tools.standard.contract import Entered, Field, fields
from workbook_tools.standard.inputs import NUMBER_TYPES, WHOLE_TYPES, Grid
from workbook_tools.standard.tables import Table
from workbook_tools.template.book import TemplateBook, TemplatePage
from workbook_tools.template.checklists import write_checklists
from workbook_tools.template.expressions import any_of, is_empty, literal, quoted
from workbook_tools.template.narrative import write_narrative
from workbook_tools.template.own_rows import blank_points_left, points_left, printed_columns
from workbook_tools.template.plan import (
    HELP,
    INPUT,
    ISSUED,
    LABEL,
    MARK,
    OPTIONAL,
    REQUIRED,
    UNIT,
    Plan,
    Tally,
)
from workbook_tools.template.quantities import IN_ORDER, IN_YUAN, Names
from workbook_tools.template.styles import BAD, GOOD
from workbook_tools.template.tables import write_table
from workbook_tools.template.wrap import Wrapped, row_height

TO_FILL, WRONG = "待填", "单元格有错误"
BESIDE = "与相关数不符"  # a part above its whole, a running total that falls


def write_input_sheet(book: TemplateBook, plan: Plan) -> Tally:
    """Write an input sheet whole, and say what of it must be filled in."""
    page = TemplatePage(book, plan.sheet.title)
    return _Form(page, plan).write()


class _Form:
    def __init__(self, page: TemplatePage, plan: Plan) -> None:
        self.page, self.plan = page, plan
        self.standard = page.book.standard
        self._names = Names(self.standard, page.book.issued)
        self.tally = Tally()
        self.row = 0

    def write(self) -> Tally:
        page, plan = self.page, self.plan
        for column, width in enumerate(plan.widths):
            page.sheet.set_column(column, column, width)
        page.sheet.set_column(plan.strut, plan.strut, 2)
        page.sheet.set_column(plan.check, plan.check, 16)
        left = [table for table in plan.tables if points_left(table, self.standard)]
        if plan.is_list:
            self.row = 1 + len(left)  # below the running head
            for row, table in enumerate(left, start=1):
                self._points_left(row, table)
        self._title()
        # the running head of a list, or all down to the header of what comes first
        head = 0 if plan.is_list else self.row
        frozen = len(left) if plan.is_list else head
        first = self.row
        if plan.narrative:
            self.row = write_narrative(page, plan, self.row, self.tally)
        elif plan.fields:
            self._header()
            for section in dict.fromkeys(field.section for field in plan.fields):
                self._section(section)
        if plan.checklists:
            self.row = write_checklists(page, plan, self.row, self.tally)
        corner = page.corner(first, plan.check)
        page.words_highlighted(
            (first, plan.check, self.row - 1, plan.check),
            {f"{corner}={quoted(IN_ORDER)}": GOOD, f'{corner}<>""': BAD},
        )
        beside = plan.check
        for table in plan.tables:
            if not plan.is_list:
                self.row += 1  # a gap, for the list stands far from the head
            header, beside = write_table(page, plan, table, self.row, beside, self.tally)
            self.row = header + 1 + table.rows
        page.sheet.freeze_panes(frozen + 1, self._frozen_columns())
        self._print(head)
        page.protect()
        return self.tally

    def _points_left(self, row: int, table: Table) -> None:
        """How many points are left to give, in sight while people type."""
        text = points_left(table, self.standard)
        blank = blank_points_left(table, self.standard)
        self.page.formula(row, 0, text, "name", blank=blank)
        self.page.height(row, 20)

    def _frozen_columns(self) -> int:
        """The columns down to the name of a list's first table, so that it stays in sight."""
        if not self.plan.tables:
            return 0
        table = self.plan.tables[0]
        return 1 + printed_columns(table, self.standard).index(table.named_by)

    def _title(self) -> None:
        page, plan = self.page, self.plan
        if not plan.is_list:  # of which the title is printed above the running head
            page.text(self.row, 0, plan.sheet.title, "title", plan.last)
            page.height(self.row, 28)
            self.row += 1
        about = plan.sheet.about
        if any(field.unit == "万元" for field in plan.fields) and "万元" not in about:
            about += "　金额单位：万元"
        page.text(self.row, 0, about, "about_center", plan.last)
        page.text(self.row, plan.check, "以下各栏由系统判断，不打印", "check_header")
        page.height(self.row, 18)
        self.row += 1

    def _section(self, title: str) -> None:
        page, plan = self.page, self.plan
        grids = [grid for grid in plan.grids if grid.section == title]
        gridded = {
            grid.field(row, column)
            for grid in grids
            for row in grid.rows
            for column in grid.columns
        }
        single = [one for one in plan.fields if one.section == title and one.id not in gridded]
        page.text(self.row, 0, title, "section", plan.last)
        page.height(self.row, 21)
        self.row += 1
        if single:
            first = self.row
            for field in single:
                self._single(field)
            self._count(first, self.row - 1, single)
        for grid in grids:
            self._grid(grid)

    def _header(self) -> None:
        for column, text in ((LABEL, "项目"), (INPUT, "填写"), (UNIT, "单位"), (MARK, "要求")):
            self.page.text(self.row, column, text, "header")
        self.page.text(self.row, HELP, "填写说明和数据来源", "header", self.plan.last)
        self.page.height(self.row, 20)
        self.row += 1

    def _single(self, field: Field) -> None:
        page, plan, row = self.page, self.plan, self.row
        advice = _advice(field)
        page.text(row, LABEL, field.label, "label")
        page.field(row, INPUT, field)
        page.text(row, UNIT, field.unit or _unit(field), "center")
        page.text(row, MARK, self._mark(field), "center")
        page.text(row, HELP, advice, "help", plan.last)
        blank = self._check_when_blank(field)
        page.formula(row, plan.check, _check(field, self._names), "check", blank=blank)
        least = row_height(
            Wrapped(field.label, plan.widths[LABEL]),
            Wrapped(advice, plan.width(HELP, plan.last), 9),
            least={"long_text": 92.0, "text": 31.0}.get(field.type, 22.0),
        )
        if field.type in ("text", "long_text"):
            typed = page.book.typed(field, plan.widths[INPUT])
            page.growing(row, row_height(typed, least=least))
            page.strut(row, plan.strut, least)
        else:
            page.height(row, least)
        self.row += 1

    def _mark(self, field: Field) -> str:
        if field.id in self.page.book.issued:
            return ISSUED
        return REQUIRED if field.required else OPTIONAL

    def _check_when_blank(self, field: Field) -> str:
        if field.preset is not None:
            return IN_ORDER
        return TO_FILL if field.required else ""

    def _count(self, first: int, last: int, single: Iterable[Field]) -> None:
        """Required inputs that are in order; an issued one counts as required and filled."""
        page, plan = self.page, self.plan
        required = [one for one in single if one.required or one.id in page.book.issued]
        if not required:
            return
        marks = page.reference(first, MARK, last, MARK)
        checks = page.reference(first, plan.check, last, plan.check)
        terms = [
            f"COUNTIFS({marks},{quoted(mark)},{checks},{quoted(IN_ORDER)})"
            for mark in dict.fromkeys(self._mark(one) for one in required)
        ]
        if first == last:  # COUNTIFS wants ranges of several cells
            terms = [f"IF({checks}={quoted(IN_ORDER)},1,0)"]
        filled = sum(one.preset is not None for one in required)
        self.tally.add(len(required), "+".join(terms), filled)

    # -- grids

    def _grid(self, grid: Grid) -> None:
        page, plan = self.page, self.plan
        known = fields(self.standard)
        page.text(self.row, LABEL, grid.label, "header")
        for index, column in enumerate(grid.columns, start=1):
            cells = [known[grid.field(row, column)] for row in grid.rows]
            mark = REQUIRED if all(cell.required for cell in cells) else OPTIONAL
            page.text(self.row, index, f"{column.label}\n{mark}", "header")
        after = 1 + len(grid.columns)
        page.text(self.row, after, "填写说明和数据来源", "header", plan.last)
        page.height(self.row, 34)
        self.row += 1
        advice = [_grid_advice(grid, index) for index in range(len(grid.rows))]
        whole = len(set(advice)) == 1
        first = self.row
        for index, axis in enumerate(grid.rows):
            row = self.row
            cells = [known[grid.field(axis, column)] for column in grid.columns]
            unit = "" if cells[0].unit == grid.unit else "（%）"
            page.text(row, LABEL, axis.label + unit, "label")
            for place, cell in enumerate(cells, start=1):
                page.field(row, place, cell)
            if not whole:
                page.text(row, after, advice[index], "help", plan.last)
            self._grid_row(row, cells)
            self.row += 1
        if whole:
            page.sheet.merge_range(
                first, after, self.row - 1, plan.last, advice[0], page.book.style("help")
            )
        heights = [row_height(Wrapped(text, plan.width(after, plan.last), 9)) for text in advice]
        if whole:
            heights = [heights[0] / len(advice)] * len(advice)
        for row, height in zip(range(first, self.row), heights, strict=True):
            page.height(row, max(height, 23.0))

    def _grid_row(self, row: int, cells: list[Field]) -> None:
        """The check of a grid's row, and the count of its required cells."""
        page, plan = self.page, self.plan
        required = [column for column, cell in enumerate(cells, start=1) if cell.required]
        parts = [
            page.reference(row, start, row, stop).split("!")[1] for start, stop in _runs(required)
        ]
        # a count over one cell is as good as over several for COUNT
        count = f"COUNT({','.join(parts)})"
        when_blank = sum(cell.required and cell.preset is not None for cell in cells)
        outside = [
            bound
            for column, cell in enumerate(cells, start=1)
            for bound in _outside(page.cell(row, column), cell)
        ]
        good = _unless_outside(outside)
        if contradicted := [one for cell in cells if (one := self._names.beyond(cell.id))]:
            good = f"IF({any_of(contradicted)},{quoted(BESIDE)},{good})"
        if suspicions := [one for cell in cells if (one := self._names.in_yuan(cell.id))]:
            good = f"IF({any_of(suspicions)},{quoted(IN_YUAN)},{good})"
        text = f"IF({count}={len(required)},{good},{quoted(TO_FILL)})"
        text = f"IFERROR({text},{quoted(WRONG)})"
        blank = IN_ORDER if when_blank == len(required) else TO_FILL
        page.formula(row, plan.check, text, "check", blank=blank)
        places = [page.reference(row, start, row, stop) for start, stop in _runs(required)]
        self.tally.add(len(required), f"COUNT({','.join(places)})", when_blank)

    def _print(self, head: int) -> None:
        """Print the left columns down to the last filled row, with the head on every page.

        With a table the area is whole columns, of which every program prints only as far as
        something stands; and in a table's rows nothing stands there but what people typed.
        """
        page, plan = self.page, self.plan
        page.print_setup(landscape=plan.landscape, repeat=(0, head), titled=plan.is_list)
        last = plan.last
        if plan.tables:
            whole = page.reference(0, 0, MAX_ROW - 1, last)
            page.book.workbook.define_name(f"'{page.title}'!_xlnm.Print_Area", f"={whole}")
        else:
            page.sheet.print_area(0, 0, self.row - 1, last)


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    """Neighbouring columns as (first, last)."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _advice(entry: Entered) -> str:
    return entry.help + (f"来源：{entry.source}。" if entry.source else "")


def _grid_advice(grid: Grid, index: int) -> str:
    axis = grid.rows[index]
    sources = (
        [axis.source]
        if axis.source
        else [f"{column.label}：{column.source}" for column in grid.columns if column.source]
    )
    text = axis.help or grid.help
    return text + (f"来源：{'；'.join(sources)}。" if sources else "")


def _unit(field: Field) -> str:
    return {"share": "%", "year": "年", "date": "日期", "choice": "选择"}.get(field.type, "")


def _check(field: Field, names: Names) -> str:
    """A formula that says whether the input is in order: √, or what is wrong with it."""
    cell = field.name
    blank = TO_FILL if field.required else ""
    if field.type in NUMBER_TYPES:
        bounds = _outside(cell, field)
        if field.type in WHOLE_TYPES:
            bounds.append(f"INT({cell})<>{cell}")
        good = _unless_outside(bounds)
        if beyond := names.beyond(field.id):
            good = f"IF({beyond},{quoted(BESIDE)},{good})"
        if in_yuan := names.in_yuan(field.id):
            good = f"IF({in_yuan},{quoted(IN_YUAN)},{good})"
        text = f"IF(ISNUMBER({cell}),{good},{quoted('应填数字')})"
    elif field.type == "date":
        text = f"IF(ISNUMBER({cell}),{quoted(IN_ORDER)},{quoted('应填日期')})"
    elif field.type == "choice":
        allowed = any_of(
            f"{cell}={quoted(one) if isinstance(one, str) else literal(one)}"
            for one in field.choices
        )
        text = f"IF({allowed},{quoted(IN_ORDER)},{quoted('请从列表选')})"
    else:
        text = quoted(IN_ORDER)
    return f"IFERROR(IF({is_empty(cell)},{quoted(blank)},{text}),{quoted(WRONG)})"


def _outside(cell: str, field: Field) -> list[str]:
    """The conditions under which a number is outside the range of its field."""
    below = [] if field.min is None else [f"{cell}<{literal(field.min)}"]
    above = [] if field.max is None else [f"{cell}>{literal(field.max)}"]
    return [*below, *above]


def _unless_outside(bounds: list[str]) -> str:
    good = quoted(IN_ORDER)
    return f"IF({any_of(bounds)},{quoted('超出范围')},{good})" if bounds else good
