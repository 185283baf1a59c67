"""A bureau's desk without a browser: its application, a round of three departments, visitors."""

from __future__ import annotations

import re
from pathlib import Path

from httpx import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.desk.visiting import KEY, ORIGIN, arrived
from workbook_tools.desk.office.application import application
from workbook_tools.desk.office.hall import Hall

HOST = ORIGIN.removeprefix("http://")
ROSTER = "单位编码,单位名称,联系人\n208001,县民政局,张三\n402001,县水利局,李四\n003,县档案局,王五\n"
BROKEN = b"PK\x03\x04 broken"


class Office:
    """A running desk of a bureau, and browsers of it."""

    def __init__(self, data: Path) -> None:
        self.hall = Hall(data)
        self.app = application(self.hall, key=KEY, addresses=[HOST], secure=False)
        self.codes: dict[str, str] = {}

    def browser(self, address: str = "192.168.1.9") -> TestClient:
        client = (address, 50000)
        headers = {"Origin": ORIGIN}
        return TestClient(self.app, base_url=ORIGIN, headers=headers, client=client)

    def bureau(self) -> TestClient:
        browser = self.browser("127.0.0.1")
        assert browser.get(f"/bureau?key={KEY}").status_code == 200
        return browser

    def begin(self, bureau: TestClient, roster: str = ROSTER) -> str:
        """A round that is open, each department with its code; the address of its board."""
        data = {"title": "2020年度自评", "standard": "hunan-county-2020"}
        files = {"roster": ("名册.csv", roster.encode())}
        board = str(arrived(bureau, bureau.post("/bureau/rounds", data=data, files=files)).url.path)
        self.give(bureau.post(f"{board}/codes"))
        bureau.post(f"{board}/state", data={"state": "open"})
        return board

    def give(self, slips: Response) -> None:
        found = re.findall(r"单位编码 (\w+)</span><span class=\"code\">([\w-]+)", slips.text)
        assert found
        self.codes |= dict(found)

    def department(self, code: str) -> TestClient:
        browser = self.browser()
        answer = log_in(browser, code, self.codes[code])
        assert answer.url.path == "/unit", answer.text
        return browser


def log_in(browser: TestClient, code: str, access: str) -> Response:
    answer: Response = browser.post("/login", data={"code": code, "access": access})
    return answer


def upload(browser: TestClient, path: Path | bytes, place: str = "/unit") -> Response:
    content = path if isinstance(path, bytes) else path.read_bytes()
    files = {"workbook": ("自评.xlsx", content)}
    answer: Response = browser.post(f"{place}/upload", files=files)
    return answer


ROUTES = [
    (method, route.path)
    for route in application(None, key="", addresses=[], secure=False).routes  # type: ignore[arg-type] # never served
    if isinstance(route, Route)
    for method in sorted((route.methods or set()) - {"HEAD"})
]


def addressed(path: str, board: str, unit: str) -> str:
    """A route's path with what is there: this round, this department, its first version."""
    path = path.replace("/bureau/rounds/{round:int}/units/{unit:int}", unit)
    path = path.replace("/bureau/rounds/{round:int}", board)
    return path.replace("{number:int}", "1").replace("{identity}", "x")
