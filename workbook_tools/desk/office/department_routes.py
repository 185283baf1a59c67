"""A department's pages. No address names a department: each sees what its session is of."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from workbook_tools.desk import products
from workbook_tools.desk.asking import form_of
from workbook_tools.desk.office.entrance import hall_of, log_in, sessions_of, unit_of
from workbook_tools.desk.office.showing import history_shown, version_shown
from workbook_tools.desk.office.store import BUREAU, Unit, Version
from workbook_tools.desk.pages import page
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.uploads import LARGEST, uploaded

if TYPE_CHECKING:
    from workbook_tools.report.department.edition import Edition


async def front(request: Request) -> Response:
    """Where departments log in; who has done so is led to the own page."""
    login = sessions_of(request).find(request.session)
    if login is not None:
        return RedirectResponse("/bureau" if login.unit is None else "/unit", 303)
    return _front(request)


def _front(request: Request, code: str = "", refused: str = "") -> Response:
    """The form, empty or as it was sent, with why that would not do."""
    return page(
        "office/login.html",
        HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK,
        here="login",
        code=code,
        refused=refused,
        secure=request.url.scheme == "https",
    )


async def login(request: Request) -> Response:
    """Log in by unit code and access code."""
    async with form_of(request) as form:
        code, access = str(form.get("code", "")), str(form.get("access", ""))
    try:
        login = await run_in_threadpool(log_in, hall_of(request), code, access)
    except DeskRefused as refusal:
        return _front(request, code, str(refusal))
    sessions_of(request).begin(request.session, login)
    return RedirectResponse("/unit", 303)


async def logout(request: Request) -> Response:
    """End the session, a department's or the bureau's."""
    sessions_of(request).end(request.session)
    return RedirectResponse("/", 303)


async def home(request: Request) -> Response:
    """State, template, upload, versions."""
    return await _home(request)


async def _home(request: Request, refused: str = "") -> Response:
    """The department's page, with why what it sent would not do."""
    hall, unit = hall_of(request), unit_of(request)
    shown = await run_in_threadpool(history_shown, hall, unit)
    status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    most = LARGEST >> 20
    return page("office/unit.html", status, here="unit", most=most, refused=refused, **shown)


async def template(request: Request) -> Response:
    """The department's prefilled template."""
    hall, unit = hall_of(request), unit_of(request)
    path = hall.originals.path(unit.template)
    return attachment(path, f"{unit.code} {unit.name}.xlsx")


async def upload(request: Request) -> Response:
    """Take a workbook in; to its result."""
    unit = unit_of(request)
    try:
        version = await received(request, unit, by=unit.name)
    except DeskRefused as refusal:
        return await _home(request, str(refusal))
    return RedirectResponse(f"/unit/versions/{version.number}", 303)


async def result(request: Request) -> Response:
    """One version: score table, findings."""
    hall, (unit, version) = hall_of(request), _version_of(request)
    shown = await run_in_threadpool(version_shown, hall, unit, version)
    return page("office/version.html", here="unit", frame="office/base.html", **shown)


async def hand_in(request: Request) -> Response:
    """Hand a version in."""
    hall, (unit, version) = hall_of(request), _version_of(request)
    await run_in_threadpool(lambda: hall.hand_in(unit, version, by=unit.name))
    return RedirectResponse("/unit", 303)


async def copy(request: Request) -> Response:
    """The commented copy of a version."""
    hall, (unit, version) = hall_of(request), _version_of(request)
    return await copied(request, hall.original(unit, version))


async def report(request: Request) -> Response:
    """The report of a version."""
    hall, (unit, version) = hall_of(request), _version_of(request)
    return await reported(request, hall.original(unit, version))


def _version_of(request: Request) -> tuple[Unit, Version]:
    unit = unit_of(request)
    return unit, version_of(request, unit)


def version_of(request: Request, unit: Unit) -> Version:
    """The version of a department that the address names; not found otherwise."""
    number = request.path_params["number"]
    for version in hall_of(request).store.versions(unit.id):
        if version.number == number:
            return version
    raise HTTPException(404)


async def received(request: Request, unit: Unit, *, by: str) -> Version:
    """The workbook that was sent with a form, as a version. Raises DeskRefused."""
    hall = hall_of(request)
    async with form_of(request) as form:
        files = uploaded(form, "workbook")
        if not files:
            raise DeskRefused("没有选文件。请选择填好的自评工作簿（.xlsx）。")
        file = files[0]
        if (file.size or 0) > LARGEST:
            raise DeskRefused(f"文件超过 {LARGEST >> 20} MB 的上限，没有接收。")
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
        return await to_thread.run_sync(
            lambda: hall.upload(unit, name, file.file, by=by),
            limiter=None if by == BUREAU else hall.uploads,
        )


async def copied(request: Request, original: products.Original) -> Response:
    """A commented copy, to be saved beside the template, which has the department's name too."""
    hall = hall_of(request)
    path = await run_in_threadpool(products.copy, original, hall.new_folder(), hall.workroom)
    return attachment(path, f"{path.stem}-{products.COPIES}{path.suffix}")


async def reported(request: Request, original: products.Original) -> Response:
    """A report, to be saved."""
    hall = hall_of(request)
    working = request.query_params.get("edition") == "working"
    edition: Edition = "working" if working else "formal"
    path = await run_in_threadpool(
        products.report, original, hall.new_folder(), hall.workroom, edition
    )
    return attachment(path, path.name)


def attachment(path: Path, name: str) -> FileResponse:
    """A file that is saved under a name and never shown in the page's place."""
    return FileResponse(path, filename=name, media_type="application/octet-stream")


ROUTES = [
    Route("/", front),
    Route("/login", login, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
    Route("/unit", home),
    Route("/unit/template", template),
    Route("/unit/upload", upload, methods=["POST"]),
    Route("/unit/versions/{number:int}", result),
    Route("/unit/versions/{number:int}/hand-in", hand_in, methods=["POST"]),
    Route("/unit/versions/{number:int}/copy", copy),
    Route("/unit/versions/{number:int}/report", report),
]
