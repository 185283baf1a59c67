"""Where on this machine is kept what can be worked out again, and may be deleted any time."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """The folder of the file that WORKBOOK_TOOLS_CACHE names, else where the platform wants caches.

    Only this user reads it there. Raises RuntimeError where the user has no home.
    """
    if chosen := os.environ.get("WORKBOOK_TOOLS_CACHE"):
        return Path(chosen).parent
    match sys.platform:
        case "win32":
            base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        case "darwin":
            base = str(Path.home() / "Library" / "Caches")
        case _:  # XDG Base Directory Specification
            base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "workbook-tools"
