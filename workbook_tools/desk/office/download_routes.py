"""What the bureau can have of a round: summary, overview, all copies; and a backup."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.desk import products
from workbook_tools.desk.asking import terms_of, to_work
from workbook_tools.desk.office import outgoing
from workbook_tools.desk.office.asking import department_of, round_of
from workbook_tools.desk.office.backup import backup_name, write_backup
from workbook_tools.desk.office.department_routes import attachment, version_of
from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.works import Work


async def summary(request: Request) -> Response:
    """The summary of what was handed in."""
    return await _made(request, "生成汇总表", products.summary)


async def overview(request: Request) -> Response:
    """The overview of what was handed in."""
    return await _made(request, "生成总报告", products.overview)


async def everything(request: Request) -> Response:
    """All copies with summary and overview."""
    hall, round = hall_of(request), round_of(request)
    originals = [hall.original(*one) for one in hall.reported(round)]

    def write(folder: Path, work: Work) -> Path:
        together = partial(hall.put_together, round)
        return products.everything(originals, together, folder, hall.workroom, work)

    title = "生成批注副本、汇总表和总报告"
    return await to_work(hall.make(title, write, back=f"/bureau/rounds/{round.id}"))


async def _made(
    request: Request, title: str, write: Callable[[products.PutTogether, Path], Path]
) -> Response:
    hall, round = hall_of(request), round_of(request)
    together = partial(hall.put_together, round)
    work = hall.make(
        title, lambda folder, _: write(together, folder), back=f"/bureau/rounds/{round.id}"
    )
    return await to_work(work)


async def letters(request: Request) -> Response:
    """A letter to each department that has handed in."""
    hall, round = hall_of(request), round_of(request)
    terms = await terms_of(request)
    write = partial(outgoing.letters, hall, round, terms)
    return await to_work(hall.make("生成反馈意见", write, back=f"/bureau/rounds/{round.id}"))


async def letter(request: Request) -> Response:
    """The letter to one department about a version."""
    hall, unit = hall_of(request), department_of(request)
    version, terms = version_of(request, unit), await terms_of(request)
    path = await run_in_threadpool(outgoing.letter, hall, unit, version, terms, hall.new_folder())
    return attachment(path, path.name)


async def missing(request: Request) -> Response:
    """The list of those who have not handed in."""
    hall, round = hall_of(request), round_of(request)
    path = await run_in_threadpool(outgoing.missing, hall, round, hall.new_folder())
    return attachment(path, path.name)


async def backup(request: Request) -> Response:
    """Everything that is kept, in one archive."""
    hall = hall_of(request)

    def write(folder: Path, _: Work) -> Path:
        return write_backup(hall.data, folder / backup_name())

    return await to_work(hall.make("备份", write, back="/bureau"))


_ROUND = "/bureau/rounds/{round:int}"
ROUTES = [
    Route("/bureau/backup", backup, methods=["POST"]),
    Route(f"{_ROUND}/summary", summary, methods=["POST"]),
    Route(f"{_ROUND}/overview", overview, methods=["POST"]),
    Route(f"{_ROUND}/everything", everything, methods=["POST"]),
    Route(f"{_ROUND}/letters", letters, methods=["POST"]),
    Route(f"{_ROUND}/missing", missing, methods=["POST"]),
    Route(f"{_ROUND}/units/{{unit:int}}/versions/{{number:int}}/letter", letter, methods=["POST"]),
]
