"""A desk without a browser: the application, asked as a browser on this machine asks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from tests.cli.shell import CLEAN
from tests.desk.office import Office, upload
from tests.desk.running import CHROMIUM
from tests.desk.visiting import KEY, ORIGIN, PORT
from workbook_tools.desk.alone.application import application
from workbook_tools.desk.alone.room import Room


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.close()


@pytest.fixture(scope="module")
def stranger(room: Room) -> Iterator[TestClient]:
    """A browser that has not come in by the address with the key."""
    app = application(room, key=KEY, port=PORT, end=lambda: None)
    with TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN}) as client:
        yield client


@pytest.fixture(scope="module")
def visitor(room: Room) -> Iterator[TestClient]:
    """A browser that has."""
    app = application(room, key=KEY, port=PORT, end=lambda: None)
    with TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN}) as client:
        assert client.get(f"/?key={KEY}").status_code == 200
        yield client


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "data")
    yield office
    office.hall.close()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str, str]]:
    """A round in which 县民政局 has handed in; its board, and that department's page."""
    office = Office(tmp_path_factory.mktemp("settled"))
    bureau = office.bureau()
    board = office.begin(bureau)
    owner = office.department("208001")
    upload(owner, CLEAN)
    owner.post("/unit/versions/1/hand-in")
    unit = re.findall(rf'{board}/units/\d+(?=">县民政局)', bureau.get(board).text)[0]
    yield office, board, unit
    office.hall.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()
