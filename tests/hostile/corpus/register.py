"""Every builder under the name of its case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Builder = Callable[[Path], None]
"""Writes the file of a case to a path."""

BUILDERS: dict[str, Builder] = {}


def case(name: str) -> Callable[[Builder], Builder]:
    """Register the builder of a case."""

    def register(builder: Builder) -> Builder:
        assert name not in BUILDERS, name
        BUILDERS[name] = builder
        return builder

    return register


def content(name: str, data: bytes) -> None:
    """Register a case whose file is just these bytes."""
    BUILDERS[name] = lambda path: void(path.write_bytes(data))


def void(_: object) -> None:
    """Drop a value."""
