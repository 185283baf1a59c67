"""Who is logged in. The cookie holds a number that says nothing; whose it is, is known here only.

So a session ends here, not in the browser: a copy of its cookie is worth nothing afterwards.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import MutableMapping
from typing import Any

import msgspec

_ID = "session"
LONGEST = 8 * 3600
"""Seconds of work after which one logs in again."""


class Login(msgspec.Struct, frozen=True):
    """A department that logged in, by the how-manieth of its codes; the bureau has no unit."""

    unit: int | None = None
    codes: int = 0


class Sessions:
    """The sessions of a running desk; they end with it, too."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Login, float]] = {}

    def begin(self, cookie: MutableMapping[str, Any], login: Login) -> None:
        """Log in with a new session, whatever the cookie held before."""
        self.end(cookie)
        oldest = time.monotonic() - LONGEST
        for identity, (_, at) in list(self._known.items()):
            if at < oldest:
                self._known.pop(identity, None)
        cookie[_ID] = secrets.token_urlsafe(24)
        self._known[cookie[_ID]] = login, time.monotonic()

    def find(self, cookie: MutableMapping[str, Any]) -> Login | None:
        """Who it is; None where nobody is, or not any more."""
        login, at = self._known.get(cookie.get(_ID, ""), (None, 0.0))
        return login if time.monotonic() - at <= LONGEST else None

    def end(self, cookie: MutableMapping[str, Any]) -> None:
        """Log out."""
        self._known.pop(cookie.get(_ID, ""), None)
        cookie.clear()
