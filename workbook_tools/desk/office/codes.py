"""Access codes of departments: made here, shown once, kept only as what scrypt makes of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"  # without 0 O, 1 I L, 2 Z, 5 S, 8 B, which look alike
_LENGTH = 10
_SALT = 16  # bytes
_COST = {"n": 2**14, "r": 8, "p": 1}

MOST_FAILURES = 10
"""Wrong codes in a row after which a department is locked until it gets a new one."""


def new_code() -> str:
    """A code as it is printed: ``ACDEF-34679``."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{drawn[:5]}-{drawn[5:]}"


def sealed(code: str) -> bytes:
    """What is kept of a code."""
    salt = secrets.token_bytes(_SALT)
    return salt + _hash(code, salt)


def fits(code: str, seal: bytes) -> bool:
    """Whether it is the code; small letters, full-width ones, blanks and dashes do no harm."""
    return hmac.compare_digest(_hash(code, seal[:_SALT]), seal[_SALT:])


def _hash(code: str, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFKC", code).upper()
    known = "".join(one for one in typed if one in _LETTERS)
    return hashlib.scrypt(known.encode(), salt=salt, **_COST)
