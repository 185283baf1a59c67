"""The bureau's second look at a round: beside whom each stands, whom to review, who is reminded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.consolidation import Consolidation
from workbook_tools.desk.look_making import making_routes
from workbook_tools.desk.office.asking import round_of
from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.office.showing import look_shown
from workbook_tools.desk.pages import page
from workbook_tools.jobs.letters import LetterKind


async def look(request: Request) -> Response:
    """What is worth a second look in what was handed in, and from where one goes on."""
    round = round_of(request)
    shown = await run_in_threadpool(look_shown, hall_of(request), round)
    place = f"/bureau/rounds/{round.id}"
    trail = [("/bureau", "各轮自评"), (place, round.title)]
    frame = "office/bureau.html"
    return page("look.html", here="rounds", frame=frame, place=place, trail=trail, **shown)


def _round_of(request: Request) -> tuple[Callable[[Path], Consolidation], str]:
    hall, round = hall_of(request), round_of(request)
    back = f"/bureau/rounds/{round.id}/look"
    return lambda folder: hall.put_together(round, folder, {}), back


_LOOK = "/bureau/rounds/{round:int}/look"
_LETTERS: tuple[LetterKind, ...] = ("reminder",)
ROUTES = [Route(_LOOK, look), *making_routes(_LOOK, _LETTERS, _round_of)]
