"""What a standard whose indicators are a table's rows calls the parts that forms have too."""

from __future__ import annotations

from typing import NamedTuple

from workbook_tools.importing.forms.words import core, meanings
from workbook_tools.importing.wording import plain
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import own_rows
from workbook_tools.standard.tables import Achievement, Classify, Column, Table

_LEVEL_ENDS = "指标"


class OwnColumns(NamedTuple):
    """The table of own indicators: its columns by the part that they play, and how rows are told.

    ``classes``: by choice of the second level, the first level that it belongs to.
    """

    table: Table
    measure: Achievement
    classes: dict[str, str]
    name_column: str
    second_column: str
    points_column: str
    own_column: str
    reason_column: str
    unit_column: str
    goal_column: str

    def second(self, first: str, second: str) -> str | None:
        """The choice that a form's 二级 is, beneath its 一级 (both plain); None for none."""
        means = meanings("choices")
        known = {_level(one): one for one in self.classes}
        choice = known.get(_level(second)) or known.get(_level(plain(means.get(core(second), ""))))
        if choice is None or (first and _level(self.classes[choice]) != _level(first)):
            return None
        return choice

    def is_first(self, name: str) -> bool:
        """Whether a plain name is one of the first level."""
        return _level(name) in {_level(one) for one in self.classes.values()}


def own_columns(standard: Standard) -> OwnColumns | None:
    """The table of own indicators that forms of the 10/50/30/10 kind fill; None without one.

    Such a standard scores rows against a target in the direction that each row names.
    """
    for table in standard.tables:
        rules = [rule for _, rule in own_rows(standard, table.id)]
        measures = {one.id: one for one in table.row_measures if isinstance(one, Achievement)}
        if not rules or rules[0].of not in measures or not rules[0].group:
            continue
        rule, measure = rules[0], measures[rules[0].of]
        columns = {one.id: one for one in table.columns}
        classes = _classes(table, columns[rule.group])
        if measure.by == measure.direction and measure.tier and classes:
            return OwnColumns(
                table,
                measure,
                classes,
                table.named_by.id,
                rule.group,
                rule.points,
                rule.own,
                rule.reason,
                _unit(table),
                _goal(table, measure),
            )
    return None


def _classes(table: Table, group: Column) -> dict[str, str]:
    """The first level of each choice of the second, by the cases that sort rows."""
    found: dict[str, str] = {}
    for measure in table.row_measures:
        if not isinstance(measure, Classify) or measure.asked != (group.id,):
            continue
        for choice in map(str, group.choices):
            found[choice] = next(
                case.then
                for case in measure.cases
                if all(choice in one.values for one in case.when)
            )
    return found


def _unit(table: Table) -> str:
    words = {core(one) for one in ("计量单位", "度量单位")}
    return next((one.id for one in table.columns if core(one.label) in words), "")


def _goal(table: Table, measure: Achievement) -> str:
    """The column for a target in words."""
    return next(
        (
            one.id
            for one in table.columns
            if one.type == "text"
            and any(
                when.column == measure.by and measure.qualitative in when.values
                for when in one.needed_when
            )
        ),
        "",
    )


def _level(name: str) -> str:
    core_name = plain(name)
    return core_name.removesuffix(_LEVEL_ENDS) or core_name
