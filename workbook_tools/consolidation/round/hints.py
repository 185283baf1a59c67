"""What is worth a second look, over the departments of a round: hints, never findings.

A hint says who, where, what, beside what, and what to ask. Nothing in it is wrong for certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.assessment.places import RowsDoubted, Text
from workbook_tools.consolidation.round.departments import Department, number
from workbook_tools.consolidation.round.peers import Apart, Comparison
from workbook_tools.consolidation.round.quantities import quantity
from workbook_tools.figures import amount, percent, plain
from workbook_tools.standard import Standard
from workbook_tools.standard.naming import sheet_of
from workbook_tools.standard.peers import RowSuspect, Sign, Suspect
from workbook_tools.standard.sums import money_grids

HintKind = Literal["apart", "all-full", "all-round", "same-text", "same-rows", "suspect"]
HINT_NAMES: dict[HintKind, str] = {
    "apart": "偏离同类",
    "all-full": "满分集中",
    "all-round": "全是整数",
    "same-text": "文字雷同",
    "same-rows": "指标雷同",
    "suspect": "值得核实",
}
"""What people call each kind, in the order in which they are listed."""
_ROUND = 8  # amounts that are not 0: fewer are often whole by chance
_ALIKE = 3  # rows of own indicators, name, target and result: fewer may be handed down from above
_HANDED_DOWN = 20  # units that have the same row: then it was given to all of them
_NAMED = 3  # departments


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """Something about a department that is worth a second look; texts are Chinese.

    ``field``: the id of what it is about, ``value`` what it is and ``usual`` what it is beside, as
    decimal strings where they are numbers.
    """

    kind: HintKind
    unit_code: str
    unit_name: str
    path: str
    sheet: str = ""
    cell: str = ""
    field: str = ""
    value: str = ""
    usual: str = ""
    message: str
    advice: str


def hints(
    standard: Standard, departments: Sequence[Department], comparison: Comparison | None
) -> tuple[Hint, ...]:
    """All hints, by kind; within a kind the weightiest first, or in the order of departments."""
    found = list(map(_apart, comparison.apart)) if comparison else []
    found += (hint for item in departments for hint in _of_one(standard, item))
    found += _same(departments)
    order = {kind: place for place, kind in enumerate(HINT_NAMES)}
    return tuple(sorted(found, key=lambda hint: order[hint.kind]))


def value_in_words(value: Fraction, shown: str) -> str:
    """A compared value: a share in percent, else 万元."""
    return percent(value) if shown == "share" else f"{amount(value)} 万元"


def _apart(one: Apart) -> Hint:
    what, spread = one.spread.what, one.spread
    assert spread.middle is not None
    assert spread.deviation is not None
    usual = max(spread.deviation, what.least)
    times = amount(Fraction(round(one.times * 10), 10))
    side = "高于" if one.value > spread.middle else "低于"
    return _hint(
        "apart",
        one.item,
        field=what.id,
        at=what.at,
        value=plain(one.value),
        usual=plain(spread.middle),
        message=(
            f"{what.label}为 {value_in_words(one.value, what.shown)}，{side}同类（{spread.group}，"
            f"{spread.count} 个）的中位数 {value_in_words(spread.middle, what.shown)}，"
            f"相差是通常离散程度 {value_in_words(usual, what.shown)} 的 {times} 倍"
        ),
        advice="请核对有关数据和口径，情况属实的请单位说明原因。",
    )


def _of_one(standard: Standard, item: Department) -> Iterator[Hint]:
    scores = item.record.scores.values()
    own = [(number(score.self), Fraction(score.weight)) for score in scores]
    if own and all(points == weight for points, weight in own):
        yield _hint(
            "all-full",
            item,
            value=item.record.total.self or "" if item.record.total else "",
            message=f"{len(own)} 项指标自评全部满分",
            advice="请重点核对佐证材料，列入抽查。",
        )
    amounts = [value for field in _amounts(standard) if (value := item.fact(field))]
    if len(amounts) >= _ROUND and all(value.denominator == 1 for value in amounts):
        yield _hint(
            "all-round",
            item,
            value=str(len(amounts)),
            message=f"填报的 {len(amounts)} 个金额全部是整万元，没有一个带小数",
            advice="决算数通常不会全是整数，请对照决算报表核实。",
        )
    if standard.peers is not None:
        for suspect in standard.peers.suspects:
            if _holds(standard, item, suspect):
                yield _hint(
                    "suspect",
                    item,
                    field=suspect.id,
                    at=suspect.at,
                    sheet=sheet_of(standard, suspect.at),
                    value=item.record.facts.get(suspect.at, ""),
                    message=f"{suspect.label}：{suspect.message}",
                    advice=suspect.advice,
                )
        by_id = {one.id: one for one in standard.peers.rows}
        for rows in item.doubted:
            if rows.suspect in by_id:
                yield _of_rows(item, rows, by_id[rows.suspect])


def _of_rows(item: Department, found: RowsDoubted, suspect: RowSuspect) -> Hint:
    more = f"等 {found.rows} 项" if found.rows > 1 else ""
    return _hint(
        "suspect",
        item,
        field=suspect.id,
        sheet=found.sheet,
        cell=found.cell,
        value=str(found.rows),
        message=f"{suspect.label}：“{found.name}”{more}，{suspect.message}",
        advice=suspect.advice,
    )


def _amounts(standard: Standard) -> list[str]:
    single = [one.id for one in standard.inputs if one.type == "money"]
    return single + [
        grid.field(row, column)
        for grid in money_grids(standard)
        for row in grid.rows
        for column in grid.columns
    ]


def _holds(standard: Standard, item: Department, suspect: Suspect) -> bool:
    facts = item.record.facts
    return (
        all(_shows(sign, quantity(standard, item, sign.of)) for sign in suspect.signs)
        and all(field in facts for field in suspect.filled)
        and not any(field in facts for field in suspect.blank)
    )


def _shows(sign: Sign, value: Fraction | None) -> bool:
    return (
        value is not None
        and (sign.at_least is None or value >= sign.at_least)
        and (sign.at_most is None or value <= sign.at_most)
    )


def _same(departments: Sequence[Department]) -> Iterator[Hint]:
    """Texts, and rows of own indicators, that stand word for word in workbooks of several units."""
    again = _repeated(text.digest for item in departments for text in item.texts)
    having: dict[tuple[bool, str], dict[str, tuple[Department, Text]]] = {}
    for item in departments:
        for text in item.texts:
            if text.digest in again:
                units = having.setdefault((text.row, text.digest), {})
                units.setdefault(_unit(item), (item, text))
    texts: dict[str, list[tuple[Department, Text, Sequence[Department]]]] = defaultdict(list)
    rows: dict[tuple[str, str], list[tuple[Department, Text, Department]]] = defaultdict(list)
    for (row, _), units in having.items():
        if len(units) < 2:
            continue
        sharing = [item for item, _ in units.values()]
        for unit, (item, text) in units.items():
            if not row:
                texts[unit].append((item, text, sharing))
            elif len(units) <= _HANDED_DOWN:
                for other in sharing:
                    if other is not item:
                        rows[unit, _unit(other)].append((item, text, other))
    yield from map(_same_texts, texts.values())
    yield from (_same_rows(found) for found in rows.values() if len(found) >= _ALIKE)


def _repeated(digests: Iterable[str]) -> set[str]:
    """Those that come more than once; of ten thousand workbooks' texts they are few."""
    met: set[str] = set()
    again: set[str] = set()
    for one in digests:
        (again if one in met else met).add(one)
    return again


def _same_rows(rows: Sequence[tuple[Department, Text, Department]]) -> Hint:
    """The rows that a unit shares with another."""
    item, text, other = rows[0]
    named = "、".join(f"“{one.start}”" for _, one, _ in rows[:_NAMED])
    return _hint(
        "same-rows",
        item,
        sheet=text.sheet,
        cell=text.cell,
        value=str(len(rows)),
        usual=other.code,
        message=f"“{text.what}”有 {len(rows)} 项与{_called(other)}的名称、指标值、完成情况"
        f"完全相同，如{named}",
        advice="请核实是否照抄，指标是否与本单位职责有关。",
    )


def _same_texts(found: Sequence[tuple[Department, Text, Sequence[Department]]]) -> Hint:
    """The texts of a unit that others have too, those of the same others together."""
    item, first, _ = found[0]
    together: dict[tuple[str, ...], list[Text]] = defaultdict(list)
    sharing = {}
    for _, text, units in found:
        key = tuple(map(_unit, units))
        together[key].append(text)
        sharing[key] = units
    told = []
    for key, texts in list(together.items())[:_NAMED]:
        named = "、".join(f"“{one.what}”{one.cell}" for one in texts)
        told.append(f"{named}（“{texts[0].start}”）与{_others(item, sharing[key])}相同")
    return _hint(
        "same-text",
        item,
        sheet=first.sheet,
        cell=first.cell,
        value=str(len(found)),
        message=f"{len(found)} 段文字与别的单位逐字相同：{'；'.join(told)}",
        advice="请核实是否照抄，内容是否符合本单位实际。",
    )


def _others(item: Department, sharing: Sequence[Department]) -> str:
    """The other units that have a text: ``甲局、乙局等 5 个单位``."""
    others = [one for one in sharing[: _NAMED + 1] if one is not item][:_NAMED]
    more = f"等 {len(sharing) - 1} 个单位" if len(sharing) - 1 > _NAMED else ""
    return "、".join(map(_called, others)) + more


def _unit(item: Department) -> str:
    return item.code or item.record.path


def _called(item: Department) -> str:
    return item.name or item.code or "（未填名称的单位）"


def _hint(kind: HintKind, item: Department, *, at: str = "", **more: str) -> Hint:
    otherwise = (more.pop("sheet", ""), more.pop("cell", ""))
    sheet, cell = item.cells.get(at, otherwise)
    return Hint(
        kind=kind,
        unit_code=item.code,
        unit_name=item.name,
        path=item.record.path,
        sheet=sheet,
        cell=cell,
        **more,
    )
