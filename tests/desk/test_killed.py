"""A bureau's desk under load and killed: what it answered is there, nothing half is shown."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.cli.shell import CLEAN, WATER
from tests.desk.office import ROSTER

pytestmark = pytest.mark.slow

TIMES = 8
_SEED = 20260


class Server:
    """``desk --serve`` in a process of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "workbook_tools", "desk"),
                *("--serve", str(data), "--port", str(port)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        found = re.search(
            r"(http://127\.0\.0\.1:\d+)/bureau\?key=\S+", self.process.stdout.readline()
        )
        assert found
        self.base, self.key = found[1], found[0]

    def browser(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.base,
            headers={"Origin": self.base},
            timeout=60,
            follow_redirects=True,
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def begin(server: Server) -> dict[str, str]:
    """A round that is open; the access codes by unit code."""
    with server.browser() as bureau:
        bureau.get(server.key)
        fields = {"title": "一轮", "standard": "hunan-county-2020"}
        answer = bureau.post("/bureau/rounds", data=fields, files={"roster": ("r.csv", ROSTER)})
        while "/works/" in str(answer.url):
            time.sleep(0.2)
            answer = bureau.get(str(answer.url))
        board = answer.url.path
        slips = bureau.post(f"{board}/codes").text
        bureau.post(f"{board}/state", data={"state": "open"})
    return dict(re.findall(r'单位编码 (\w+)</span><span class="code">([\w-]+)', slips))


def versions(data: Path) -> list[tuple[str, int, str]]:
    """The unit code, number and content of all that is kept, in a sound database."""
    with closing(sqlite3.connect(data / "desk.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute(
            "SELECT code, number, content FROM version JOIN unit ON unit.id = version.unit"
        ).fetchall()


def test_many_upload_at_once_broken_files_among_them(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", 18482)
    codes = begin(server)
    files = {"208001": CLEAN.read_bytes(), "402001": WATER.read_bytes(), "003": b"PK\x03\x04"}

    def send(code: str) -> str:
        with server.browser() as browser:
            browser.post("/login", data={"code": code, "access": codes[code]})
            answer = browser.post("/unit/upload", files={"workbook": ("a.xlsx", files[code])})
            return answer.text

    with ThreadPoolExecutor(12) as threads:
        texts = list(threads.map(send, [*codes] * 8))
    server.kill()
    acknowledged = sum("的核对结果" in text for text in texts)
    assert acknowledged >= 2
    assert all("的核对结果" in text or "没有办成" in text for text in texts)
    assert len(versions(tmp_path / "data")) == acknowledged


def test_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    data, port = tmp_path / "data", 18480
    server = Server(data, port)
    codes = begin(server)
    answered: set[int] = set()
    moments = random.Random(_SEED)
    for _ in range(TIMES):
        sending = threading.Thread(target=_send, args=(server, codes["208001"], answered))
        sending.start()
        time.sleep(moments.uniform(0.05, 1.5))
        server.kill()
        sending.join()
        server = Server(data, port)
    server.kill()
    found = versions(data)
    kept = {number for _, number, _ in found}
    assert answered <= kept
    assert kept == set(range(1, len(kept) + 1))
    assert answered
    for name in {content for *_, content in found}:
        assert (data / "originals" / name[:2] / name).read_bytes() == CLEAN.read_bytes()


def _send(server: Server, code: str, answered: set[int]) -> None:
    """Upload again and again until the server is gone, noting what it answered."""
    try:
        with server.browser() as browser:
            browser.post("/login", data={"code": "208001", "access": code})
            while True:
                files = {"workbook": ("自评.xlsx", CLEAN.read_bytes())}
                place = str(browser.post("/unit/upload", files=files).url)
                answered.add(int(place.rpartition("/versions/")[2]))
    except (httpx.HTTPError, ValueError):
        pass
