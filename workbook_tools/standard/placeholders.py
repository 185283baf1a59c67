"""The names in braces that the report's text may use for figures of the workbook.

``{本年支出合计}`` in a narrative field stands for the figure that people call so: an input that
fits into a line, a derived quantity, a score. The template lists the words, the report fills them
in. The figure's id in braces, ``{expenditure_total}``, means the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain, count
from types import MappingProxyType
from typing import Literal

import msgspec

from workbook_tools.standard.contract import SCORE_SHEET_ID, fields
from workbook_tools.standard.inputs import InputType
from workbook_tools.standard.model import Standard
from workbook_tools.standard.unit_codes import bare

_ALIKE = 0.75  # of 1

FigureSource = Literal[
    "entry",  # what stands in an input cell
    "quantity",  # a derived quantity
    "score",  # our score of an indicator
    "measure",  # the share that an indicator is scored by
    "self",  # the department's own score of an indicator
    "subtotal",  # our scores of a 一级 or 二级 added up
    "score_total",
    "grade",
    "self_total",
    "self_grade",
]


class Placeholder(msgspec.Struct, frozen=True, kw_only=True):
    """What a name in braces stands for.

    ``of`` is the id of the field, quantity, indicator or level; ``label`` what people call it;
    ``word`` what they write in braces, the label unless that is another one's; ``kind`` and
    ``unit`` say how it is written.
    """

    name: str
    label: str
    source: FigureSource
    of: str
    kind: InputType
    unit: str = ""
    word: str = ""


@lru_cache(maxsize=16)
def placeholders(standard: Standard) -> Mapping[str, Placeholder]:
    """Every placeholder of a standard by its name: results first, then inputs and quantities.

    Where a name could mean two things, the input or quantity of that id is meant.
    """
    found = [
        _points("score_total", "复算总分", "score_total"),
        Placeholder(name="grade", label="复算等次", source="grade", of="", kind="choice"),
        _points("self_total", "自评总分合计", "self_total"),
        Placeholder(name="self_grade", label="自评等次", source="self_grade", of="", kind="choice"),
    ]
    for level in (one for top in standard.levels for one in (top, *top.children)):
        found.append(_points(f"subtotal_{level.id}", f"{level.name}小计", "subtotal", level.id))
    for one in standard.indicators:
        found.append(_points(f"score_{one.id}", f"{one.title}得分", "score", one.id))
        found.append(_points(f"self_{one.id}", f"{one.title}自评得分", "self", one.id))
        if one.measures:
            found.append(
                Placeholder(
                    name=f"value_{one.id}",
                    label=one.title,
                    source="measure",
                    of=one.id,
                    kind="share",
                )
            )
    for field in fields(standard).values():
        if field.role == "input" and field.type != "long_text" and field.sheet != SCORE_SHEET_ID:
            found.append(
                Placeholder(
                    name=field.id,
                    label=field.name_in_words,
                    source="entry",
                    of=field.id,
                    kind=field.type,
                    unit=field.unit,
                )
            )
    for derived in standard.derived:
        found.append(
            Placeholder(
                name=derived.id,
                label=derived.label,
                source="quantity",
                of=derived.id,
                kind=derived.type,
                unit=derived.unit,
            )
        )
    every = {one.name: one for one in found}
    return MappingProxyType(dict(_worded(standard, every)))


@lru_cache(maxsize=16)
def by_word(standard: Standard) -> Mapping[str, Placeholder]:
    """The same by what people write in braces, without blanks, full-width signs as usual ones."""
    return MappingProxyType({bare(one.word): one for one in placeholders(standard).values()})


def meant_by(standard: Standard, name: str) -> Placeholder | None:
    """What a name in braces stands for, a word or an id; None where it is no name of ours."""
    return placeholders(standard).get(name) or by_word(standard).get(bare(name))


def nearest(standard: Standard, name: str) -> Placeholder | None:
    """What a name in braces that stands for nothing is much like."""
    from difflib import get_close_matches

    for written, known in ((bare(name), by_word(standard)), (name, placeholders(standard))):
        for close in get_close_matches(written, known, n=1, cutoff=_ALIKE):
            return known[close]
    return None


def _worded(
    standard: Standard, every: Mapping[str, Placeholder]
) -> Iterator[tuple[str, Placeholder]]:
    """Each with a word of its own: its label, else the whole label of its cell, else a number."""
    known, taken = fields(standard), set[str]()
    for name, one in every.items():
        whole = [known[one.of].label] if one.source == "entry" else []
        numbered = (f"{one.label}{number}" for number in count(2))
        choices = chain((one.label, *whole), numbered)
        word = next(word for word in choices if word and bare(word) not in taken)
        taken.add(bare(word))
        yield name, msgspec.structs.replace(one, word=word)


def _points(name: str, label: str, source: FigureSource, of: str = "") -> Placeholder:
    return Placeholder(name=name, label=label, source=source, of=of, kind="score", unit="分")
