"""Work that takes a while: done in a thread, with how far it is for whoever asks."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Literal

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.whole import why

_AT_ONCE = 3  # works; each waits for worker processes most of the time


class Work:
    """One piece of work: ``done`` of ``total`` steps (0 where nobody knows yet), and its outcome.

    ``leads_to`` is the address of what came of it, ``message`` (Chinese) why nothing did; ``back``
    is that of the page it was asked for on.
    """

    def __init__(self, title: str, back: str) -> None:
        self.id = secrets.token_urlsafe(9)
        self.title = title
        self.back = back
        self.done = self.total = 0
        self.state: Literal["running", "done", "failed"] = "running"
        self.leads_to = self.message = ""
        self._over = threading.Event()

    def progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self.done, self.total = done, total

    def end(self, leads_to: str = "", message: str = "") -> None:
        """Say what came of it."""
        self.leads_to, self.message = leads_to, message
        self.state = "failed" if message else "done"
        self._over.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, after waiting so long for it at most."""
        return self._over.wait(seconds)


class Works:
    """All pieces of work of a running desk, by id."""

    def __init__(self) -> None:
        self._known: dict[str, Work] = {}
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="work")

    def start(self, title: str, do: Callable[[Work], str], *, back: str) -> Work:
        """Begin; ``do`` is handed the work, to tell progress, and gives the address it leads to."""
        work = Work(title, back)
        self._known[work.id] = work
        self._threads.submit(_carry_out, work, do)
        return work

    def find(self, identity: str) -> Work | None:
        """The work of this id, if there is one."""
        return self._known.get(identity)

    def close(self) -> None:
        """Begin nothing more; wait for nothing."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _carry_out(work: Work, do: Callable[[Work], str]) -> None:
    try:
        work.end(leads_to=do(work))
    except CancelledError:
        work.end(message="程序正在结束，没有做完。")
    except WorkbookToolsError as error:
        work.end(message=str(error))
    except OSError as error:
        work.end(message=f"读写文件失败：{why(error)}")
    except Exception as error:  # told to the person who waits; the desk goes on
        work.end(
            message=f"程序自身出错（{type(error).__name__}：{error}）。请把这一行反馈给维护者。"
        )
