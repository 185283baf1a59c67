"""The manual's pictures are those that its script makes, and no others."""

from __future__ import annotations

import re

from docs.manual import chapters

SCRIPT = (chapters.HERE / "take_pictures.py").read_text(encoding="utf-8")
PICTURES = {path.stem: path for path in (chapters.HERE / "pictures").glob("*")}
MOST = 2 << 20
"""Bytes of all: everybody who clones the project takes them along."""


def test_each_is_made_by_the_script_and_shown_in_a_chapter() -> None:
    made = set(re.findall(r'keep\(\w+, "([\w-]+)"', SCRIPT))
    made |= set(re.findall(r'^    "([\w-]+)": \(', SCRIPT, re.MULTILINE))
    texts = "".join(path.read_text(encoding="utf-8") for path in chapters.CHAPTERS)
    assert PICTURES.keys() == made == set(re.findall(r"\(pictures/([\w-]+)\.png\)", texts))


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.values()) < MOST
    for path in PICTURES.values():
        assert path.read_bytes().startswith(b"\x89PNG"), path
