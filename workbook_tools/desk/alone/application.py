"""The application of the form for one person: its routes, and what stands before them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from workbook_tools.desk import work_routes
from workbook_tools.desk.alone import batch_routes, form_routes, look_routes
from workbook_tools.desk.alone.entrance import Entrance
from workbook_tools.desk.alone.room import Room
from workbook_tools.desk.failing import HANDLERS
from workbook_tools.desk.guard import OWN_NAMES, Guard
from workbook_tools.desk.pages import STATIC, page
from workbook_tools.desk.uploads import LARGEST_REQUEST

_LAST_PAGE = 1.0  # seconds in which a browser gets what the last page is drawn with
_FRAME = "alone/base.html"


def application(
    room: Room, *, key: str, port: int, end: Callable[[], None], first: str = "/"
) -> Starlette:
    """The pages over a room, for whoever has the key; ``end`` is called when somebody asks to end.

    ``port``: the one of this machine that it is asked on. ``first``: the page to begin with.
    """

    async def end_soon() -> None:
        await asyncio.sleep(_LAST_PAGE)
        end()

    async def ended(request: Request) -> Response:
        answer = page("alone/ended.html")
        answer.background = BackgroundTask(end_soon)
        return answer

    app = Starlette(
        routes=[
            *batch_routes.ROUTES,
            *look_routes.ROUTES,
            *form_routes.ROUTES,
            *work_routes.ROUTES,
            Route("/end", ended, methods=["POST"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(
                Guard,
                hosts=frozenset(f"{name}:{port}" for name in OWN_NAMES),
                most_bytes={"/": LARGEST_REQUEST},
            ),
            Middleware(
                SessionMiddleware,
                secret_key=secrets.token_hex(32),
                session_cookie=f"desk-{port}",  # cookies know no ports
                max_age=None,
                same_site="strict",
            ),
            Middleware(Entrance, key=key, first=first),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.room = room
    app.state.frame = app.state.refused_in = _FRAME
    return app
