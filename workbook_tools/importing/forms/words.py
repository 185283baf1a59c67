"""The words of counties' forms (``words.yaml``), and what each of them is to a standard."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from workbook_tools.importing.wording import plain

_FILE = Path(__file__).with_name("words.yaml")


@lru_cache(maxsize=1)
def form_words() -> dict[str, Any]:
    """The file as it stands: by section, then by meaning, the words."""
    with _FILE.open("rb") as file:
        found: dict[str, Any] = yaml.load(file, yaml.CSafeLoader)
    return found


@lru_cache(maxsize=16)
def meanings(section: str) -> dict[str, str]:
    """What each plain word of a section means; the meaning is a word for itself."""
    found: dict[str, str] = {}
    for meaning, words in form_words()[section].items():
        for word in (meaning, *words):
            found[core(word)] = str(meaning)
    return found


def core(text: str) -> str:
    """A label to be compared: without numbering of sums, units and remarks in brackets."""
    name = plain(text.replace("：", ":").rpartition(":")[2] or text)
    return name.partition("(")[0] or name
