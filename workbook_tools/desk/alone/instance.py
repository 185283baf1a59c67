"""One desk at a time: a second start opens the page of the one that runs."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.files.whole import whole_file

_WAIT = 10.0  # seconds in which one that is just starting says where it is


class Instance:
    """The place of the running desk in a folder of this user.

    SQLite holds the lock: it is let go by the system however the program ends, on every platform.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # the address of the page is a key to it
        self._address = folder / "desk.json"
        self._lock = sqlite3.connect(folder / "desk.lock", timeout=0, isolation_level=None)

    def take(self) -> bool:
        """Whether the place was free; it is ours then, until we close it."""
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        with suppress(FileNotFoundError):
            self._address.unlink()
        return True

    def tell(self, address: str) -> None:
        """Say where the page is, with its key; only this user can read it."""
        with whole_file(self._address) as stream:
            stream.write(json.dumps({"address": address}).encode())
        self._address.chmod(0o600)

    def ask(self) -> str:
        """Where the page of the one that runs is. Raises DeskRefused where it does not say."""
        until = time.monotonic() + _WAIT
        while time.monotonic() < until:
            with suppress(OSError, ValueError, KeyError):
                return str(json.loads(self._address.read_bytes())["address"])
            time.sleep(0.1)
        raise DeskRefused("收件台已经在运行，但没有说明地址。请先结束它，再重新启动。")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with closing(self._lock):
            if self._lock.in_transaction:
                with suppress(FileNotFoundError):
                    self._address.unlink()
