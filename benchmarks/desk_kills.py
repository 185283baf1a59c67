"""A bureau's desk killed at random moments while departments upload: nothing answered is lost.

``python -m benchmarks.desk_kills [--times 50]``

First its worker processes are killed so many times, then the server itself, each time with
departments uploading. That every version that was answered is kept, whole and in a sound
database, and that nothing half is kept, is asserted; how long a start takes is printed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.desk.serving import Server, entered, kill, sent
from workbook_tools.cli.samples import samples_folder
from workbook_tools.desk.office.checking import faults

PORT = 18491
_SEED = 20260
_UNITS = ("100001", "100002", "100003")


class Uploading:
    """Departments that upload without end; what each was answered, by unit code and number."""

    def __init__(self, codes: dict[str, str]) -> None:
        self._codes = codes
        self._content = (samples_folder() / "civil-affairs-2020.xlsx").read_bytes()
        self.answered: set[tuple[str, int]] = set()
        self.refused: Counter[str] = Counter()

    @contextmanager
    def at(self, server: Server) -> Iterator[None]:
        """While the block lasts; an upload that is under way then is waited for."""
        over = threading.Event()
        threads = [
            threading.Thread(target=self._send, args=(server, code, over)) for code in _UNITS
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _send(self, server: Server, code: str, over: threading.Event) -> None:
        try:
            with server.browser() as browser:
                entered(browser, code, self._codes[code])
                while not over.is_set():
                    number = sent(browser, self._content)
                    if isinstance(number, int):
                        self.answered.add((code, number))
                    else:
                        self.refused[number] += 1
        except httpx.HTTPError:
            pass  # the server was killed


def main() -> None:
    """Kill, look at what is kept, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    times = parser.parse_args().times
    moments = random.Random(_SEED)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = Server(data, PORT)
        uploading = Uploading(server.begin(_UNITS))
        killed = 0
        with uploading.at(server):
            while killed < times:
                time.sleep(moments.uniform(0.05, 0.5))
                workers = server.workers()
                killed += bool(workers) and kill(moments.choice(workers))
        _hold(server, uploading)
        print(f"{killed} workers killed: {_said(uploading)}")
        starts = []
        for _ in range(times):
            with uploading.at(server):
                time.sleep(moments.uniform(0.05, 5))
                server.kill()
            server = Server(data, PORT)
            starts.append(server.ready_after)
        _hold(server, uploading)
        print(f"server killed {times} times: {_said(uploading)}")
        starts.sort()
        print(f"first page after {starts[len(starts) // 2]:.2f} s, at most {starts[-1]:.2f} s")
        server.end()


def _said(uploading: Uploading) -> str:
    refused = "".join(f"\n  refused {number}: {why}" for why, number in uploading.refused.items())
    return f"{len(uploading.answered)} uploads answered, none lost{refused}"


def _hold(server: Server, uploading: Uploading) -> None:
    """What was answered is kept, numbered without a gap, and every original is whole."""
    kept = {(code, number) for code, number, _ in server.kept()}
    assert uploading.answered <= kept, uploading.answered - kept
    for unit in _UNITS:
        numbers = {number for code, number in kept if code == unit}
        assert numbers == set(range(1, len(numbers) + 1)), unit
    assert not list(faults(server.data))


if __name__ == "__main__":
    main()
