"""A desk without a browser: the application, asked as a browser on this machine asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.desk.office import Office
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
