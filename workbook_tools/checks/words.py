"""How names are written in a message."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A name in quotation marks, unless it brings its own: “重点支出”安排率."""
    return name if "“" in name else f"“{name}”"
