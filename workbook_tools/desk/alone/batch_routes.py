"""Pages of what was taken in: start, a batch, one workbook; and what can be had of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from workbook_tools.desk import products
from workbook_tools.desk.alone.asking import batch_of, room_of, taken_of
from workbook_tools.desk.alone.showing import batch_shown
from workbook_tools.desk.asking import form_of, one_file, to_work
from workbook_tools.desk.pages import page
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.showing import workbook_shown
from workbook_tools.desk.uploads import LARGEST, take_in, uploaded
from workbook_tools.report.department.edition import Edition


async def start(request: Request) -> Response:
    """Where files are dropped, and what was taken in so far."""
    batches = list(room_of(request).batches.values())
    return page("alone/start.html", here="start", batches=batches, most=LARGEST >> 20)


async def take(request: Request) -> Response:
    """Take files in and begin to read them."""
    room = room_of(request)
    batch = room.new_batch()
    async with form_of(request) as form:
        files = uploaded(form, "files")
        if not files:
            raise DeskRefused("没有选文件。请选择填好的工作簿、文件夹或压缩包。")
        left = await run_in_threadpool(take_in, files, batch.originals)
    return await to_work(room.read(batch, left))


async def batch(request: Request) -> Response:
    """The results of a batch, a line each."""
    shown = await run_in_threadpool(batch_shown, batch_of(request))
    return page("alone/batch.html", here="start", **shown)


async def roster(request: Request) -> Response:
    """Hold a batch against a roster."""
    held, room = batch_of(request), room_of(request)
    async with form_of(request) as form:
        path = await one_file(request, form, "roster")
    if path is None:
        raise DeskRefused("没有选文件。请选择单位名册（CSV 或 Excel）。")
    await run_in_threadpool(held.hold_against, path, room.workroom)
    return RedirectResponse(f"/batches/{held.id}", 303)


async def summary(request: Request) -> Response:
    """Make the summary."""
    return await _made(request, "生成汇总表", products.summary)


async def overview(request: Request) -> Response:
    """Make the overview."""
    return await _made(request, "生成总报告", products.overview)


async def _made(
    request: Request, title: str, write: Callable[[products.PutTogether, Path], Path]
) -> Response:
    held, room = batch_of(request), room_of(request)
    work = room.make(
        title, lambda folder, _: write(held.put_together, folder), back=f"/batches/{held.id}"
    )
    return await to_work(work)


async def everything(request: Request) -> Response:
    """Make the archive with everything."""
    held, room = batch_of(request), room_of(request)
    readable = [one for one in held.taken if one.outcome.record.status != "refused"]
    originals = [one.original for one in readable]
    return await to_work(
        room.make(
            "生成批注副本、汇总表和总报告",
            lambda folder, work: products.everything(
                originals, held.put_together, folder, room.workroom, work
            ),
            back=f"/batches/{held.id}",
        )
    )


async def workbook(request: Request) -> Response:
    """One workbook: score table and findings."""
    number, taken = taken_of(request)
    place: dict[str, Any] = {"batch": batch_of(request), "number": number}
    return page("alone/workbook.html", here="start", **place, **workbook_shown(taken.outcome))


async def copy(request: Request) -> Response:
    """Make the commented copy of a workbook."""
    room, (_, taken) = room_of(request), taken_of(request)
    back = request.url.path.rpartition("/")[0]
    return await to_work(
        room.make(
            "生成批注副本",
            lambda folder, _: products.copy(taken.original, folder, room.workroom),
            back=back,
        )
    )


async def report(request: Request) -> Response:
    """Make the report of a workbook."""
    room, (_, taken) = room_of(request), taken_of(request)
    async with form_of(request) as form:
        edition: Edition = "working" if form.get("edition") == "working" else "formal"
    back = request.url.path.rpartition("/")[0]
    return await to_work(
        room.make(
            "生成自评报告",
            lambda folder, _: products.report(taken.original, folder, room.workroom, edition),
            back=back,
        )
    )


ROUTES = [
    Route("/", start),
    Route("/batches", take, methods=["POST"]),
    Route("/batches/{batch}", batch),
    Route("/batches/{batch}/roster", roster, methods=["POST"]),
    Route("/batches/{batch}/summary", summary, methods=["POST"]),
    Route("/batches/{batch}/overview", overview, methods=["POST"]),
    Route("/batches/{batch}/everything", everything, methods=["POST"]),
    Route("/batches/{batch}/{number:int}", workbook),
    Route("/batches/{batch}/{number:int}/copy", copy, methods=["POST"]),
    Route("/batches/{batch}/{number:int}/report", report, methods=["POST"]),
]
