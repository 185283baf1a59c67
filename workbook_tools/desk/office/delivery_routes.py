"""What came on a stick: taken in for the departments, and what became of each file."""

from __future__ import annotations

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.desk.asking import form_of, to_work
from workbook_tools.desk.office.asking import round_of
from workbook_tools.desk.office.bringing import Bringing
from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.pages import page
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.uploads import take_in, uploaded
from workbook_tools.desk.works import Work


async def take(request: Request) -> Response:
    """Take files in, and begin to read them."""
    hall, round = hall_of(request), round_of(request)
    board = f"/bureau/rounds/{round.id}"
    folder = hall.new_folder()
    async with form_of(request) as form:
        files = uploaded(form, "files")
        if not files:
            raise DeskRefused("没有选文件。请选择工作簿、文件夹或压缩包。")
        left = await run_in_threadpool(take_in, files, folder)

    def do(work: Work) -> str:
        identity = secrets.token_urlsafe(9)
        hall.deliveries[identity] = Bringing(hall, round).take_in(folder, left, work)
        return f"{board}/deliveries/{identity}"

    return await to_work(hall.works.start("代为收件", do, back=board))


async def told(request: Request) -> Response:
    """What became of each file."""
    hall, round = hall_of(request), round_of(request)
    delivery = hall.deliveries.get(request.path_params["delivery"])
    if delivery is None or delivery.round != round.id:
        raise HTTPException(404)
    return page("office/delivery.html", here="rounds", round=round, delivery=delivery)


_DELIVERIES = "/bureau/rounds/{round:int}/deliveries"
ROUTES = [
    Route(_DELIVERIES, take, methods=["POST"]),
    Route(f"{_DELIVERIES}/{{delivery}}", told),
]
