"""What program this is, to the letter: results and workers of another one are not mixed in."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def program() -> str:
    """This program to the letter, its shipped standards, and the interpreter that it may use."""
    from importlib import metadata  # reads headers as those of mail, with all that it takes

    digest = hashlib.sha256()
    for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.yaml")]):
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    try:
        interpreter = metadata.version("ironcalc")
    except metadata.PackageNotFoundError:
        interpreter = "none"
    return f"{digest.hexdigest()}\n{interpreter}"
