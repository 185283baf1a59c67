"""What stands before every request: whom it is addressed to, from which page it comes, its size.

A page of another site can make a browser on this machine send requests here. It cannot make it
name another host than it asks (Host), nor another page than its own (Origin); and the headers keep
our pages out of its frames, and everything that is not ours out of our pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES = ("127.0.0.1", "localhost")
"""By which a machine calls itself, and no other machine can."""
_READING = ("GET", "HEAD")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no referrer at all, browsers name no Origin either
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets pass what is addressed to one of ``hosts`` ("127.0.0.1:8000") and not too large.

    ``most_bytes``: of a request, by what its path begins with; the first that fits counts.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        most_bytes: Mapping[str, int],
        scheme: str = "http",
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._most_bytes = most_bytes
        self._scheme = scheme

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the place of the application, or hand the request on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, method: str, path: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("请用给出的地址打开本页。", 421)
        if method in _READING:
            return None
        if headers.get("origin") != f"{self._scheme}://{host}":
            return PlainTextResponse("请求不是从本程序的页面发出的，没有执行。", 403)
        size = headers.get("content-length", "")
        if not size.isascii() or not size.isdigit():
            return PlainTextResponse("请求没有说明大小，没有执行。", 411)
        most = next(most for start, most in self._most_bytes.items() if path.startswith(start))
        if int(size) > most:
            told = f"一次上传的文件合计超过 {most >> 20} MB，请分几次上传。"
            return PlainTextResponse(told, 413)
        return None
