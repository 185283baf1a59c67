"""A standard turned into a workbook to fill in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from workbook_tools.files.targets import refuse_existing
from workbook_tools.files.whole import whole_file
from workbook_tools.standard import standard_hash
from workbook_tools.standard.contract import GUIDE_SHEET, SCORE_SHEET_ID, fields
from workbook_tools.standard.model import Standard
from workbook_tools.template.book import TemplateBook, TemplatePage
from workbook_tools.template.filling import CellValue, Filling, TemplateError
from workbook_tools.template.form import write_input_sheet
from workbook_tools.template.guide import write_guide
from workbook_tools.template.meta import write_meta
from workbook_tools.template.plan import Tally, plan_sheet
from workbook_tools.template.result_sheet import write_result_sheet
from workbook_tools.template.score_sheet import write_score_sheet
from workbook_tools.template.stored import calculated
from workbook_tools.version import __version__


def build_template(
    standard: Standard,
    path: str | Path,
    issued: Mapping[str, CellValue] | None = None,
    filling: Filling | None = None,
    *,
    overwrite: bool = False,
) -> None:
    """Write the workbook of a standard to ``path``, whole or not at all.

    ``issued``: by field id, what the bureau already knows; these cells are locked, marked, and
    remembered on the meta sheet. ``filling``: entries written as if a department had typed them,
    for samples and proofs. The same arguments give the same bytes. Raises
    :class:`TemplateError` for an unknown field, table or column, :class:`TargetRefused` where a
    file stands already (somebody may have filled it in; ``overwrite`` replaces it), and OSError
    where the file cannot be written.
    """
    refuse_existing(Path(path), overwrite=overwrite)
    stream, filling = io.BytesIO(), filling or Filling()
    book = write_book(standard, stream, issued or {}, filling)
    content = stream.getvalue()
    if filling.results is None and not book.is_blank:
        content = calculated(content)
    with whole_file(Path(path)) as file:
        file.write(content)


def write_book(
    standard: Standard, stream: BinaryIO, issued: Mapping[str, CellValue], filling: Filling
) -> TemplateBook:
    """Write the workbook of a standard to a stream. Raises :class:`TemplateError`."""
    _refuse_unknown(standard, issued, filling)
    book = TemplateBook(stream, standard, filling, issued)
    guide = TemplatePage(book, GUIDE_SHEET)
    tallies: dict[str, Tally] = {}
    for sheet in standard.sheets:
        if sheet.id == SCORE_SHEET_ID:
            tallies[sheet.id] = write_score_sheet(book, sheet)
        else:
            tallies[sheet.id] = write_input_sheet(book, plan_sheet(standard, sheet))
    write_guide(guide, standard.title, standard.sheets, tallies, __version__)
    write_result_sheet(book)
    write_meta(
        book,
        standard_hash=standard_hash(standard),
        tool_version=__version__,
    )
    book.close()
    return book


def _refuse_unknown(standard: Standard, issued: Mapping[str, CellValue], filling: Filling) -> None:
    known = fields(standard)
    tables = {table.id: table for table in standard.tables}
    for identity in (*issued, *filling.values, *filling.notes):
        if identity not in known:
            raise TemplateError(f"评分标准中没有这个填报项：{identity}")
    for identity, rows in (*filling.rows.items(), *filling.row_notes.items()):
        table = tables.get(identity)
        if table is None:
            raise TemplateError(f"评分标准中没有这张表：{identity}")
        if len(rows) > table.rows:
            raise TemplateError(f"“{table.label}”最多 {table.rows} 行，给了 {len(rows)} 行")
        columns = {column.id for column in table.columns}
        for unknown in {column for row in rows for column in row} - columns:
            raise TemplateError(f"“{table.label}”中没有这一栏：{unknown}")
