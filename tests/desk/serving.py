"""A bureau's desk in a process of its own, to be asked, loaded and killed."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

import httpx

_LONGEST = 120  # seconds


class Server:
    """``desk --serve`` over a folder of data, on this machine."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        started = time.monotonic()
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
        with self.browser() as visitor:
            until = started + _LONGEST
            while not _answers(visitor):
                assert time.monotonic() < until
                time.sleep(0.02)
        self.ready_after = time.monotonic() - started
        """Seconds from its start to its first page."""

    def browser(self) -> httpx.Client:
        """Somebody who visits it."""
        return httpx.Client(
            base_url=self.base,
            headers={"Origin": self.base},
            timeout=_LONGEST,
            follow_redirects=True,
        )

    def begin(self, units: Iterable[str]) -> dict[str, str]:
        """A round that is open for units of these codes; their access codes."""
        roster = "单位编码,单位名称\n" + "".join(f"{one},单位{one}\n" for one in units)
        with self.browser() as bureau:
            bureau.get(self.key)
            fields = {"title": "一轮", "standard": "hunan-county-2020"}
            answer = bureau.post("/bureau/rounds", data=fields, files={"roster": ("r.csv", roster)})
            while "/works/" in str(answer.url):
                time.sleep(0.2)
                answer = bureau.get(str(answer.url))
            board = answer.url.path
            slips = bureau.post(f"{board}/codes").text
            bureau.post(f"{board}/state", data={"state": "open"})
        return dict(re.findall(r'单位编码 (\w+)</span><span class="code">([\w-]+)', slips))

    def workers(self) -> list[int]:
        """The processes that read workbooks now."""
        listed = subprocess.run(
            ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        parents: dict[int, list[int]] = {}
        for line in listed.stdout.splitlines():
            pid, parent, _ = line.split(maxsplit=2)
            parents.setdefault(int(parent), []).append(int(pid))
        return [
            worker
            for child in parents.get(self.process.pid, [])  # the server that starts processes
            for worker in parents.get(child, [])
        ]

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        """End it as a person does."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=_LONGEST)

    def kept(self) -> list[tuple[str, int, str]]:
        """The unit code, number and content of every version, in a sound database."""
        with closing(sqlite3.connect(self.data / "desk.sqlite")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return database.execute(
                "SELECT code, number, content FROM version JOIN unit ON unit.id = version.unit"
            ).fetchall()


def entered(browser: httpx.Client, code: str, access: str) -> None:
    """Log a department in."""
    answer = browser.post("/login", data={"code": code, "access": access})
    assert answer.url.path == "/unit", answer.text


def sent(browser: httpx.Client, content: bytes) -> int | str:
    """Upload a workbook; the number of the version that it became, or why it was refused."""
    answer = browser.post("/unit/upload", files={"workbook": ("自评.xlsx", content)})
    place = re.fullmatch(r"/unit/versions/(\d+)", answer.url.path)
    if place and answer.status_code == httpx.codes.OK:
        return int(place[1])
    refusal = re.search(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)
    return refusal[1] if refusal else answer.text


def kill(process: int) -> bool:
    """End a process of the server; whether it was still there."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _answers(visitor: httpx.Client) -> bool:
    try:
        return visitor.get("/").status_code == httpx.codes.OK
    except httpx.ConnectError:
        return False
