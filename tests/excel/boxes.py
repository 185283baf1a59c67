"""Answers the boxes that the add-in shows, as nobody sits in front of the screen (Windows only)."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

TITLE = "绩效校验"
_COMMAND, _OK, _NO = 0x0111, 1, 7  # WM_COMMAND, IDOK, IDNO
_ROOM = 2000  # characters of a box's text


@contextmanager
def answered_boxes(windows: Any = None) -> Iterator[Callable[[], list[str]]]:
    """While this lasts, boxes are closed; gives a function that tells what stood in them.

    ``windows``: the functions of user32.dll.
    """
    user32 = windows or ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore] # Windows only
    said: list[str] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            if box := user32.FindWindowW(None, TITLE):
                said.append(_text_in(user32, box))
                for answer in (_OK, _NO):  # a box that asks has no OK
                    user32.PostMessageW(box, _COMMAND, answer, 0)
                over.wait(0.5)  # until it is gone

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield lambda: list(said)
    finally:
        over.set()
        watching.join()


def _text_in(user32: Any, box: int) -> str:
    """The longest text among what stands in a box: its icon is a text too."""
    texts, child = [""], 0
    while child := user32.FindWindowExW(box, child, "Static", None):
        text = ctypes.create_unicode_buffer(_ROOM)
        user32.GetWindowTextW(child, text, _ROOM)
        texts.append(text.value)
    return max(texts, key=len)
