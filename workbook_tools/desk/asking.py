"""What routes ask of a request: files that were sent, a standard; and where a work leads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse

from workbook_tools.desk.making import Making
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.uploads import take_in, uploaded
from workbook_tools.desk.works import Work
from workbook_tools.standard import Standard, list_standards, load_standard
from workbook_tools.standard.loader import DEFAULT

_MOST_FILES = 5000  # of one request
_SOON = 2.0  # seconds in which most works are done, so that nobody has to look at progress


def making_of(request: Request) -> Making:
    """What the running desk makes files with."""
    making = request.app.state.room
    assert isinstance(making, Making)
    return making


@asynccontextmanager
async def form_of(request: Request) -> AsyncIterator[FormData]:
    """What was sent with a form, files on disk where they are large."""
    async with request.form(max_files=_MOST_FILES) as form:
        yield form


async def one_file(request: Request, form: FormData, field: str) -> Path | None:
    """The file that was chosen for a field, in a folder of its own; None where none was."""
    files = uploaded(form, field)[:1]
    if not files:
        return None
    folder = making_of(request).new_folder()
    if left := await run_in_threadpool(take_in, files, folder):
        raise DeskRefused(f"{left[0].name}：{left[0].reason}")
    return next(path for path in folder.rglob("*") if path.is_file())


def standards() -> list[Standard]:
    """Those that there are, the usual one first."""
    return [load_standard(one) for one in sorted(list_standards(), key=lambda one: one != DEFAULT)]


def standard_in(form: FormData) -> Standard:
    """The standard that was chosen."""
    chosen = form.get("standard")
    if chosen not in list_standards():
        raise DeskRefused("请选一个评分标准。")
    return load_standard(str(chosen))


async def to_work(work: Work) -> RedirectResponse:
    """To what came of a work if that is soon, else to its progress."""
    await run_in_threadpool(work.wait, _SOON)
    done = work.state == "done"
    return RedirectResponse(work.leads_to if done else f"/works/{work.id}", 303)
