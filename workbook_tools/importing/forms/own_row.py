"""What a row of a table of own indicators aimed at and reached (个性指标 beside a score table)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.targets import MONEY, PERCENT, Quantity, is_in_words, quantity
from workbook_tools.importing.forms.words import core
from workbook_tools.importing.wording import plain
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import own_rows
from workbook_tools.standard.inputs import Value
from workbook_tools.standard.tables import Achievement, Column, Table

_LEVEL_ENDS = "指标"


class OwnTable(NamedTuple):
    """The table, how its rows are measured, and the column that says which class each is of."""

    table: Table
    measure: Achievement
    group: Column

    def choice(self, text: str) -> str | None:
        """The class that words of a form name, with 指标 behind it or not."""
        name = plain(text).removesuffix(_LEVEL_ENDS)
        return next((str(one) for one in self.group.choices if plain(str(one)) == name), None)

    def column(self, label: str) -> str:
        """The column of a label; "" for none."""
        return next((one.id for one in self.table.columns if core(one.label) == core(label)), "")


def own_table(standard: Standard) -> OwnTable | None:
    """The standard's table of own indicators that are told apart by classes; None without one."""
    for table in standard.tables:
        measures = [one for one in table.row_measures if isinstance(one, Achievement)]
        if len(measures) != 1 or own_rows(standard, table.id):
            continue
        [measure] = measures
        known = {measure.by, measure.direction, measure.tier}
        groups = [one for one in table.columns if one.type == "choice" and one.id not in known]
        if len(groups) == 1 and measure.by != measure.direction:
            return OwnTable(table, measure, groups[0])
    return None


class OwnRowCells:
    """What the cells of a row (by what their columns hold) say surely, by column of the table."""

    def __init__(
        self, own: OwnTable, entries: Entries, name: str, cells: Mapping[str, DocumentCell]
    ) -> None:
        self._own, self._entries, self._name, self._cells = own, entries, name, cells
        self._found: dict[str, tuple[Value, Source]] = {}

    def entries(self) -> dict[str, tuple[Value, Source]]:
        """The entries of the row; what is not certain is listed."""
        target, measure = self._cells.get("target"), self._own.measure
        self._put_text("unit", self._own.column("计量单位"))
        self._put_text("evidence", self._own.column("佐证材料"))
        aimed = quantity(target.text) if target is not None else None
        unit = "".join(self._cells["unit"].text.split()) if "unit" in self._cells else ""
        nature = plain(self._cells["nature"].text) if "nature" in self._cells else ""
        is_words = target is not None and is_in_words(target.text)
        if target is not None and aimed is not None and nature in ("", measure.quantitative):
            self._in_numbers(target, aimed, unit.replace("％", PERCENT))
        elif (is_words or target is None) and nature in ("", measure.qualitative):
            self._in_words(is_words or nature == measure.qualitative)
        else:
            self._refuse_all("指标值与指标性质不符，或看不出数、单位和方向，没有填。")
        return self._found

    def _put_text(self, kind: str, column: str) -> None:
        if kind in self._cells and column:
            self._put(column, "".join(self._cells[kind].text.split("\n")).strip(), kind)

    def _put(self, column: str, value: Value, kind: str) -> None:
        cell = self._cells[kind]
        self._found[column] = value, Source(cell.place, f"{self._name} … {cell.text}")

    def _in_numbers(self, target: DocumentCell, aimed: Quantity, unit: str) -> None:
        measure, unit_column = self._own.measure, self._own.column("计量单位")
        if aimed.unit and unit and aimed.unit != unit:
            self._refuse_all("指标值的单位与计量单位一栏不同，没有填。")
            return
        if unit == PERCENT and not aimed.unit and 0 < aimed.number <= 1:
            self._refuse_all("看不出是比率还是百分数，没有填。")
            return
        unit = aimed.unit or unit
        if unit and unit_column not in self._found:
            self._put(unit_column, unit, "target")
        self._put(measure.by, measure.quantitative, "target")
        self._put(measure.target, aimed.number, "target")
        self._direction(target, aimed)
        if "actual" not in self._cells:
            return
        reached = quantity(self._cells["actual"].text)
        certain = unit not in {PERCENT, *MONEY} or "unit" in self._cells
        if reached is None or reached.direction is not None:
            self._refuse("actual", "不是一个数，没有填实际值。")
        elif reached.unit != unit and (reached.unit or not certain):
            self._refuse("actual", "与目标值的单位不同或没有写明，没有填实际值。")
        elif unit == PERCENT and not reached.unit and 0 < reached.number <= 1:
            self._refuse("actual", "看不出是比率还是百分数，没有填。")
        else:
            self._put(measure.actual, reached.number, "actual")

    def _direction(self, target: DocumentCell, aimed: Quantity) -> None:
        measure = self._own.measure
        ways = {"at_least": measure.higher, "at_most": measure.lower}
        by_sign = ways.get(aimed.direction or "", "")
        cell = self._cells.get("direction")
        said = next(
            (one for one in ways.values() if cell is not None and plain(cell.text) == plain(one)),
            "",
        )
        if (cell is not None and not said) or (by_sign and said and by_sign != said):
            self._refuse("direction", "不是评分标准中的指标方向，或与指标值前的符号不同，没有填。")
        elif said or by_sign:
            self._put(measure.direction, said or by_sign, "direction" if said else "target")
        else:
            self._refuse("target", "没有写明方向（越大越好还是越小越好），请选择指标方向。")

    def _in_words(self, said: bool) -> None:
        """A target in words: how far it was reached is certain only as a percentage."""
        if not said:
            self._refuse_all("没有写明目标值，没有填。")
            return
        measure = self._own.measure
        self._put(
            measure.by, measure.qualitative, "nature" if "nature" in self._cells else "target"
        )
        degree = self._cells.get("degree")
        reached = quantity(degree.text) if degree is not None else None
        if reached is not None and reached.unit == PERCENT and reached.direction is None:
            self._put(measure.degree, reached.value, "degree")
        for kind in ("target", "actual", "degree"):
            if kind in self._cells and not (kind == "degree" and measure.degree in self._found):
                self._refuse(kind, "定性指标只填实现程度（百分比），这些文字没有填。")

    def _refuse_all(self, reason: str) -> None:
        for kind in ("nature", "direction", "target", "actual", "degree"):
            if kind in self._cells:
                self._refuse(kind, reason)

    def _refuse(self, kind: str, reason: str) -> None:
        cell = self._cells[kind]
        self._entries.refuse(Source(cell.place, f"{self._name} … {cell.text}"), reason)
