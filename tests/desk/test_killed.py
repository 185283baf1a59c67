"""A bureau's desk under load and killed: what it answered is there, nothing half is shown."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.cli.shell import CLEAN, WATER
from tests.desk.serving import Server, entered, kill, sent
from workbook_tools.desk.office.checking import faults

pytestmark = pytest.mark.slow

TIMES = 8
_SEED = 20260
_UNITS = ("208001", "402001", "003")


def test_many_upload_at_once_broken_files_among_them(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", 18482)
    codes = server.begin(_UNITS)
    contents = (CLEAN.read_bytes(), WATER.read_bytes(), b"PK\x03\x04")
    files = dict(zip(_UNITS, contents, strict=True))

    def send(code: str) -> int | str:
        with server.browser() as browser:
            entered(browser, code, codes[code])
            return sent(browser, files[code])

    with ThreadPoolExecutor(12) as threads:
        numbers = list(threads.map(send, [*_UNITS] * 8))
    server.kill()
    acknowledged = sum(isinstance(number, int) for number in numbers)
    assert acknowledged >= 2
    assert len(server.kept()) == acknowledged
    assert all(isinstance(reason, str) for reason in numbers[2::3])


class Sending:
    """A department that uploads again and again, noting what it was answered."""

    def __init__(self, server: Server, code: str, answered: set[int]) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._send, args=(server, code, answered))
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _send(self, server: Server, code: str, answered: set[int]) -> None:
        try:
            with server.browser() as browser:
                entered(browser, "208001", code)
                while not self._over.is_set():
                    number = sent(browser, CLEAN.read_bytes())
                    if isinstance(number, int):
                        answered.add(number)
        except httpx.HTTPError:
            pass


def test_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    data, port = tmp_path / "data", 18480
    server = Server(data, port)
    codes = server.begin(_UNITS)
    answered: set[int] = set()
    moments = random.Random(_SEED)
    for _ in range(TIMES):
        sending = Sending(server, codes["208001"], answered)
        time.sleep(moments.uniform(0.05, 1.5))
        server.kill()
        sending.end()
        server = Server(data, port)
    server.kill()
    hold(server, answered)


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", 18483)
    codes = server.begin(_UNITS)
    answered: set[int] = set()
    moments = random.Random(_SEED)
    sending, killed = Sending(server, codes["208001"], answered), 0
    while killed < TIMES:
        time.sleep(moments.uniform(0.05, 0.5))
        workers = server.workers()
        killed += bool(workers) and kill(moments.choice(workers))
    sending.end()
    with server.browser() as browser:  # and it still reads
        entered(browser, "402001", codes["402001"])
        assert sent(browser, WATER.read_bytes()) == 1
    server.end()
    hold(server, answered)


def hold(server: Server, answered: set[int]) -> None:
    """Every answered version is kept, without a gap, and every original is whole."""
    kept = {number for code, number, _ in server.kept() if code == "208001"}
    assert answered
    assert answered <= kept
    assert kept == set(range(1, len(kept) + 1))
    assert not list(faults(server.data))
