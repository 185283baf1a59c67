"""What a visitor of the desk does: take files there, wait, take files away, look at a page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from httpx import Client, Response
from starlette.testclient import TestClient

KEY, PORT = "a-key-for-tests", 8765
ORIGIN = f"http://127.0.0.1:{PORT}"
_LONGEST = 120.0  # seconds; a hang is a failure, whatever the load


def take_in(visitor: TestClient, files: Mapping[str, bytes]) -> Response:
    """Send files in; the page that it leads to."""
    parts = [("files", (name, content)) for name, content in files.items()]
    return arrived(visitor, visitor.post("/batches", files=parts))


def contents(paths: Iterable[Path]) -> dict[str, bytes]:
    """The files as a browser would send them."""
    return {path.name: path.read_bytes() for path in paths}


def arrived(visitor: Client, answer: Response) -> Response:
    """Where a work leads to, after waiting for it."""
    until = time.monotonic() + _LONGEST
    while answer.url.path.startswith("/works/") and 'hx-trigger="every' in answer.text:
        assert time.monotonic() < until, answer.text
        time.sleep(0.1)
        answer = visitor.get(answer.url.path)
    if answer.url.path.startswith("/works/") and (
        found := re.search(r"/files/[\w-]+", answer.text)
    ):
        answer = visitor.get(found[0])
    return answer


def name_of(answer: Response) -> str:
    """Under which name a browser saves a file."""
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment;")
    name = re.search(r"filename\*=utf-8''(.+)|filename=\"(.+)\"", told)
    assert name
    return unquote(name[1] or name[2])


class Page(HTMLParser):
    """What stands on a page: ``text`` as people read it, ``tags`` with their attributes."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._pieces: list[str] = []
        self.feed(answer.text)
        self.text = re.sub(r"\s+", " ", " ".join(self._pieces))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]
