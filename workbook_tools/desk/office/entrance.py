"""Who may come in: the bureau from this machine by its key, departments by their codes."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workbook_tools.desk.office.codes import fits, new_code, sealed
from workbook_tools.desk.office.hall import Hall
from workbook_tools.desk.office.sessions import Login, Sessions
from workbook_tools.desk.office.store import Unit
from workbook_tools.desk.pages import refusal
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.standard.unit_codes import unit_code

_OF_THE_BUREAU = ("/bureau", "/works", "/files")
_WRONG = "单位编码或访问码不对。请核对后重试，忘了访问码请联系财政局。"
_LOCKED = "访问码连续输错次数太多，已经锁定。请联系财政局重新发放。"
_NOT_YET = "本轮自评还没有开放。访问码是对的，请等财政局通知后再登录。"
_NOBODY = sealed(new_code())  # so that an unknown unit takes as long as a wrong code


class BureauEntrance:
    """Lets nobody but the bureau onto its pages; the key in the address becomes the session's."""

    def __init__(self, app: ASGIApp, *, key: str, sessions: Sessions) -> None:
        self._app = app
        self._key = key
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer in the place of the application."""
        if scope["type"] != "http" or not _is_of_the_bureau(scope["path"]):
            await self._app(scope, receive, send)
            return
        answer: Response | ASGIApp = self._app
        connection = HTTPConnection(scope)
        given = QueryParams(scope["query_string"]).get("key")
        if not _from_here(connection):
            answer = refusal("财政局的页面只能在运行收件台的电脑上打开。", 403)
        elif given is not None and hmac.compare_digest(given.encode(), self._key.encode()):
            self._sessions.begin(connection.session, Login())
            answer = RedirectResponse("/bureau", 303)  # so that the key leaves the address bar
        elif self._sessions.find(connection.session) != Login():
            answer = refusal("请用程序启动时给出的地址打开财政局的页面。", 403)
        await answer(scope, receive, send)


def _is_of_the_bureau(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in _OF_THE_BUREAU)


def _from_here(connection: HTTPConnection) -> bool:
    try:
        return connection.client is not None and ip_address(connection.client.host).is_loopback
    except ValueError:  # a name, or a socket of the system
        return False


def log_in(hall: Hall, code: str, access: str) -> Login:
    """Hold a department's codes against what is kept.

    Raises DeskRefused, always the same for who has no code that fits; who has one is told that the
    round is not open yet.
    """
    known = hall.store.units_with_code(unit_code(code))
    fitting = [one for one in known if not one.locked and fits(access, one.seal or _NOBODY)]
    if not fitting:
        if not known:
            fits(access, _NOBODY)
        for one in known:
            if not one.locked:
                hall.store.failed(one.id)
        raise DeskRefused(_LOCKED if known and all(one.locked for one in known) else _WRONG)
    begun = [one for one in fitting if hall.has_begun(one)]
    if not begun:
        raise DeskRefused(_NOT_YET)
    unit = begun[0]
    with hall.store.change(unit.name, "登录", round=unit.round, unit=unit.id) as database:
        database.execute("UPDATE unit SET failures = 0 WHERE id = ?", (unit.id,))
    return Login(unit.id, unit.codes)


def unit_of(request: Request) -> Unit:
    """The department of this session; one that was given a new code since has to log in again."""
    sessions = sessions_of(request)
    login = sessions.find(request.session)
    if login is None or login.unit is None:
        raise HTTPException(401)
    unit = hall_of(request).store.unit(login.unit)
    if unit is None or unit.codes != login.codes or unit.locked:
        sessions.end(request.session)
        raise HTTPException(401)
    return unit


def sessions_of(request: Request) -> Sessions:
    """The sessions of the running desk."""
    sessions = request.app.state.sessions
    assert isinstance(sessions, Sessions)
    return sessions


def hall_of(request: Request) -> Hall:
    """The hall of the running desk."""
    hall = request.app.state.room
    assert isinstance(hall, Hall)
    return hall
