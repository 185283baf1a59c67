"""IN, third part: rows that say they are measured one way and are filled in for another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from workbook_tools.checks.case import Case, Slot, cell_of
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.checks.words import quoted
from workbook_tools.standard.tables import Achievement, Column, Table
from workbook_tools.submission.model import Row


class OtherNature(msgspec.Struct, frozen=True):
    """A row of which all is there for another nature than its own, and nothing for its own."""

    table: Table
    measure: Achievement
    row: Row
    lacks: Sequence[Column]
    """The columns that its own nature asks for and that are blank."""
    holds: Sequence[str]
    """The columns by which it would be measured otherwise."""

    def slot(self, column: str) -> Slot:
        """The cell of the row in a column."""
        return cell_of(self.table, self.row, column)


def of_other_nature(table: Table, row: Row) -> OtherNature | None:
    """What a row lacks and holds, where one wrong choice explains it; None where none does."""
    for measure in table.row_measures:
        if isinstance(measure, Achievement):
            kind = row.entries[measure.by].value
            numbers, words = [measure.target, measure.actual], [measure.degree]
            asked, holds = (words, numbers) if kind == measure.qualitative else (numbers, words)
            empty = all(row.entries[one].blank for one in asked)
            if kind and empty and all(row.entries[one].number is not None for one in holds):
                lacks = [
                    one
                    for one in table.columns
                    if row.entries[one.id].blank
                    and any(condition.column == measure.by for condition in one.needed_when)
                ]
                return OtherNature(table, measure, row, lacks, holds)
    return None


def is_told_elsewhere(slot: Slot) -> bool:
    """Whether a blank cell is told with what explains it: the choice (IN218), or a moved goal."""
    if slot.table is None or slot.row is None:
        return False
    found = of_other_nature(slot.table, slot.row)
    if found is not None and slot.spec in found.lacks:
        return True
    cells = (cell_of(slot.table, slot.row, one.id) for one in slot.table.columns)
    goals = (goal for one in cells if (goal := place_of_goal(one)) is not None)
    return any(goal.spec is slot.spec for goal in goals)


def is_target(slot: Slot) -> bool:
    """Whether the cell is what a row is measured against."""
    return any(one.target == slot.spec.id for one in _achievements(slot))


def place_of_goal(slot: Slot) -> Slot | None:
    """The blank cell for the words that a qualitative row has where the number of others stands."""
    for measure in _achievements(slot):
        assert slot.table is not None
        assert slot.row is not None
        qualitative = slot.row.entries[measure.by].value == measure.qualitative
        words = slot.entry.problem == "not-a-number" and not slot.entry.suggestion
        if slot.spec.id == measure.target and qualitative and words:
            for one in slot.table.columns:
                asked = any(condition.column == measure.by for condition in one.needed_when)
                if one.type == "text" and asked and slot.row.entries[one.id].blank:
                    return cell_of(slot.table, slot.row, one.id)
    return None


def _achievements(slot: Slot) -> Sequence[Achievement]:
    if slot.table is None or slot.row is None:
        return ()
    return [one for one in slot.table.row_measures if isinstance(one, Achievement)]


@raises(
    code="IN218",
    name="nature-contradicts-row",
    severity="error",
    title="指标性质与所填内容不符",
    why="定量指标按指标值和实际完成值计算，定性指标按完成档次和达成程度计算；"
    "选了一种、填了另一种，这一行就无法计算。",
    fix="请改选与所填内容相符的指标性质；性质没有选错的，请补填该性质要求的各栏。",
    example="“群众办事便利程度”填了达成程度 90%，指标性质却选“≥”，应选“定性”。",
)
def nature_contradicts_row(case: Case) -> Iterator[Finding]:
    """A row whose nature was chosen wrongly, told once instead of at each cell that it lacks."""
    for table in case.standard.tables:
        for row in case.submission.counted_rows(table.id):
            if (found := of_other_nature(table, row)) is not None:
                yield _told(case, found)


def _told(case: Case, found: OtherNature) -> Finding:
    by = found.slot(found.measure.by)
    assert isinstance(by.spec, Column)
    own = found.row.entries[found.measure.by].raw
    qualitative = found.measure.qualitative
    others = [one for one in map(str, by.spec.choices) if one != own and qualitative in (one, own)]
    lacks = [found.slot(one.id) for one in found.lacks]
    needed_by = tuple(dict.fromkeys(one for slot in lacks for one in case.needed_by(slot)))
    holds = "和".join(_named(found.slot(one)) for one in found.holds)
    return make_at(
        by,
        "nature-contradicts-row",
        f"为“{own}”，而这一行填的是{holds}{case.uncomputed(needed_by)}。"
        f"多半应选{_any_of([quoted(one) for one in others])}；确是“{own}”的，"
        f"请补填{'、'.join(map(_named, lacks))}。",
        expected=_any_of(others),
        actual=own,
    )


def _named(slot: Slot) -> str:
    return f"{slot.spec.label}（{slot.entry.cell}）"


def _any_of(words: Sequence[str]) -> str:
    return "或".join(filter(None, ("、".join(words[:-1]), words[-1])))
