"""The bureau's second look at a round: beside whom each stands, whom to review, who is reminded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.consolidation import Consolidation
from workbook_tools.desk import second_look
from workbook_tools.desk.asking import drawing_of, terms_of, to_work
from workbook_tools.desk.office.asking import round_of
from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.office.showing import look_shown
from workbook_tools.desk.pages import page
from workbook_tools.jobs.letters import KIND_NAMES


async def look(request: Request) -> Response:
    """What is worth a second look in what was handed in, and from where one goes on."""
    round = round_of(request)
    shown = await run_in_threadpool(look_shown, hall_of(request), round)
    place = f"/bureau/rounds/{round.id}"
    trail = [("/bureau", "各轮自评"), (place, round.title)]
    frame = "office/bureau.html"
    return page("look.html", here="rounds", frame=frame, place=place, trail=trail, **shown)


async def sample(request: Request) -> Response:
    """Draw whom to review on site."""
    drawing = await drawing_of(request)
    return await _made(request, "抽取名单", lambda one, to: second_look.sample(one, drawing, to))


async def reminders(request: Request) -> Response:
    """Write to each that has not handed in."""
    terms, name = await terms_of(request), KIND_NAMES["reminder"]
    return await _made(
        request,
        f"生成{name}",
        lambda one, to: second_look.letters(one, "reminder", name, terms, to),
    )


async def _made(
    request: Request, title: str, write: Callable[[Consolidation, Path], Path]
) -> Response:
    hall, round = hall_of(request), round_of(request)
    work = hall.make(
        title,
        lambda folder, _: write(hall.put_together(round, folder, {}), folder),
        back=f"/bureau/rounds/{round.id}/look",
    )
    return await to_work(work)


_LOOK = "/bureau/rounds/{round:int}/look"
ROUTES = [
    Route(_LOOK, look),
    Route(f"{_LOOK}/sample", sample, methods=["POST"]),
    Route(f"{_LOOK}/reminders", reminders, methods=["POST"]),
]
