"""Pages from which something new is made: templates to give out, a workbook from an old report."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.desk import issuing
from workbook_tools.desk.alone.asking import room_of
from workbook_tools.desk.alone.room import Room
from workbook_tools.desk.asking import form_of, one_file, standard_in, standards, to_work
from workbook_tools.desk.pages import page
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.works import Work
from workbook_tools.importing import Imported, import_forms
from workbook_tools.standard import Standard

_BY_FILE = "by-file"
"""Chosen instead of a standard: the file's own words tell it."""


async def templates(request: Request) -> Response:
    """Where templates are asked for."""
    return page("alone/templates.html", here="templates", standards=standards())


async def make_templates(request: Request) -> Response:
    """Make a blank template, or one for each row of a roster."""
    room = room_of(request)
    async with form_of(request) as form:
        standard = standard_in(form)
        roster = await one_file(request, form, "roster")

    def write(folder: Path, work: Work) -> Path:
        if roster is None:
            return issuing.blank(standard, folder, room.workroom)
        return issuing.issued(roster, standard, folder, room.workroom, work)

    return await to_work(room.make("生成填报模板", write, back="/templates"))


async def imports(request: Request) -> Response:
    """Where a report is handed in."""
    return page("alone/imports.html", here="imports", standards=standards(), by_file=_BY_FILE)


async def make_import(request: Request) -> Response:
    """Read a report into a workbook."""
    room = room_of(request)
    async with form_of(request) as form:
        standard = None if form.get("standard") == _BY_FILE else standard_in(form)
        report = await one_file(request, form, "report")
    if report is None:
        raise DeskRefused("没有选文件。请选择自评报告（.docx、.pdf、.txt 等）。")
    read = partial(_read, room, report, standard)
    return await to_work(room.works.start("读取报告", read, back="/imports"))


def _read(room: Room, report: Path, standard: Standard | None, work: Work) -> str:
    target = room.new_folder() / f"{report.stem}.xlsx"
    forms: tuple[Imported, ...] = room.workroom.do(import_forms, report, target, standard)
    identity = secrets.token_urlsafe(9)
    room.imports[identity] = [(one, room.keep(Path(one.target))) for one in forms]
    return f"/imports/{identity}"


async def imported(request: Request) -> Response:
    """What was read of a report, and what was not."""
    known = room_of(request).imports.get(request.path_params["identity"])
    if known is None:
        raise HTTPException(404)
    name = Path(known[0][0].source).name
    return page("alone/imported.html", here="imports", forms=known, name=name)


ROUTES = [
    Route("/templates", templates),
    Route("/templates", make_templates, methods=["POST"]),
    Route("/imports", imports),
    Route("/imports", make_import, methods=["POST"]),
    Route("/imports/{identity}", imported),
]
