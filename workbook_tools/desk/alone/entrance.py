"""Who may come in: whoever opens the address that the program gave when it started."""

from __future__ import annotations

import hmac
import secrets

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workbook_tools.desk.pages import refusal

_IN = "in"
_FREE = "/static/"


def new_key() -> str:
    """A key for the address, good for as long as this program runs."""
    return secrets.token_urlsafe(24)


class Entrance:
    """Exchanges the key in the address for the session's cookie; without either nobody comes in.

    Other people may have accounts on the machine, and other programs ask its ports.
    """

    def __init__(self, app: ASGIApp, *, key: str, first: str) -> None:
        self._app = app
        self._key = key
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer in the place of the application."""
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        answer: Response | ASGIApp = self._app
        session = HTTPConnection(scope).session
        given = QueryParams(scope["query_string"]).get("key")
        if given is not None and hmac.compare_digest(given.encode(), self._key.encode()):
            session[_IN] = True
            answer = RedirectResponse(self._first, 303)  # so that the key leaves the address bar
        elif not session.get(_IN):
            answer = refusal("请用程序启动时给出的地址打开，或者重新启动程序。", 403)
        await answer(scope, receive, send)
