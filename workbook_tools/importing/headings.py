"""The words under which a report has an entry or a section."""

from __future__ import annotations

import re
from typing import NamedTuple

from workbook_tools.importing.values import ENTRIES, FIGURES
from workbook_tools.importing.wording import Numbering, numbering, plain
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import SCORE_SHEET_ID, Field, fields

_INLINE = re.compile(r"[:：。]")
_UNIT = re.compile(r"[（(](?P<unit>人|名|万元|元)[）)]\s*$")
_LONGEST = 24  # characters of a heading before a text in the same paragraph


class Heading(NamedTuple):
    """A heading: its field ("" for one above several), its number, what follows it at once."""

    field: str
    numbering: Numbering | None
    rest: str


class Headings:
    """Finds headings and labels by the words that the standard has for them."""

    def __init__(self, standard: Standard) -> None:
        inputs = {
            field.id: field
            for field in fields(standard).values()
            if field.role == "input" and field.sheet != SCORE_SHEET_ID  # there the bureau enters
        }
        self._labels = {one.id: one for one in inputs.values() if one.type in ENTRIES}
        self._figures = {one.id: one for one in inputs.values() if one.type in FIGURES}
        self._sections = {one.id for one in inputs.values() if one.type == "long_text"}
        names = {one.id: (one.label, *one.also_called) for one in inputs.values()}
        self._by_name = dict.fromkeys(map(_core, standard.vocabulary.headings), "")
        self._by_name |= {_core(name): one for one, here in names.items() for name in here}
        self._inline = re.compile(
            "|".join(
                f"(?P<{identity}>{'|'.join(map(_spaced, names[identity]))})"
                r"(?:\s*[:：]|[ \u3000]{2,})"
                for identity in self._labels
            )
            or r"(?!)"
        )

    def begins(self, text: str) -> bool:
        """Whether an entry or a section begins with a text."""
        return any(found(text) for found in (self.label, self.section, self.entries))

    def label(self, text: str) -> Field | None:
        """The field of the entry that a text is the label of, a colon behind it or not."""
        return self._labels.get(self._by_name.get(_core(text), ""))

    def figure(self, text: str) -> tuple[Field | None, str]:
        """The field of the figure that a text is the label of, and the unit that it gives."""
        found = _UNIT.search(text)
        name = text[: found.start()] if found else text
        return self._figures.get(self._by_name.get(_core(name), "")), found["unit"] if found else ""

    def entries(self, text: str) -> list[tuple[Field, str]]:
        """The entries of a line that begins with a label (填报人：… 联系电话：…)."""
        found = list(self._inline.finditer(text))
        if not found or found[0].start() > 0:
            return []
        ends = [*(one.start() for one in found[1:]), len(text)]
        told = [
            (self._labels[str(one.lastgroup)], text[one.end() : end].strip())
            for one, end in zip(found, ends, strict=True)
        ]
        return [] if any(_core(words) in self._by_name for _, words in told if words) else told

    def section(self, text: str) -> Heading | None:
        """The heading that a paragraph is, or begins with (3.资产管理。…, 存在的问题：…)."""
        number = numbering(text)
        words = number.rest if number else text
        field = self._by_name.get(_core(words))
        if field is not None and (not field or field in self._sections):
            return Heading(field, number, "")
        cut = _INLINE.search(words)
        if cut is None or cut.start() > _LONGEST or not (number or cut[0] in ":："):
            return None
        field = self._by_name.get(_core(words[: cut.start()]))
        if field not in self._sections:
            return None
        return Heading(field, number, words[cut.end() :].strip())


def _core(name: str) -> str:
    """A name without 的, and without 情况 at its end."""
    core = plain(name).replace("的", "")
    return core.removesuffix("情况") or core


def _spaced(name: str) -> str:
    """A pattern for a name with spaces between its characters, its brackets in either width."""
    brackets = {"（": "[（(]", "）": "[)）]"}
    return r"\s*".join(brackets.get(one, re.escape(one)) for one in name)
