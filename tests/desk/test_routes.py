"""Whose each page is: every route of a bureau's desk has a line here, and answers whom it is for.

What it answers to others is tried in ``test_office.py``, with old sessions in ``test_sessions.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.shell import CLEAN
from tests.desk.office import BROKEN, ROUTES, Office, addressed, upload
from tests.desk.visiting import arrived

pytestmark = [pytest.mark.slow, pytest.mark.covers]

_ROUND = "/bureau/rounds/{round:int}"
_UNIT = f"{_ROUND}/units/{{unit:int}}"
_VERSION = f"{_UNIT}/versions/{{number:int}}"
WHOSE: dict[str, tuple[str, ...]] = {
    "anybody": ("GET /", "POST /login", "POST /logout"),
    "a department": (
        *("GET /unit", "GET /unit/template", "POST /unit/upload"),
        *("GET /unit/versions/{number:int}", "POST /unit/versions/{number:int}/hand-in"),
        *("GET /unit/versions/{number:int}/copy", "GET /unit/versions/{number:int}/report"),
    ),
    "the bureau": (
        *("GET /bureau", "POST /bureau/rounds", "POST /bureau/backup", f"GET {_ROUND}"),
        *(f"POST {_ROUND}/{one}" for one in ("state", "until", "codes", "deliveries")),
        *(f"POST {_ROUND}/{one}" for one in ("summary", "overview", "everything")),
        *(f"POST {_ROUND}/{one}" for one in ("letters", "missing")),
        *(f"GET {_ROUND}/look", f"POST {_ROUND}/look/sample", f"POST {_ROUND}/look/reminders"),
        *(f"GET {_ROUND}/deliveries/{{delivery}}", f"GET {_UNIT}"),
        *(f"POST {_UNIT}/{one}" for one in ("code", "take", "return", "upload")),
        *(f"GET {_VERSION}", f"GET {_VERSION}/copy", f"GET {_VERSION}/report"),
        *(f"POST {_VERSION}/letter", "GET /works/{identity}"),
        *("GET /works/{identity}/progress", "GET /files/{identity}"),
    ),
}
GETS = [
    (who, route.removeprefix("GET "))
    for who, routes in WHOSE.items()
    for route in routes
    if route.startswith("GET ")
]


class There(NamedTuple):
    """A round in which one has handed in; its board, that department's page, and things made."""

    office: Office
    board: str
    unit: str
    delivery: str
    work: str
    file: str


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    office = Office(tmp_path_factory.mktemp("there"))
    bureau = office.bureau()
    board = office.begin(bureau)
    owner = office.department("208001")
    upload(owner, CLEAN)
    owner.post("/unit/versions/1/hand-in")
    brought = bureau.post(f"{board}/deliveries", files=[("files", ("坏.xlsx", BROKEN))])
    delivery = arrived(bureau, brought).url.path

    def write(folder: Path, work: object) -> Path:
        (folder / "一份.txt").write_bytes(b"x")
        return folder / "一份.txt"

    work = office.hall.make("一份", write, back="/bureau")
    assert work.wait(60)
    yield There(office, board, f"{board}/units/1", delivery, work.id, work.leads_to)
    office.hall.close()


def test_every_route_has_a_line() -> None:
    lines = [route for routes in WHOSE.values() for route in routes]
    assert sorted(lines) == sorted(f"{method} {path}" for method, path in ROUTES)


@pytest.mark.parametrize(("who", "path"), GETS)
def test_whom_it_is_for_is_answered(there: There, who: str, path: str) -> None:
    """So that a refusal of the others is no missing page."""
    office = there.office
    browser = {
        "anybody": office.browser,
        "a department": lambda: office.department("208001"),
        "the bureau": office.bureau,
    }[who]()
    address = addressed(path.replace("/works/{identity}", f"/works/{there.work}"), *there[1:3])
    if path.startswith("/files"):
        address = there.file
    if path.endswith("{delivery}"):
        address = there.delivery
    answer = browser.get(address)
    assert (answer.status_code, answer.url.path) == (200, address)
