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
from workbook_tools.desk.alone.asking import batch_of, room_of
from workbook_tools.desk.asking import drawing_of, terms_of, to_work
from workbook_tools.desk.pages import page
from workbook_tools.jobs.letters import KIND_NAMES, Kind


async def look(request: Request) -> Response:
    """What is worth a second look, and from where one goes on."""
    held = batch_of(request)
    shown = await run_in_threadpool(lambda: second_look.look_shown(held.round, held.addresses))
    place = f"/batches/{held.id}"
    trail = [("/", "校验和汇总"), (place, f"第 {held.id} 批")]
    frame = "alone/base.html"
    return page("look.html", here="start", frame=frame, place=place, trail=trail, **shown)


async def sample(request: Request) -> Response:
    """Draw whom to review."""
    drawing = await drawing_of(request)
    return await _made(request, "抽取名单", lambda one, to: second_look.sample(one, drawing, to))


async def letters(request: Request) -> Response:
    """Write to each department."""
    return await _letters(request, "feedback")


async def reminders(request: Request) -> Response:
    """Write to each that is missing."""
    return await _letters(request, "reminder")


async def _letters(request: Request, kind: Kind) -> Response:
    terms, name = await terms_of(request), KIND_NAMES[kind]
    return await _made(
        request, f"生成{name}", lambda one, to: second_look.letters(one, kind, name, terms, to)
    )


async def _made(
    request: Request, title: str, write: Callable[[Consolidation, Path], Path]
) -> Response:
    held = batch_of(request)
    back = f"/batches/{held.id}/look"
    work = room_of(request).make(title, lambda folder, _: write(held.round, folder), back=back)
    return await to_work(work)


_LOOK = "/batches/{batch}/look"
ROUTES = [
    Route(_LOOK, look),
    Route(f"{_LOOK}/sample", sample, methods=["POST"]),
    Route(f"{_LOOK}/letters", letters, methods=["POST"]),
    Route(f"{_LOOK}/reminders", reminders, methods=["POST"]),
]
