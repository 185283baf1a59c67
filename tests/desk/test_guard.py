"""Nobody comes in without the key, no other page acts here, and every answer says its rules."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from tests.desk.visiting import KEY, ORIGIN, Page
from workbook_tools.desk.alone.application import application
from workbook_tools.desk.alone.room import Room

ROUTES = [
    (method, route.path.replace("{batch}", "1").replace("{number:int}", "1"))
    for route in application(None, key="", port=1, end=lambda: None).routes  # type: ignore[arg-type] # never served
    if isinstance(route, Route)
    for method in sorted((route.methods or set()) - {"HEAD"})
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_route_answers_without_the_key(stranger: TestClient, method: str, path: str) -> None:
    assert stranger.request(method, path).status_code == 403
    assert stranger.request(method, f"{path}?key=wrong").status_code == 403
    forged = {"Cookie": "desk-8765=eyJpbiI6IHRydWV9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"}
    assert stranger.request(method, path, headers=forged).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"), [one for one in ROUTES if one[0] == "POST" and one[1] != "/end"]
)
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", None])
def test_nothing_is_done_that_another_page_asks_for(
    visitor: TestClient, method: str, path: str, origin: str | None
) -> None:
    request = visitor.build_request(method, path, content=b"")
    del request.headers["Origin"]
    if origin:
        request.headers["Origin"] = origin
    assert visitor.send(request).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil:8765"]
)
def test_no_other_name_is_answered(visitor: TestClient, host: str) -> None:
    assert visitor.get("/", headers={"Host": host}).status_code == 421


def test_the_key_becomes_a_cookie_that_scripts_and_other_sites_do_not_have(room: Room) -> None:
    app = application(room, key=KEY, port=8765, end=lambda: None)
    with TestClient(app, base_url=ORIGIN) as client:
        answer = client.get(f"/?key={KEY}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert KEY not in cookie
        assert client.get("/").status_code == 200


def test_a_cookie_of_an_earlier_start_is_worth_nothing(room: Room, visitor: TestClient) -> None:
    later = application(room, key=KEY, port=8765, end=lambda: None)
    with TestClient(later, base_url=ORIGIN, cookies=dict(visitor.cookies)) as client:
        assert client.get("/").status_code == 403


@pytest.mark.parametrize("path", ["/", "/templates", "/nowhere", "/static/desk.css"])
def test_every_answer_says_what_a_browser_may_do(visitor: TestClient, path: str) -> None:
    headers = visitor.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/templates", "/imports", "/nowhere"])
def test_pages_ask_no_other_host_and_hold_no_script_of_their_own(
    visitor: TestClient, path: str
) -> None:
    page = Page(visitor.get(path))
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
        for name in ("src", "href", "action"):
            assert (attributes.get(name) or "/").startswith(("/", "#")), attributes
    assert all(script.get("src") for script in page.every("script"))


@pytest.mark.parametrize("path", ["/", "/templates", "/imports"])
def test_every_field_has_a_label(visitor: TestClient, path: str) -> None:
    page = Page(visitor.get(path))
    labelled = {one.get("for") for one in page.every("label")}
    fields = [one for one in page.every("input") if one.get("type") == "file"]
    assert fields
    assert {one.get("id") for one in fields} <= labelled
    assert [one.get("lang") for one in page.every("html")] == ["zh-CN"]


def test_what_is_too_large_is_not_even_read(visitor: TestClient) -> None:
    headers = {"Content-Length": str(601 << 20)}
    assert visitor.post("/batches", content=b"", headers=headers).status_code == 413
    unsized = visitor.post("/batches", content=iter([b"a", b"b"]))
    assert unsized.status_code == 411


def test_static_files_lead_nowhere_else(visitor: TestClient) -> None:
    assert isinstance(application(None, key="", port=1, end=lambda: None).routes[-1], Mount)  # type: ignore[arg-type] # never served
    for path in ("/static/../pages.py", "/static/%2e%2e/pages.py", "/static/"):
        assert visitor.get(path).status_code in (403, 404)
