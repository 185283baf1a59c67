"""The application of a bureau's desk: its routes, and what stands before them."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from workbook_tools.desk import work_routes
from workbook_tools.desk.failing import HANDLERS, failed
from workbook_tools.desk.guard import OWN_NAMES, Guard
from workbook_tools.desk.office import (
    bureau_routes,
    delivery_routes,
    department_routes,
    download_routes,
    look_routes,
)
from workbook_tools.desk.office.entrance import BureauEntrance
from workbook_tools.desk.office.hall import Hall
from workbook_tools.desk.office.sessions import LONGEST, Sessions
from workbook_tools.desk.pages import STATIC
from workbook_tools.desk.uploads import LARGEST, LARGEST_REQUEST

_FORM = 1 << 20  # bytes of a form beside the file


def application(hall: Hall, *, key: str, addresses: Collection[str], secure: bool) -> Starlette:
    """The pages over a hall. ``key``: the bureau's; ``addresses``: "host:port", all it is called.

    ``secure``: whether it is asked by TLS.
    """
    sessions, scheme = Sessions(), "https" if secure else "http"
    app = Starlette(
        routes=[
            *department_routes.ROUTES,
            *bureau_routes.ROUTES,
            *delivery_routes.ROUTES,
            *download_routes.ROUTES,
            *look_routes.ROUTES,
            *work_routes.ROUTES,
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(
                Guard,
                hosts=frozenset(addresses),
                most_bytes={"/bureau/": LARGEST_REQUEST, "/": LARGEST + _FORM},
                scheme=scheme,
            ),
            Middleware(
                SessionMiddleware,
                secret_key=secrets.token_hex(32),
                session_cookie="desk-office",
                max_age=LONGEST,
                same_site="strict",
                https_only=secure,
            ),
            Middleware(BureauEntrance, key=key, sessions=sessions),
        ],
        exception_handlers={**HANDLERS, HTTPException: _failed},
    )
    app.state.room = hall
    app.state.sessions = sessions
    theirs = (one for one in addresses if one.partition(":")[0] not in OWN_NAMES)
    app.state.address = next((f"{scheme}://{one}/" for one in theirs), "")  # for departments
    app.state.frame = "office/bureau.html"
    app.state.refused_in = "office/base.html"
    return app


async def _failed(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == 401:
        return RedirectResponse("/", 303)  # to log in, or to do it again
    return await failed(request, error)
