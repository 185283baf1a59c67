"""What routes ask of a request: files, a standard, a day, terms; and where a work leads."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse

from workbook_tools.consolidation.round.sampling import new_seed
from workbook_tools.desk.making import Making
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.second_look import Drawing
from workbook_tools.desk.uploads import take_in, uploaded
from workbook_tools.desk.works import Work
from workbook_tools.jobs.letters import Terms
from workbook_tools.standard import Standard, list_standards, load_standard
from workbook_tools.standard.loader import DEFAULT

_MOST_FILES = 5000  # of one request
_DIGITS = 6  # of a count
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


def day_in(form: FormData, field: str) -> datetime.date | None:
    """The day that was written into a field, None where it was left empty. Raises DeskRefused."""
    written = str(form.get(field, "")).strip()
    try:
        return datetime.date.fromisoformat(written) if written else None
    except ValueError:
        raise DeskRefused(f"“{written}”不是日期。请写成 2026-04-30 的样子，或者空着。") from None


def count_in(form: FormData, field: str) -> int:
    """The number that was written into a field, 0 where it was left empty. Raises DeskRefused."""
    written = str(form.get(field, "")).strip()
    if not written:
        return 0
    if not (written.isascii() and written.isdigit()) or len(written) > _DIGITS:
        raise DeskRefused(f"“{written}”不是个数。请写 0 或者更大的整数。")
    return int(written)


async def drawing_of(request: Request) -> Drawing:
    """How many are drawn, by which seed: a new one unless somebody chose. Raises DeskRefused."""
    async with form_of(request) as form:
        by_risk, by_lot = count_in(form, "risk"), count_in(form, "random")
        seed = str(form.get("seed", "")).strip() or new_seed()
    if not by_risk + by_lot:
        raise DeskRefused("请写明按风险抽几个、随机抽几个，至少一个。")
    return Drawing(by_risk, by_lot, seed)


async def terms_of(request: Request) -> Terms:
    """By when departments are to send again, and who signs. Raises DeskRefused."""
    async with form_of(request) as form:
        return Terms(until=day_in(form, "until"), signer=str(form.get("signer", "")).strip())
