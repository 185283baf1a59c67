"""Requests that come to nothing: each gets a page that says why, in Chinese."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from workbook_tools.desk.pages import refusal
from workbook_tools.desk.refusals import DeskRefused

_HOMES = ("/bureau", "/unit")
"""Pages that others stand below, and where whoever is on those goes on; from all others it is /."""


async def refused(request: Request, error: Exception) -> Response:
    """What was asked for would not do."""
    back = request.url.path.rpartition("/")[0] or "/"  # the page on which the form stands
    return refusal(str(error), back=back, frame=_frame(request))


async def failed(request: Request, error: Exception) -> Response:
    """There is no such page, or something of ours went wrong."""
    frame = _frame(request)
    back = next((one for one in _HOMES if request.url.path.startswith(f"{one}/")), "/")
    if isinstance(error, HTTPException):
        missing = error.status_code == HTTPStatus.NOT_FOUND
        told = "没有这个页面，或者它已经不在了。" if missing else "这个请求无法处理，请返回重试。"
        return refusal(told, error.status_code, back=back, frame=frame)
    told = f"程序自身出错（{type(error).__name__}）。请把这一行反馈给维护者。"
    return refusal(told, HTTPStatus.INTERNAL_SERVER_ERROR, back=back, frame=frame)


def _frame(request: Request) -> str:
    """What the page is set in; whoever got as far as below /bureau keeps its navigation."""
    state = request.app.state
    return str(state.frame if request.url.path.startswith("/bureau") else state.refused_in)


HANDLERS: dict[Any, Any] = {DeskRefused: refused, HTTPException: failed, 500: failed}
"""By what was raised, or the status: what answers."""
