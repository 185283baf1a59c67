"""The texts of two standards, and copies of them with one thing changed."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

SHIPPED = (files("workbook_tools.standard") / "hunan-county-2020.yaml").read_text(encoding="utf-8")
QINGLING = (Path(__file__).parents[2] / "docs" / "examples" / "qingling-2024.yaml").read_text(
    encoding="utf-8"
)
MARK = "¶"
"""Stands on the line where a problem is expected; taken out before the file is written."""
_OWN_LINE = re.compile(f"([{{,]) ?{MARK}")


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change that breaks the standard, and what must be said about it.

    The line to be named is the one with the mark in ``new``, or the one where the only ``anchor``
    begins. ``also``: what else is replaced, all of it.
    """

    name: str
    old: str
    new: str
    message: str = ""
    anchor: str = MARK
    severity: Literal["error", "warning"] = "error"
    also: dict[str, str] = {}


def faults(name: str) -> list[Fault]:
    """The faults told in a file of this folder."""
    content = Path(__file__).with_name(name).read_bytes()
    return msgspec.yaml.decode(content, type=list[Fault])


def changed(fault: Fault, whole: str = SHIPPED) -> tuple[str, int]:
    """The text of a standard with the fault in it, and the line (from 1) to be named."""
    text = _replaced(fault, whole)
    assert text.count(fault.anchor) == 1, f"{text.count(fault.anchor)} times: {fault.anchor}"
    return text.replace(MARK, ""), text[: text.index(fault.anchor)].count("\n") + 1


def without_fault(change: Fault) -> str:
    """The text of a standard with what is no fault changed: a copy of `SHIPPED` unless said."""
    return _replaced(change, QINGLING if change.message == "qingling" else SHIPPED)


def _replaced(fault: Fault, whole: str) -> str:
    """What is marked within braces gets a line of its own: no other part of them will then do."""
    assert whole.count(fault.old) == 1, f"{whole.count(fault.old)} times: {fault.old}"
    before = whole[: whole.index(fault.old)].rstrip(" ")[-1:]
    new = _OWN_LINE.sub(rf"\1\n{' ' * 30}{MARK}", before + fault.new).removeprefix(before)
    text = whole.replace(fault.old, new)
    for old, other in fault.also.items():
        assert old in text, old
        text = text.replace(old, other)
    return text


def written(folder: Path, text: str) -> Path:
    """A file of that text."""
    path = folder / "standard.yaml"
    path.write_text(text, encoding="utf-8")
    return path
