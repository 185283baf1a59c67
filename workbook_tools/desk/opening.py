"""The browser of whoever starts a desk."""

from __future__ import annotations

import threading
import webbrowser


def open_page(address: str) -> None:
    """Open a page; in a thread, for some browsers of consoles return only when they end."""
    threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
