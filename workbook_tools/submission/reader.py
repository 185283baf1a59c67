"""Read a filled workbook by its defined names. No formula of it is trusted or computed here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from workbook_tools.conversion import open_workbook_file
from workbook_tools.ooxml import (
    Area,
    Cell,
    Limits,
    Package,
    PackageError,
    PackageSource,
    Workbook,
    contents_of,
    open_workbook,
    to_a1,
)
from workbook_tools.ooxml.address import MAX_COLUMN, MAX_ROW, column_letters
from workbook_tools.ooxml.cells import BLANK
from workbook_tools.standard import Standard, StandardError, list_standards, load_standard
from workbook_tools.standard.contract import (
    GRADE_NAMES,
    META_FORMULAS,
    META_ISSUED,
    META_NAMES,
    RESULT_ROW,
    TOTAL_NAMES,
    Field,
    column_name,
    fields,
    own_from_rows,
)
from workbook_tools.standard.tables import Column, Table
from workbook_tools.standard.unit_codes import CODE_FIELDS, unit_code
from workbook_tools.submission.model import (
    Entry,
    FormulaColumn,
    Origin,
    Row,
    Stored,
    Submission,
    SubmissionRefused,
)
from workbook_tools.submission.moved import without_moved
from workbook_tools.submission.typed import code_entry, shown_in, typed_entry, value_of

_BELOW = 20  # rows below a table that are looked at
_MOST_ROWS = 5000
"""Rows of a table, of the list of formulas and of that of issued values: a template has hundreds,
and whoever inserts more does not come near."""


def read_submission(
    source: PackageSource,
    standard: Standard | None = None,
    *,
    name: str = "",
    limits: Limits | None = None,
) -> Submission:
    """Read one workbook; without ``standard`` the shipped one that the workbook names.

    ``source``: a path, the content, or a file opened for reading bytes; ``name``: the path by which
    people know it, where that is another. ``limits``: what the package may hold at most (default:
    ``usual_limits``).

    Raises :class:`SubmissionRefused` when the file cannot be read, is no workbook made from our
    template, or names a standard that is not known here. Cells that cannot be used are no reason
    to refuse: their entries say what is wrong.
    """
    with open_package(source, name=name, limits=limits) as package:
        return submission_in(package, standard)


def open_package(source: PackageSource, *, name: str = "", limits: Limits | None = None) -> Package:
    """The file of a submission, read whole and converted where it is .xls, .et or .ods.

    Raises SubmissionRefused where that cannot be done.
    """
    try:
        return open_workbook_file(source, limits, name=name)
    except PackageError as error:
        raise SubmissionRefused(error.code, error.message) from error


def submission_in(package: Package, standard: Standard | None = None) -> Submission:
    """What :func:`read_submission` gives, of a file that is open already."""
    try:
        return _Reading(open_workbook(package), standard).submission()
    except PackageError as error:
        raise SubmissionRefused(error.code, error.message) from error


@lru_cache(maxsize=16)
def output_names(standard: Standard) -> tuple[str, ...]:
    """The defined names of all result cells of a workbook of this standard."""
    levels = [one for top in standard.levels for one in (top, *top.children)]
    each = [
        f"{kind}_{indicator.id}"
        for indicator in standard.indicators
        for kind in ("value", "score", "status")
    ]
    own = [f"self_{one.id}" for one in standard.indicators if own_from_rows(one)]
    subtotals = [f"subtotal_{level.id}" for level in levels]
    return (*each, *own, *subtotals, *TOTAL_NAMES, *GRADE_NAMES)


class _Reading:
    """One workbook being read: where the names point, and the cells that stand there."""

    def __init__(self, workbook: Workbook, standard: Standard | None) -> None:
        self.path, self.workbook = workbook.package.path, workbook
        self.areas: dict[str, Area] = {}
        self.cells: dict[str, dict[tuple[int, int], Cell]] = {}
        self.missing: list[str] = []
        self.copies: dict[str, tuple[str, ...]] = {}
        meta_names = (*META_NAMES, META_ISSUED, META_FORMULAS)
        self._locate(meta_names, most_rows=_MOST_ROWS, most_columns=2)
        self._read(meta_names)
        self.missing.clear()  # what of the meta sheet is missing, is told by refusing
        self.meta = {name: self._text(name) for name in META_NAMES}
        self.issued = dict(self._pairs(META_ISSUED))
        self.standard = standard or self._named_standard()

    def submission(self) -> Submission:
        standard = self.standard
        known = fields(standard)
        formulas = dict(self._pairs(META_FORMULAS))
        beside: dict[str, None] = {}
        for table in standard.tables:
            names = [name for name in formulas if name.startswith(column_name(table.id, ""))]
            self._locate(names, most_rows=2 * table.rows, most_columns=1)
            beside |= dict.fromkeys(names)
        outputs = [*dict.fromkeys((*output_names(standard), *formulas))]
        outputs = [name for name in outputs if name not in beside]
        columns = [
            column_name(table.id, column.id)
            for table in standard.tables
            for column in table.columns
        ]
        inputs = [field.name for field in known.values()]
        self._locate(inputs, most_rows=1, most_columns=1)
        self._locate(columns, most_columns=1)
        self._locate([RESULT_ROW], most_rows=1)
        self._locate(outputs, most_rows=1, most_columns=1)
        below = {one.id: area for one in standard.tables if (area := self._area_below(one))}
        self._read((*inputs, *columns, RESULT_ROW, *outputs, *beside), below.values())
        if not self.meta["meta_standard"] and not self.areas:
            raise self._no_template()
        entries = {field.id: self._entry(field) for field in known.values()}
        entries = without_moved(entries, known, self.workbook)
        moved = {known[field].name for field, one in entries.items() if one.problem == "moved"}
        missing = [one for one in self.missing if one not in self._added_since() | moved]
        return Submission(
            path=str(self.path),
            standard=standard,
            origin=self._origin(),
            entries=entries,
            tables={table.id: tuple(self._rows(table)) for table in standard.tables},
            stored={name: self._stored(name) for name in outputs if name in self.areas},
            issued=self.issued,
            formulas=formulas,
            missing_names=tuple(missing),
            below={table: found for table in below if (found := self._names_in(below[table]))},
            copies=self.copies,
            merged=self._merged((*inputs, *columns)),
            row_formulas={name: self._column(name) for name in beside if name in self.areas},
            columns={name: self.areas[name] for name in columns if name in self.areas},
        )

    def _merged(self, names: Iterable[str]) -> dict[str, tuple[Area, ...]]:
        sheets = dict.fromkeys(self.areas[name].sheet for name in names if name in self.areas)
        return {sheet: self.workbook.merged(sheet) for sheet in sheets}

    def _added_since(self) -> frozenset[str]:
        """The names that a workbook of an earlier edition of the standard cannot have."""
        if self.meta["meta_standard_hash"] not in self.standard.former:
            return frozenset()
        claims = ("na", "na_reason")
        return frozenset(one.name for one in fields(self.standard).values() if one.role in claims)

    def _named_standard(self) -> Standard:
        name = self.meta["meta_standard"]
        if not name:
            raise self._no_template()
        if name not in list_standards():
            raise SubmissionRefused(
                "unknown-standard",
                f"{self.path.name}：工作簿采用的评分标准“{name}”本机没有，无法复算。"
                "请改用财政部门下发的现行模板填报；财政部门请指定该标准的文件后重新校验。",
            )
        try:
            return load_standard(name)
        except StandardError as error:  # pragma: no cover - a shipped standard is tested to load
            raise SubmissionRefused("unknown-standard", f"{self.path.name}：{error}") from error

    def _no_template(self) -> SubmissionRefused:
        return SubmissionRefused(
            "not-a-template",
            f"{self.path.name}：不是由本工具模板填报的工作簿（没有模板标识）。"
            "请使用财政部门下发的模板填报后重新提交。",
        )

    def _locate(
        self, names: Iterable[str], *, most_rows: int = MAX_ROW, most_columns: int = MAX_COLUMN
    ) -> None:
        """Find where names point, at most so many rows and columns of it."""
        for name in names:
            area = self.workbook.names.get(name)
            if area is None:
                self.missing.append(name)
                if twins := self.workbook.names.twins(name):
                    self.copies[name] = tuple(twin.sheet for twin in twins)
                continue
            if not area.is_cell:
                last_row = min(area.last_row, area.first_row + most_rows - 1)
                last_col = min(area.last_col, area.first_col + most_columns - 1)
                area = Area(area.sheet, area.first_row, area.first_col, last_row, last_col)
            self.areas[name] = area

    def _read(self, names: Iterable[str], also: Iterable[Area] = ()) -> None:
        """Read the cells that stand where names point, and in other areas, each sheet once."""
        wanted: dict[str, list[Area]] = {}
        for other in also:
            wanted.setdefault(other.sheet, []).append(other)
        for name in names:
            if area := self.areas.get(name):
                wanted.setdefault(area.sheet, []).append(area)
        for sheet, areas in wanted.items():
            self.cells.setdefault(sheet, {}).update(self.workbook.cells(sheet, areas))

    def _at(self, area: Area) -> Cell:
        return self.cells[area.sheet].get((area.first_row, area.first_col), BLANK)

    def _text(self, name: str) -> str:
        area = self.areas.get(name)
        return shown_in(self._at(area)) if area else ""

    def _pairs(self, name: str) -> Iterable[tuple[str, str]]:
        """The rows of a two-column range of texts."""
        area = self.areas.get(name)
        if area is None:
            return
        cells = self.cells[area.sheet]
        for row in range(area.first_row, area.last_row + 1):
            key = cells.get((row, area.first_col), BLANK).value
            if isinstance(key, str) and key:
                yield key, shown_in(cells.get((row, area.first_col + 1), BLANK))

    def _entry(self, field: Field) -> Entry:
        area = self.areas.get(field.name)
        if area is None:
            return Entry(field.id, "", "", problem="name-missing")
        address = to_a1(area.first_row, area.first_col)
        entry = typed_entry(field, self._at(area), area.sheet, address, self.workbook.date1904)
        if field.id in CODE_FIELDS:
            return code_entry(entry, self.issued.get(field.id, ""))
        return entry

    def _rows(self, table: Table) -> Iterable[Row]:
        """The rows with anything in them; entries of a column without a name say so."""
        areas = {one.id: self.areas.get(column_name(table.id, one.id)) for one in table.columns}
        rows = sorted({row for area in areas.values() if area for row in self._filled(area)})
        if len(rows) > _MOST_ROWS:
            raise SubmissionRefused(
                "unreadable",
                f"{self.path.name}：“{table.label}”填了 {len(rows)} 行，超过上限 {_MOST_ROWS} 行，"
                "不像正常填报。请删去多余的行后重新提交。",
            )
        listed = {one.id: self._entries(one, areas[one.id], rows) for one in table.columns}
        for place, number in enumerate(rows):
            entries = {column: listed[column][place] for column in listed}
            if any(entry.raw for entry in entries.values()):
                name = entries[table.named_by.id]
                yield Row(number, counted=not name.blank, entries=entries, name=name.raw)

    def _area_below(self, table: Table) -> Area | None:
        """Where names of rows would stand that were written right below a table."""
        area = self.areas.get(column_name(table.id, table.named_by.id))
        if area is None or area.last_row + _BELOW > MAX_ROW:
            return None
        first = area.last_row + 1
        return Area(area.sheet, first, area.first_col, first + _BELOW - 1, area.first_col)

    def _names_in(self, area: Area) -> tuple[Entry, ...]:
        """The texts from the top of a column down to the first blank cell."""
        found = []
        for row in range(area.first_row, area.last_row + 1):
            text = shown_in(self.cells[area.sheet].get((row, area.first_col), BLANK))
            if not text.strip():
                break
            found.append(Entry("", area.sheet, to_a1(row, area.first_col), text, text))
        return tuple(found)

    def _entries(self, column: Column, area: Area | None, rows: list[int]) -> list[Entry]:
        """What stands in these rows of a column."""
        if area is None:
            return [Entry(column.id, "", "", problem="name-missing")] * len(rows)
        cells, of, letters = self.cells[area.sheet], area.first_col, column_letters(area.first_col)
        sheet, date1904 = area.sheet, self.workbook.date1904
        return [
            typed_entry(column, cells.get((row, of), BLANK), sheet, f"{letters}{row}", date1904)
            for row in rows
        ]

    def _filled(self, area: Area) -> Iterable[int]:
        """The rows in which the first column of an area has a cell; an area may be a whole column.

        Looked for where there is less: among the area's rows, or among the sheet's cells.
        """
        cells, of = self.cells[area.sheet], area.first_col
        rows = range(area.first_row, area.last_row + 1)
        if len(rows) <= len(cells):
            return [row for row in rows if (row, of) in cells]
        return [row for row, column in cells if column == of and row in rows]

    def _stored(self, name: str) -> Stored:
        area = self.areas[name]
        cell = self._at(area)
        return Stored(
            name=name,
            sheet=area.sheet,
            cell=to_a1(area.first_row, area.first_col),
            kind=cell.kind,
            value=value_of(cell),
            formula=cell.formula,
        )

    def _column(self, name: str) -> FormulaColumn:
        area = self.areas[name]
        cells = self.cells[area.sheet]
        rows, column = range(area.first_row, area.last_row + 1), area.first_col
        return FormulaColumn(name, area, tuple([cells.get((row, column), BLANK) for row in rows]))

    def _origin(self) -> Origin:
        meta, workbook = self.meta, self.workbook
        return Origin(
            standard=meta["meta_standard"],
            standard_version=meta["meta_standard_version"],
            standard_hash=meta["meta_standard_hash"],
            tool_version=meta["meta_tool_version"],
            unit_code=unit_code(meta["meta_unit_code"]),
            formula_edition=meta["meta_formula_edition"],
            sheets=tuple(sheet.name for sheet in workbook.sheets),
            contents=contents_of(workbook),
            signed=workbook.signed,
            converted_from=workbook.package.converted_from,
        )
