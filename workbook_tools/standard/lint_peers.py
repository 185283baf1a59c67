"""What comparisons refer to is there: inputs, formulas, indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from workbook_tools.standard.expression import ExpressionError, ids
from workbook_tools.standard.lint_conditions import choices, conditions, unknown
from workbook_tools.standard.lint_ids import entries
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.tables import Formula


def peers(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Ids that exist, bounds that go up, names of their own."""
    said = standard.peers
    if said is None:
        return
    inputs = {entry.id for _, entry in entries(standard)}
    figures = inputs | {one.id for one in standard.derived if isinstance(one, Formula)}
    measured = figures | {one.id for one in standard.indicators}
    if said.size not in inputs:
        yield source.problem(("peers", "size"), f"peers 中的 {said.size!r} 不是输入项")
    if any(low >= high for low, high in pairwise(said.bounds)):
        yield source.problem(("peers", "bounds"), "bounds 应从小到大")
    if said.few < 2 or said.times <= 0 or said.least <= 0:
        yield source.problem(("peers",), "few 至少为 2，times 和 least 应大于 0")
    for kind, named in (
        ("ratios", [(one.id, one.at) for one in said.ratios]),
        ("suspects", [(one.id, one.at) for one in said.suspects]),
    ):
        for number, (identity, at) in enumerate(named):
            path: Path = ("peers", kind, number)
            if at not in inputs:
                yield source.problem((*path, "at"), f"peers 中的 {at!r} 不是输入项")
            if identity in {other for other, _ in named[:number]}:
                yield source.problem((*path, "id"), f"peers 中的 {identity!r} 出现了两次")
    for number, ratio in enumerate(said.ratios):
        yield from _known(ratio.of, figures, ("peers", "ratios", number, "of"), source)
        if ratio.least <= 0:
            yield source.problem(("peers", "ratios", number, "least"), "least 应大于 0")
    for number, suspect in enumerate(said.suspects):
        path = ("peers", "suspects", number)
        for place, sign in enumerate(suspect.signs):
            yield from _known(sign.of, measured, (*path, "signs", place, "of"), source)
            if sign.at_least is None and sign.at_most is None:
                yield source.problem((*path, "signs", place), "应写 at_least 或 at_most")
        for field in (*suspect.filled, *suspect.blank):
            if field not in inputs:
                yield source.problem(path, f"peers 中的 {field!r} 不是输入项")
        if not (suspect.signs or suspect.filled or suspect.blank):
            yield source.problem(path, "signs、filled、blank 至少写一项")


def rows(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """What is asked of rows speaks of columns of their table, under an id of its own."""
    said = standard.peers
    tables = {table.id: table for table in standard.tables}
    taken = {one.id for one in said.suspects} if said else set()
    for number, one in enumerate(said.rows if said else ()):
        path: Path = ("peers", "rows", number)
        if one.id in taken:
            yield source.problem((*path, "id"), f"peers 中的 {one.id!r} 出现了两次")
        taken.add(one.id)
        if not one.when:
            yield source.problem(path, "when 至少写一个条件")
        table = tables.get(one.table)
        if table is None:
            yield unknown(source, (*path, "table"), "表", one.table, tables)
            continue
        columns = choices(table)
        yield from conditions(one.when, columns, (*path, "when"), source)
        if one.at not in columns:
            yield unknown(source, (*path, "at"), "列", one.at, columns)


def continues(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Figures that continue are inputs."""
    inputs = {entry.id for _, entry in entries(standard)}
    for number, one in enumerate(standard.continues):
        for key, field in (("was", one.was), ("now", one.now)):
            if field not in inputs:
                path = ("continues", number, key)
                yield source.problem(path, f"continues 中的 {field!r} 不是输入项")


def _known(
    text: str, known: Collection[str], path: Path, source: StandardFile
) -> Iterator[Problem]:
    try:
        unknown = [name for name in ids(text) if name not in known]
    except ExpressionError as error:
        yield source.problem(path, str(error))
        return
    for name in unknown:
        yield source.problem(path, f"peers 中的 {name!r} 不是输入项、公式或指标")


LINTS = (peers, rows, continues)
