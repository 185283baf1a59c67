"""A bureau's desk that is killed: what it answered is there, nothing half is shown."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.cli.shell import CLEAN
from tests.desk.test_office import ROSTER

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


def test_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    data, port = tmp_path / "data", 18480
    server = Server(data, port)
    with server.browser() as bureau:
        bureau.get(server.key)
        fields = {"title": "一轮", "standard": "hunan-county-2020"}
        answer = bureau.post("/bureau/rounds", data=fields, files={"roster": ("r.csv", ROSTER)})
        while "/works/" in str(answer.url):
            time.sleep(0.2)
            answer = bureau.get(str(answer.url))
        board = answer.url.path
        slips = bureau.post(f"{board}/codes").text
        codes = dict(re.findall(r'单位编码 (\w+)</span><span class="code">([\w-]+)', slips))
        bureau.post(f"{board}/state", data={"state": "open"})

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
    database = sqlite3.connect(data / "desk.sqlite")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = {number for (number,) in database.execute("SELECT number FROM version")}
    contents = [name for (name,) in database.execute("SELECT DISTINCT content FROM version")]
    database.close()
    assert answered <= kept
    assert kept == set(range(1, len(kept) + 1))
    assert answered
    for name in contents:
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
