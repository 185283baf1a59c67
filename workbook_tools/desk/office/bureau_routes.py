"""The bureau's pages: rounds, the board, one department, a version of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from workbook_tools.desk.asking import day_in, form_of, one_file, standard_in, standards, to_work
from workbook_tools.desk.office.asking import department_of, round_of
from workbook_tools.desk.office.codes import new_code, sealed
from workbook_tools.desk.office.department_routes import copied, received, reported, version_of
from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.office.showing import (
    board_shown,
    deadline,
    department_shown,
    version_shown,
)
from workbook_tools.desk.office.store import BUREAU, ROUND_STATES, ReportingRound, Unit
from workbook_tools.desk.pages import page
from workbook_tools.desk.refusals import DeskRefused

_FRAME = "office/bureau.html"
_AT_ONCE = 4  # codes that are sealed side by side; each takes a twentieth of a second


async def rounds(request: Request) -> Response:
    """All rounds, and where a new one is begun."""
    known = hall_of(request).store.rounds()
    return page(
        "office/rounds.html",
        here="rounds",
        rounds=known,
        states=ROUND_STATES,
        titles={one.id: one.title for one in standards()},
        standards=standards(),
    )


async def new_round(request: Request) -> Response:
    """Begin a round."""
    hall = hall_of(request)
    async with form_of(request) as form:
        title = str(form.get("title", "")).strip()
        standard = standard_in(form)
        roster = await one_file(request, form, "roster")
    if not title or roster is None:
        raise DeskRefused("请写明名称，并选择单位名册（CSV 或 Excel）。")
    begin = partial(hall.new_round, title, standard, roster)
    return await to_work(hall.works.start("按名册生成模板", begin, back="/bureau"))


async def board(request: Request) -> Response:
    """Who reported, in which state, with which result."""
    shown = await run_in_threadpool(board_shown, hall_of(request), round_of(request))
    return page("office/board.html", here="rounds", **shown)


async def move(request: Request) -> Response:
    """Open, close or finish a round."""
    hall, round = hall_of(request), round_of(request)
    async with form_of(request) as form:
        state = str(form.get("state", ""))
    await run_in_threadpool(hall.move_round, round, state)
    return _to(f"/bureau/rounds/{round.id}")


async def until(request: Request) -> Response:
    """Say by when departments are asked to hand in."""
    hall, round = hall_of(request), round_of(request)
    async with form_of(request) as form:
        day = day_in(form, "until")
    await run_in_threadpool(hall.set_until, round, day)
    return _to(f"/bureau/rounds/{round.id}")


async def codes(request: Request) -> Response:
    """Give codes to those who have none, or new ones to all; shown this once."""
    hall, round = hall_of(request), round_of(request)
    async with form_of(request) as form:
        again = form.get("again") == "1"
    units = [one for one in hall.store.units(round.id) if again or one.seal is None]
    return await run_in_threadpool(_give, request, round, units)


async def code(request: Request) -> Response:
    """Give a department a new code."""
    unit = department_of(request)
    return await run_in_threadpool(_give, request, round_of(request), [unit])


def _give(request: Request, round: ReportingRound, units: list[Unit]) -> Response:
    if not units:
        raise DeskRefused(
            "每个单位都已经有访问码，发过的不再显示。个别单位忘了的，请在它的页面上重新发放；"
            "要整批重印的，请在本轮页面上点“全部重新发放访问码”。"
        )
    given = [new_code() for _ in units]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        seals = list(threads.map(sealed, given))
    hall_of(request).store.seals(zip((one.id for one in units), seals, strict=True), round.id)
    slips = list(zip(units, given, strict=True))
    address = request.app.state.address
    shown = {"round": round, "slips": slips, "address": address, "deadline": deadline(round)}
    return page("office/codes.html", here="rounds", **shown)


async def department(request: Request) -> Response:
    """One department's history."""
    hall, unit = hall_of(request), department_of(request)
    shown = await run_in_threadpool(department_shown, hall, unit)
    return page("office/department.html", here="rounds", **shown)


async def take(request: Request) -> Response:
    """Take in what a department handed in."""
    unit = department_of(request)
    await run_in_threadpool(hall_of(request).take, unit)
    return _to(_place(unit))


async def send_back(request: Request) -> Response:
    """Send it back with a reason."""
    unit = department_of(request)
    async with form_of(request) as form:
        reason = str(form.get("reason", ""))
    await run_in_threadpool(hall_of(request).send_back, unit, reason)
    return _to(_place(unit))


async def upload(request: Request) -> Response:
    """Take in what came on a stick, and hand it in for the department."""
    hall, unit = hall_of(request), department_of(request)
    version = await received(request, unit, by=BUREAU)
    unit = department_of(request)
    await run_in_threadpool(lambda: hall.hand_in(unit, version, by=BUREAU))
    return _to(_place(unit))


async def version(request: Request) -> Response:
    """One version of a department."""
    hall, unit = hall_of(request), department_of(request)
    found = version_of(request, unit)
    shown = await run_in_threadpool(version_shown, hall, unit, found)
    return page("office/version.html", here="rounds", frame=_FRAME, **shown)


async def copy(request: Request) -> Response:
    """The commented copy of a version."""
    unit = department_of(request)
    return await copied(request, hall_of(request).original(unit, version_of(request, unit)))


async def report(request: Request) -> Response:
    """The report of a version."""
    unit = department_of(request)
    return await reported(request, hall_of(request).original(unit, version_of(request, unit)))


def _place(unit: Unit) -> str:
    return f"/bureau/rounds/{unit.round}/units/{unit.id}"


def _to(address: str) -> Response:
    return RedirectResponse(address, 303)


_ROUND = "/bureau/rounds/{round:int}"
_UNIT = f"{_ROUND}/units/{{unit:int}}"
_VERSION = f"{_UNIT}/versions/{{number:int}}"
ROUTES = [
    Route("/bureau", rounds),
    Route("/bureau/rounds", new_round, methods=["POST"]),
    Route(_ROUND, board),
    Route(f"{_ROUND}/state", move, methods=["POST"]),
    Route(f"{_ROUND}/until", until, methods=["POST"]),
    Route(f"{_ROUND}/codes", codes, methods=["POST"]),
    Route(_UNIT, department),
    Route(f"{_UNIT}/code", code, methods=["POST"]),
    Route(f"{_UNIT}/take", take, methods=["POST"]),
    Route(f"{_UNIT}/return", send_back, methods=["POST"]),
    Route(f"{_UNIT}/upload", upload, methods=["POST"]),
    Route(_VERSION, version),
    Route(f"{_VERSION}/copy", copy),
    Route(f"{_VERSION}/report", report),
]
