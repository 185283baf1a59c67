"""Rows spliced into a reserved sheet at pre-styled marker cells, and cut out of it again.

The sheet reserves single cells (for a date, for counts) and one marker row of styled blank cells;
another sheet may reserve single cells alone.
The first row of results fills the marker row; the others follow as new rows that take over its
styles, whatever numbers the last program gave them. What stands in reserved cells, and in the rows
that follow a filled marker row without a gap, is ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from . import markup, scan
from .address import MAX_ROW, from_a1, quote_sheet, to_a1
from .boxes import row_height
from .grid import SheetGrid
from .row_height import as_it_was, heightened
from .sheetpart import SheetPart
from .splice import Draft, Edits
from .strings import MOST_TEXT
from .workbook import Workbook

_TYPE = re.compile(rb"\st\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_OWN_HEIGHT = re.compile(rb"\s(?:r|ht|customHeight)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_LAST_ROW = re.compile(rb"(ref\s*=\s*[\"'][A-Z]+\d+:[A-Z]+)(\d+)")


class RowsError(ValueError):
    """The reserved sheet is not as the template made it; the message says what is missing."""


class CellLink(NamedTuple):
    """A cell that leads to another cell: its text, and the sheet and address it leads to."""

    text: str
    sheet: str
    ref: str


PlainValue = str | int | float | Decimal | CellLink | None
"""Text is always text, never a formula; None leaves the cell blank."""


class _Change(NamedTuple):
    """Bytes to put in place of a span."""

    start: int
    end: int
    new: bytes


def fill_rows(
    wb: Workbook,
    sheet: str,
    marker: str,
    rows: Sequence[Sequence[PlainValue]],
    header: Mapping[str, PlainValue],
) -> Edits:
    """The edits that put rows and header values into the sheet, in place of earlier ones of ours.

    `marker` is the marker row's cells ("A7:H7"), one per value of a row; `header` maps single
    reserved cells to values. Rows that somebody wrote below the marker row stay: ours then go
    where there is room.

    Raises:
        RowsError: a reserved cell is missing, or the sheet has no room.
    """
    part = _part(wb, sheet)
    draft = Draft(wb.package)
    try:
        clean = _cut(_Cells(draft.read(part), marker, header))
        draft.write(part, _fill(clean, rows, header))
    except RowsError:
        raise
    except ValueError as error:
        raise RowsError(f"工作表“{sheet}”的结构异常，无法写入结果。") from error
    return draft.edits()


def cut_rows(wb: Workbook, sheet: str, marker: str, header: Collection[str]) -> Edits:
    """The edits that take our rows and header values out.

    The part is as it was before, byte for byte, if nothing else changed it since.

    Raises RowsError when a reserved cell is missing.
    """
    part = _part(wb, sheet)
    draft = Draft(wb.package)
    try:
        draft.write(part, _cut(_Cells(draft.read(part), marker, header)).xml)
    except RowsError:
        raise
    except ValueError as error:
        raise RowsError(f"工作表“{sheet}”的结构异常，无法清除结果。") from error
    return draft.edits()


def fill_cells(wb: Workbook, sheet: str, values: Mapping[str, PlainValue]) -> Edits:
    """As :func:`fill_rows`, for a sheet that reserves single cells and no marker row."""
    return fill_rows(wb, sheet, "", (), values)


def cut_cells(wb: Workbook, sheet: str, refs: Collection[str]) -> Edits:
    """As :func:`cut_rows`, for a sheet that reserves single cells and no marker row."""
    return cut_rows(wb, sheet, "", refs)


def _part(wb: Workbook, name: str) -> str:
    for sheet in wb.sheets:
        if sheet.name.casefold() == name.casefold() and sheet.kind == "worksheet":
            return sheet.part
    raise RowsError(f"工作簿中没有工作表“{name}”。")


class _Cells:
    """The rows of a sheet, with the reserved cells among them."""

    def __init__(self, xml: bytes, marker: str, header: Collection[str]) -> None:
        self.xml, self.place = xml, (marker, header)
        self.sheet = SheetPart(xml)
        self.rows = {row.number: row for row in scan.rows(self.sheet.masked)}
        self.row, self.columns = _reserved(marker)
        self.marker = [self._cell(self.row, column) for column in self.columns]
        self.header = {ref: self._cell(*from_a1(ref)) for ref in header}

    @cached_property
    def widths(self) -> list[int]:
        """Pixels of the reserved columns."""
        columns = SheetGrid(self.sheet).columns
        return [columns.extent(column) for column in self.columns]

    @cached_property
    def styles(self) -> list[dict[str, str]]:
        """The attribute of each cell of the marker row that says how it looks, where it has one."""
        tags = (scan.attributes(self.xml[cell.start : cell.inner]) for cell in self.marker)
        return [{"s": given["s"]} if "s" in given else {} for given in tags]

    def _cell(self, row: int, column: int) -> scan.Element:
        found = self.find(row, column)
        if found is None:
            raise RowsError(f"结果表缺少预留的单元格 {to_a1(row, column)}，请使用未改动过的模板。")
        return found

    def find(self, row: int, column: int) -> scan.Element | None:
        """The cell's element, or None. What only looks like one, under another prefix, is none."""
        if row not in self.rows:
            return None
        masked, tag = self.sheet.masked, f"<{self.sheet.prefix}c".encode()
        for cell in scan.cells(masked, self.rows[row]):
            if cell.column == column and masked.startswith(tag, cell.element.start):
                return cell.element
        return None

    def last_row(self, without: frozenset[int] = frozenset()) -> int:
        """The last row that has cells."""
        held = (
            number
            for number, row in self.rows.items()
            if number not in without and next(scan.cells(self.sheet.masked, row), None)
        )
        return max(held, default=0)


def _reserved(marker: str) -> tuple[int, range]:
    """The marker row's number and columns; none of a sheet without one."""
    if not marker:
        return 0, range(0)
    first, _, last = marker.partition(":")
    (row, left), (_, right) = from_a1(first), from_a1(last or first)
    return row, range(left, right + 1)


def _fill(
    cells: _Cells, rows: Sequence[Sequence[PlainValue]], header: Mapping[str, PlainValue]
) -> bytes:
    xml, prefix = cells.xml, cells.sheet.prefix
    changes = [
        _filled(xml, prefix, cells.header[ref], value)
        for ref, value in header.items()
        if value is not None
    ]
    links = [(ref, value) for ref, value in header.items() if isinstance(value, CellLink)]
    numbers = [cells.row, *_free_rows(cells, len(rows) - 1)][: len(rows)]
    for number, values in zip(numbers, rows, strict=True):
        if len(values) != len(cells.marker):
            raise RowsError(f"一行有 {len(values)} 个值，预留了 {len(cells.marker)} 列。")
        links += [
            (to_a1(number, column), value)
            for column, value in zip(cells.columns, values, strict=True)
            if isinstance(value, CellLink)
        ]
    if rows:
        changes += [
            _filled(xml, prefix, cell, value)
            for cell, value in zip(cells.marker, rows[0], strict=True)
            if value is not None
        ]
        changes += _heightened(cells, rows[0])
    if len(rows) > 1:
        at = max(row.element.end for n, row in cells.rows.items() if n < numbers[1])
        added = (_new_row(cells, n, row) for n, row in zip(numbers[1:], rows[1:], strict=True))
        changes.append(_Change(at, at, b"".join(added)))
        changes += _dimension(cells, cells.last_row(), max(cells.last_row(), numbers[-1]))
    if links:
        changes.append(_linked(cells.sheet, links))
    return _applied(xml, changes)


def _free_rows(cells: _Cells, count: int) -> range:
    """Numbers of the first rows below the marker row that nobody uses, in one piece."""
    first = cells.row + 1
    for number in sorted(number for number in cells.rows if number > cells.row):
        if first <= number < first + count:
            first = number + 1
    if first + count - 1 > MAX_ROW:
        raise RowsError("结果表的标记行下方没有空行，无法写入结果。")
    return range(first, first + count)


def _new_row(cells: _Cells, number: int, values: Sequence[PlainValue]) -> bytes:
    """A row after the marker row's example, as high as its text."""
    xml, prefix = cells.xml, cells.sheet.prefix
    example = cells.rows[cells.row].element
    tag = _OWN_HEIGHT.sub(b"", xml[example.start : example.inner])
    name = f"<{prefix}row".encode()
    written = []
    for column, style, value in zip(cells.columns, cells.styles, values, strict=True):
        kind, content = _content(prefix, value)
        attributes = {"r": to_a1(number, column), **style, **({"t": kind} if kind else {})}
        written.append(markup.element(f"{prefix}c", attributes, content))
    return (
        name + f' r="{number}"'.encode() + tag[len(name) : -1]
        + _height(cells, values) + markup.SIGN + b">"
        + b"".join(written) + f"</{prefix}row>".encode()
    )  # fmt: skip


def _heightened(cells: _Cells, values: Sequence[PlainValue]) -> list[_Change]:
    """The marker row made as high as its text, where nobody set its height."""
    row = cells.rows[cells.row].element
    tag = heightened(cells.sheet.xml[row.start : row.inner], _height(cells, values))
    return [] if tag is None else [_Change(row.start, row.inner, tag)]


def _height(cells: _Cells, values: Sequence[PlainValue]) -> bytes:
    """The attributes of a row that shows these values whole."""
    texts = (value.text if isinstance(value, CellLink) else str(value or "") for value in values)
    return f' ht="{row_height(zip(texts, cells.widths, strict=True))}" customHeight="1"'.encode()


def _content(prefix: str, value: PlainValue) -> tuple[str, bytes | None]:
    """A cell's type attribute ("" for none) and content."""
    if value is None:
        return "", None
    if isinstance(value, int | float | Decimal):
        number = repr(value) if isinstance(value, float) else str(value)
        return "", markup.signed(markup.element(f"{prefix}v", {}, number.encode()))
    words = value.text if isinstance(value, CellLink) else value
    text = markup.element(f"{prefix}t", {"xml:space": "preserve"}, markup.text(words[:MOST_TEXT]))
    return "inlineStr", markup.signed(markup.element(f"{prefix}is", {}, text))


def _filled(xml: bytes, prefix: str, cell: scan.Element, value: PlainValue) -> _Change:
    """A blank reserved cell with a value in it, its style as it was."""
    kind, content = _content(prefix, value)
    tag = xml[cell.start : cell.inner]
    head = tag[:-2] if cell.is_empty_tag else tag[:-1]
    if typed := _TYPE.search(head):
        given = f' t="{kind or "n"}"'.encode()
        head = head[: typed.start()] + given + head[typed.end() :] + markup.remembering(typed[0])
    elif kind:
        head += f' t="{kind}"'.encode()
    sign = markup.SIGN if cell.is_empty_tag else b""
    new = head + b">" + (content or b"") + f"</{prefix}c".encode() + sign + b">"
    return _Change(cell.start, cell.end, new)


def _linked(sheet: SheetPart, links: Sequence[tuple[str, CellLink]]) -> _Change:
    """The change that adds hyperlinks to cells of this workbook (ECMA-376-1, 18.3.1.47)."""
    prefix = sheet.prefix
    added = b"".join(
        markup.element(f"{prefix}hyperlink", {"ref": ref, **_destination(link)})
        for ref, link in links
    )
    existing = sheet.find("hyperlinks")
    if existing is None:
        at = sheet.place("hyperlinks")
        return _Change(at, at, markup.element(f"{prefix}hyperlinks", {}, added))
    whole = markup.append(sheet.xml, existing, added)
    grown = len(whole) - len(sheet.xml)
    return _Change(existing.start, existing.end, whole[existing.start : existing.end + grown])


def _destination(link: CellLink) -> dict[str, str]:
    return {"location": f"{quote_sheet(link.sheet)}!{link.ref}", "display": link.text}


def _cut(cells: _Cells) -> _Cells:
    """The cells of the sheet without what is ours."""
    xml = cells.xml
    reserved = [*cells.marker, *cells.header.values()]
    changes = [_blank(xml, cell) for cell in reserved if xml[cell.inner : cell.close]]
    if cells.marker:
        changes += _without_rows(xml, cells, reserved)
    else:
        changes += _unlinked(cells.sheet, {from_a1(ref)[0] for ref in cells.header})
    rest = _applied(xml, changes)
    return cells if rest == xml else _Cells(rest, *cells.place)


def _without_rows(xml: bytes, cells: _Cells, reserved: Sequence[scan.Element]) -> Iterator[_Change]:
    """Cut our rows out, and what else of the sheet was changed for them."""
    signed = any(
        re.search(rb"<(?:[\w.-]+:)?(?:is|v) \t>", xml[cell.start : cell.end]) for cell in reserved
    )
    if signed:
        gone = frozenset(
            number
            for number, row in cells.rows.items()
            if number != cells.row
            and xml[row.element.start : row.element.inner].endswith(markup.SIGN + b">")
        )
    else:
        gone = frozenset(_following(cells))
    row = cells.rows[cells.row].element
    if (tag := as_it_was(xml[row.start : row.inner])) is not None:
        yield _Change(row.start, row.inner, tag)
    lines = [cells.rows[number].element for number in gone]
    yield from (_Change(line.start, line.end, b"") for line in lines)
    yield from _dimension(cells, cells.last_row(), cells.last_row(gone), restoring=signed)
    yield from _unlinked(cells.sheet, {cells.row, *gone})


def _following(cells: _Cells) -> Iterator[int]:
    """Rows right below a filled marker row, as long as their first reserved column is filled."""
    number = cells.row
    while (cell := cells.find(number, cells.columns[0])) and cell.inner < cell.close:
        if number > cells.row:
            yield number
        number += 1


def _blank(xml: bytes, cell: scan.Element) -> _Change:
    """A reserved cell without its value: as an empty tag, unless it was none before."""
    tag = xml[cell.start : cell.inner]
    if (typed := markup.remembered(tag)) is not None:
        tag = _TYPE.sub(lambda _: typed[1], typed[0])
    else:
        tag = _TYPE.sub(b"", tag)
    was_pair = xml.find(markup.SIGN + b">", cell.inner, cell.close) >= 0 and not xml[
        cell.close : cell.end
    ].endswith(markup.SIGN + b">")
    new = tag + xml[cell.close : cell.end] if was_pair else tag[:-1] + b"/>"
    return _Change(cell.start, cell.end, new)


def _dimension(cells: _Cells, before: int, after: int, *, restoring: bool = False) -> list[_Change]:
    """Move the last row of the sheet's stated dimension, if it was right, and sign the change."""
    masked = cells.sheet.masked
    span = scan.first(masked, "dimension", 0, cells.sheet.data.start)
    if span is None or not span.is_empty_tag or before == after:
        return []
    tag = masked[span.start : span.inner]
    stated = _LAST_ROW.search(tag)
    is_signed = tag.endswith(markup.SIGN + b"/>")
    if stated is None or int(stated[2]) != before or (restoring and not is_signed):
        return []
    new = tag[: stated.start(2)] + str(after).encode() + tag[stated.end(2) :]
    if after > before:
        new = markup.signed(new)
    elif is_signed:
        new = new[: -len(markup.SIGN) - 2] + b"/>"
    return [_Change(span.start, span.inner, new)]


def _unlinked(sheet: SheetPart, rows: set[int]) -> list[_Change]:
    """Remove the hyperlinks of these rows, and their list when nothing is left in it."""
    listed = sheet.find("hyperlinks")
    if listed is None:
        return []
    spans = list(scan.elements(sheet.masked, "hyperlink", listed.inner, listed.close))
    gone = [span for span in spans if _row_of(sheet.masked[span.start : span.inner]) in rows]
    if gone and len(gone) == len(spans):
        return [_Change(listed.start, listed.end, b"")]
    return [_Change(span.start, span.end, b"") for span in gone]


def _row_of(tag: bytes) -> int:
    return from_a1(scan.attributes(tag).get("ref", "").partition(":")[0])[0]


def _applied(xml: bytes, changes: Iterable[_Change]) -> bytes:
    for start, end, new in sorted(changes, reverse=True):
        xml = xml[:start] + new + xml[end:]
    return xml
