"""A round's second look, on either desk: what is worth it, whom to review, letters to write."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.consolidation import Consolidation
from workbook_tools.consolidation.round.hints import HINT_NAMES, Hint
from workbook_tools.consolidation.round.sampling import LIMIT, Weights, draw
from workbook_tools.consolidation.tables.comparison import groups, in_words
from workbook_tools.consolidation.tables.table import place_of
from workbook_tools.desk.products import pack
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.files.targets import write_whole
from workbook_tools.jobs.letters import LetterKind, Terms, write_letters

SAMPLE = "抽查名单"
_NOBODY = "还没有能复算的自评表，没有可以抽查的单位。"


class ShownHint(msgspec.Struct, frozen=True):
    """A hint as a page shows it; ``address``: the page of its workbook."""

    hint: Hint
    name: str
    kind: str
    address: str


class Drawing(msgspec.Struct, frozen=True):
    """How many are drawn by risk and by lot, and the seed."""

    by_risk: int
    by_lot: int
    seed: str


def look_shown(round_: Consolidation, addresses: Mapping[str, str]) -> Mapping[str, Any]:
    """All hints of a round, and what departments were held beside.

    ``addresses``: by the path of a workbook on record, its page.
    """
    told = [
        ShownHint(one, one.unit_name or one.unit_code, HINT_NAMES[one.kind], addresses[one.path])
        for one in round_.hints
    ]
    beside = groups(round_)
    middle = place_of(beside.columns, "middle")
    return {
        "told": told,
        "counts": in_words(round_),
        "departments": len(round_.departments),
        "heads": [column.title for column in beside.columns],
        "groups": [row for row in beside.rows if row[middle]],  # the others were not compared
    }


def sample(round_: Consolidation, drawing: Drawing, folder: Path) -> Path:
    """Whom to review on site, as a workbook and a Word list, in one archive. Raises DeskRefused."""
    from workbook_tools.consolidation.summary.sampling import write_sample
    from workbook_tools.report.sample.document import write_sample_list

    if not round_.departments:
        raise DeskRefused(_NOBODY)
    found = draw(
        round_,
        by_risk=drawing.by_risk,
        by_lot=drawing.by_lot,
        seed=drawing.seed,
        weights=Weights(),
    )
    inside = folder / "inside"
    inside.mkdir()
    write_sample(round_, found, inside / f"{SAMPLE}.xlsx", seed=drawing.seed, limit=LIMIT)
    write_sample_list(round_, found, inside / f"{SAMPLE}.docx", seed=drawing.seed)
    return _packed(inside, folder / f"{SAMPLE}.zip")


def letters(round_: Consolidation, kind: LetterKind, name: str, terms: Terms, folder: Path) -> Path:
    """Letters of a kind to all that they concern, in one archive. Raises DeskRefused."""
    inside = folder / "inside"
    written = list(write_letters(round_, inside, terms, [kind]))
    if problems := [one.problem for one in written if one.problem]:
        raise DeskRefused(problems[0])
    if not written:
        raise DeskRefused(f"没有要写{name}的单位。")
    return _packed(inside, folder / f"{name}.zip")


def _packed(inside: Path, archive: Path) -> Path:
    write_whole(archive, partial(pack, folder=inside))
    return archive
