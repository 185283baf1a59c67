"""What a document holds: one report, or several forms that each become a workbook of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from workbook_tools.importing.document import Document, DocumentCell, ReportError
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.form import Form
from workbook_tools.importing.forms.kinds import belongs_to, fits
from workbook_tools.importing.forms.own_table import is_of_own_table
from workbook_tools.importing.forms.projects import Projects, by_project
from workbook_tools.importing.forms.reading import read_form
from workbook_tools.importing.forms.splitting import only, own_forms, without
from workbook_tools.importing.own_report import is_own_report
from workbook_tools.importing.reading import list_unread, read_into
from workbook_tools.importing.told_standard import scored_by, shipped, told_standard
from workbook_tools.importing.values import ENTRIES
from workbook_tools.importing.wording import plain
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.naming import has_several

_TITLE = re.compile(r".*(?:自评|监控|申报|审核)表(?:\(.*\))?")
_UNCLEAR = "看不出这张表是哪一种自评表"


class ImportedPart(NamedTuple):
    """What becomes one workbook; ``name``: its sheet or table, "" for a document as a whole."""

    name: str
    standard: Standard
    entries: Entries


def parts_of(document: Document, standard: Standard | None = None) -> list[ImportedPart]:
    """Every form of a document, read; a report without such forms is one part.

    Raises ReportError where nothing could be read, or nothing tells the standard of a sheet.
    """
    known = (standard,) if standard is not None else tuple(shipped())
    whole = standard or told_standard(document)
    if whole is not None and is_own_report(document, whole):
        return _filled(document, [_part("", whole, document)])
    parts: list[ImportedPart] = []
    unclear: list[tuple[Form, list[Standard]]] = []
    taken: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()
    for form, tables in own_forms(document):
        if whole is not None and is_of_own_table(form, whole):
            continue  # read with the report that it belongs to
        found = [one for one in known if fits(form, one)]
        if standard is None:
            found = belongs_to(form, found)
        if len(found) == 1:
            several = has_several(found[0])
            projects = by_project(form) if several else Projects([form])
            read = [ImportedPart(one.name, found[0], Entries(found[0])) for one in projects.forms]
            for part, one in zip(read, projects.forms, strict=True):
                titles |= read_form(one, part.entries)
            for row in projects.left:
                _refuse(read[0].entries, row, "看不出属于哪一个项目，没有填。")
            parts += read
            taken |= tables
        elif standard is None:
            unclear.append((form, found or [one for one in known if fits(form, one)]))
            taken |= tables
    if not parts and unclear and whole is None:
        raise ReportError(_asked(document.name, unclear))
    rest = without(document, taken, titles)
    if not parts:
        parts = _reports(rest, standard, whole)
    elif standard is None:
        parts = _with_rest(parts, rest)
    elif len(parts) == 1:
        read_into(parts[0].entries, rest)
    if not parts:
        raise ReportError(_no_form(document.name))
    for form, _ in unclear:
        where = Source(form.name, form.name)
        parts[0].entries.refuse(where, f"{_UNCLEAR}，没有导入；可以用 --standard 指明评分标准。")
    return _filled(document, parts)


def _with_rest(parts: list[ImportedPart], rest: Document) -> list[ImportedPart]:
    """The forms, with what else there is: a report of its own, or text of the only form."""
    told = told_standard(rest)
    if told is not None and told.id not in {part.standard.id for part in parts}:
        return [*_reports(rest, None, told), *parts]
    if len(parts) == 1:
        read_into(parts[0].entries, rest)
        return parts
    for grid in rest.grids:
        cells = [cell for row in grid.rows for cell in row if cell.text]
        _refuse(parts[0].entries, cells[:1], "这张表不是自评表，没有读。")
    return parts


def _refuse(entries: Entries, cells: Sequence[DocumentCell], reason: str) -> None:
    """Note cells that were not read, in one line."""
    filled = [cell for cell in dict.fromkeys(cells) if cell.text.strip()]
    if filled:
        entries.refuse(Source(filled[0].place, " ".join(cell.text for cell in filled)), reason)


def _reports(
    rest: Document, standard: Standard | None, told: Standard | None
) -> list[ImportedPart]:
    """The report that a document is; of sheets with score tables each, where there are several."""
    sheets = any(grid.name for grid in rest.grids)
    chosen = standard or told or (None if sheets else load_standard())
    if chosen is None:
        return []
    tables = [grid for grid in rest.grids if chosen.id in {one.id for one in scored_by(grid)}]
    if sheets and len(tables) > 1:
        return [_part(grid.name, chosen, only(rest, grid)) for grid in tables]
    part = _part("", chosen, rest)
    if told is None and standard is None and rest.unread and _is_of_a_form(rest, part.entries):
        return []
    return [part]


def _is_of_a_form(document: Document, entries: Entries) -> bool:
    """Whether a self-evaluation table could not be read, and nothing else but its head was."""
    titled = any(_TITLE.fullmatch(plain(piece.text)) for piece in document.pieces)
    return titled and all(
        entries.fields[one].role == "input" and entries.fields[one].type in ENTRIES
        for one in entries.values
    )


def _part(name: str, standard: Standard, document: Document) -> ImportedPart:
    entries = Entries(standard)
    read_into(entries, document)
    return ImportedPart(name, standard, entries)


def _filled(document: Document, parts: list[ImportedPart]) -> list[ImportedPart]:
    """The parts of which anything was read."""
    found = [part for part in parts if part.entries.values or part.entries.rows]
    if not found:
        standard = parts[0].standard
        raise ReportError(
            f"{document.name}：没有认出单位信息、报告栏目或计分表，不像按评分标准"
            f"“{standard.title}”写的自评报告，没有生成工作簿。"
        )
    list_unread(document, found[0].entries)
    return found


def _asked(name: str, unclear: list[tuple[Form, list[Standard]]]) -> str:
    form, standards = unclear[0]
    listed = "；".join(f"{one.id}（{one.title}）" for one in standards)
    return f"{name}：{form.name}：{_UNCLEAR}。请用 --standard 指明评分标准，可选：{listed}。"


def _no_form(name: str) -> str:
    listed = "；".join(f"{one.id}（{one.title}）" for one in shipped())
    return (
        f"{name}：没有认出自评表。能导入的是计分表，或有三级指标、年度指标值、实际完成值和分值的自评表；"
        f"确是自评表的，请用 --standard 指明评分标准，可选：{listed}。"
    )
