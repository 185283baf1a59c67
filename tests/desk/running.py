"""A desk in a process of its own, started as a person starts it; and a browser to look at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

requires_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


class Desk:
    """A running desk: the address that it gave, and how it ends.

    ``browser``: the program that it opens its page with; without one it opens none.
    """

    def __init__(self, place: Path, *options: str, browser: Path | None = None) -> None:
        environment = {
            **os.environ,
            "WORKBOOK_TOOLS_CACHE": str(place / "outcomes.sqlite"),
            "TMPDIR": str(place),
            "PYTHONIOENCODING": "utf-8",
            "BROWSER": str(browser),
        }
        quiet = [] if browser else ["--no-browser"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workbook_tools", "desk", *quiet, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+)/(?:bureau)?\?key=\S+", self.first)
        self.address, self.base = (found[0], found[1]) if found else ("", "")

    def end(self) -> tuple[int, str, str]:
        """Interrupt it as Ctrl-C does; its exit code and what it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """Its exit code and what it said, once it has ended."""
        said, complained = self.process.communicate(timeout=60)
        return self.process.returncode, said, complained


@contextmanager
def desk(place: Path, *options: str, browser: Path | None = None) -> Iterator[Desk]:
    """A desk that is over when the block is."""
    running = Desk(place, *options, browser=browser)
    try:
        yield running
    finally:
        running.process.kill()
        with running.process:  # closes its pipes
            pass
