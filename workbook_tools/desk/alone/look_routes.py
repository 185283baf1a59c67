"""The second look at what was taken in: beside whom each stands, whom to review, letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.consolidation import Consolidation
from workbook_tools.desk import second_look
from workbook_tools.desk.alone.asking import batch_of
from workbook_tools.desk.look_making import making_routes
from workbook_tools.desk.pages import page


async def look(request: Request) -> Response:
    """What is worth a second look, and from where one goes on."""
    held = batch_of(request)
    shown = await run_in_threadpool(lambda: second_look.look_shown(held.round, held.addresses))
    place = f"/batches/{held.id}"
    trail = [("/", "校验和汇总"), (place, f"第 {held.id} 批")]
    frame = "alone/base.html"
    return page("look.html", here="start", frame=frame, place=place, trail=trail, **shown)


def _round_of(request: Request) -> tuple[Callable[[Path], Consolidation], str]:
    held = batch_of(request)
    return lambda _: held.round, f"/batches/{held.id}/look"


_LOOK = "/batches/{batch}/look"
ROUTES = [Route(_LOOK, look), *making_routes(_LOOK, ("feedback", "reminder"), _round_of)]
