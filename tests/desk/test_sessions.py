"""A session that has ended, wherever its cookie still is, opens nothing."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.desk.office import HOST, ROUTES, Office, addressed, log_in
from tests.desk.visiting import KEY, ORIGIN
from workbook_tools.desk.office import sessions
from workbook_tools.desk.office.application import application

pytestmark = [pytest.mark.slow, pytest.mark.covers]

HERE, AWAY = "127.0.0.1", "192.168.1.9"
COOKIE = "desk-office"
CLOSED = [one for one in ROUTES if one[1] not in ("/", "/login", "/logout")]


def ended(office: Office, how: str) -> TestClient:
    """A browser with the cookie of a session that is over."""
    who = office.bureau() if how.startswith("bureau") else office.department("208001")
    cookie = who.cookies[COOKIE]
    if how.endswith("logout"):
        assert who.post("/logout").url.path == "/"
    elif how.endswith("earlier start"):
        earlier = application(office.hall, key=KEY, addresses=[HOST], secure=False)
        address = HERE if how.startswith("bureau") else AWAY
        browser = TestClient(
            earlier, base_url=ORIGIN, headers={"Origin": ORIGIN}, client=(address, 50000)
        )
        if how.startswith("bureau"):
            browser.get(f"/bureau?key={KEY}")
        else:
            log_in(browser, "208001", office.codes["208001"])
        cookie = browser.cookies[COOKIE]
    else:
        cookie = cookie[:-4] + "AAAA"  # another signature
    browser = office.browser(HERE if how.startswith("bureau") else AWAY)
    browser.cookies.set(COOKIE, cookie, domain="127.0.0.1")
    return browser


@pytest.fixture(scope="module")
def over(settled: tuple[Office, str, str]) -> dict[str, TestClient]:
    office, *_ = settled
    return {how: ended(office, how) for how in HOWS}


HOWS = [
    f"{who}, {how}"
    for who in ("department", "bureau")
    for how in ("after logout", "of an earlier start", "forged")
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
@pytest.mark.parametrize("how", HOWS)
def test_an_old_session_opens_nothing(
    settled: tuple[Office, str, str],
    over: dict[str, TestClient],
    how: str,
    method: str,
    path: str,
) -> None:
    office, board, unit = settled
    before = office.hall.store.units(1)[0], office.hall.store.versions(1)
    answer = over[how].request(method, addressed(path, board, unit))
    if path.startswith("/unit"):
        assert answer.url.path == "/"
        assert "单位登录" in answer.text
    else:
        assert answer.status_code == 403
    assert "民政局" not in answer.text
    assert (office.hall.store.units(1)[0], office.hall.store.versions(1)) == before


def test_others_stay_logged_in_when_one_logs_out(settled: tuple[Office, str, str]) -> None:
    office, board, _ = settled
    one, other, bureau = office.department("208001"), office.department("208001"), office.bureau()
    one.post("/logout")
    assert other.get("/unit").url.path == "/unit"
    assert bureau.get(board).status_code == 200


def test_a_session_ends_by_itself(
    settled: tuple[Office, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, *_ = settled
    unit = office.department("208001")
    assert unit.get("/unit").url.path == "/unit"
    monkeypatch.setattr(sessions, "LONGEST", -1)
    assert unit.get("/unit").url.path == "/"


def test_each_login_is_another_session_and_the_cookie_says_nothing(
    settled: tuple[Office, str, str],
) -> None:
    office, *_ = settled
    unit = office.department("208001")
    first = unit.cookies[COOKIE]
    log_in(unit, "208001", office.codes["208001"])
    assert unit.cookies[COOKIE] != first
    stale = office.browser()
    stale.cookies.set(COOKIE, first, domain="127.0.0.1")
    assert stale.get("/unit").url.path == "/"


def test_a_department_is_never_the_bureau(settled: tuple[Office, str, str]) -> None:
    office, board, _ = settled
    here = office.browser(HERE)
    log_in(here, "208001", office.codes["208001"])
    assert here.get(board).status_code == 403
    assert office.bureau().get("/unit").url.path == "/bureau"
