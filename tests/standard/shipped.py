"""The texts of two standards, and copies of them with one thing changed."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

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
    begins.
    """

    name: str
    old: str
    new: str
    message: str
    anchor: str = MARK


def faults(name: str) -> list[Fault]:
    """The faults told in a file of this folder."""
    content = Path(__file__).with_name(name).read_bytes()
    return msgspec.yaml.decode(content, type=list[Fault])


def changed(fault: Fault, whole: str = SHIPPED) -> tuple[str, int]:
    """The text of a standard with the fault in it, and the line (from 1) to be named.

    What is marked within braces gets a line of its own: no other part of them will then do.
    """
    assert whole.count(fault.old) == 1, f"{whole.count(fault.old)} times: {fault.old}"
    text = whole.replace(fault.old, _OWN_LINE.sub(rf"\1\n{' ' * 30}{MARK}", fault.new))
    assert text.count(fault.anchor) == 1, f"{text.count(fault.anchor)} times: {fault.anchor}"
    return text.replace(MARK, ""), text[: text.index(fault.anchor)].count("\n") + 1


def written(folder: Path, text: str) -> Path:
    """A file of that text."""
    path = folder / "standard.yaml"
    path.write_text(text, encoding="utf-8")
    return path
