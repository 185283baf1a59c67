"""What a row aimed at and reached: direction, numbers and unit apart, as the template has them."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.own_columns import OwnColumns
from workbook_tools.importing.forms.targets import MONEY, PERCENT, Quantity, is_in_words, quantity
from workbook_tools.importing.forms.words import meanings
from workbook_tools.importing.wording import plain
from workbook_tools.standard.inputs import Value

_SAME = {"=": "＝", "==": "＝"}


class Measured:
    """One row's target and actual value; ``name``: its indicator, for what is listed."""

    def __init__(self, own: OwnColumns, entries: Entries, name: str) -> None:
        self._own, self._entries, self._name = own, entries, name
        self._told: dict[str, tuple[Value, Source]] = {}

    def of(self, cells: Mapping[str, DocumentCell | None]) -> dict[str, tuple[Value, Source]]:
        """The entries for the columns target, actual, nature and unit that the form filled."""
        target, actual = cells["target"], cells["actual"]
        nature, unit = self._nature(cells["nature"]), self._unit(cells["unit"])
        if target is None:
            if actual is not None:
                self._refuse(actual, "没有年度指标值，没有填实际完成值。")
            return self._told
        aimed = quantity(target.text)
        if aimed is not None:
            aimed = _with_unit(aimed, unit)
        may_be_words = aimed is None and nature in ("", self._own.measure.qualitative)
        if may_be_words and is_in_words(target.text):
            self._in_words(target, actual)
            return self._told
        if aimed is None or nature == self._own.measure.qualitative:
            self._refuse(target, "看不出指标值的数、单位和方向，没有填。")
            if actual is not None:
                self._refuse(actual, "年度指标值没有读出，没有填实际完成值。")
            return self._told
        self._in_numbers(target, aimed, nature)
        if actual is not None:
            self._reached(actual, aimed, unit)
        return self._told

    def _in_numbers(self, target: DocumentCell, aimed: Quantity, nature: str) -> None:
        measure = self._own.measure
        ways = {"at_least": measure.higher, "at_most": measure.lower, "equal": measure.equal}
        written = ways[aimed.direction] if aimed.direction else ""
        source = Source(target.place, f"{self._name} … {target.text}")
        if nature and written and nature != written:
            self._refuse(target, "指标性质与指标值前的符号不同，没有填指标性质。")
            del self._told[measure.by]
        elif written:
            self._told[measure.by] = written, source
        elif not nature:
            self._refuse(target, "没有写明方向（≥、≤ 或 ＝），请选择指标性质。")
        self._told[measure.target] = aimed.value, source
        if aimed.unit and self._own.unit_column:
            self._told.setdefault(self._own.unit_column, (aimed.unit, source))

    def _reached(self, actual: DocumentCell, aimed: Quantity, unit: str) -> None:
        """The number reached, where it is in the unit of the target beyond doubt."""
        reached = quantity(actual.text)
        if reached is None or reached.direction is not None:
            self._refuse(actual, "不是一个数，没有填实际完成值。")
            return
        scaled = aimed.unit == PERCENT or aimed.unit in MONEY
        if not reached.unit and (not scaled or unit):
            reached = _with_unit(reached, aimed.unit)
        if reached is None or reached.unit != aimed.unit:
            self._refuse(actual, "与年度指标值的单位不同或没有写明，没有填实际完成值。")
            return
        source = Source(actual.place, f"{self._name} … {actual.text}")
        self._told[self._own.measure.actual] = reached.value, source

    def _in_words(self, target: DocumentCell, actual: DocumentCell | None) -> None:
        measure = self._own.measure
        source = Source(target.place, f"{self._name} … {target.text}")
        self._told[measure.by] = measure.qualitative, source
        if self._own.goal_column:
            self._told[self._own.goal_column] = target.text, source
        if actual is None:
            return
        tier = meanings("tiers").get(plain(actual.text))
        if tier in {one.name for one in measure.tiers}:
            words = Source(actual.place, f"{self._name} … {actual.text}")
            self._told[measure.tier] = str(tier), words
            self._refuse(actual, "定性指标没有写明达成程度，请填写百分比。")
        else:
            self._refuse(actual, "没有写明完成档次，请选择完成档次并填写达成程度。")

    def _nature(self, cell: DocumentCell | None) -> str:
        """What a column of its own says of the direction; "" for nothing."""
        if cell is None:
            return ""
        measure = self._own.measure
        words = "".join(cell.text.split())
        known = {measure.higher, measure.lower, measure.equal, measure.qualitative}
        found = _SAME.get(words, words)
        if found in known:
            source = Source(cell.place, f"{self._name} … {cell.text}")
            self._told[measure.by] = found, source
            return found
        self._refuse(cell, "不是评分标准中的指标性质，没有填。")
        return ""

    def _unit(self, cell: DocumentCell | None) -> str:
        if cell is None:
            return ""
        text = "".join(cell.text.split()).replace("％", PERCENT)
        if self._own.unit_column:
            source = Source(cell.place, f"{self._name} … {cell.text}")
            self._told[self._own.unit_column] = text, source
        return text

    def _refuse(self, cell: DocumentCell, reason: str) -> None:
        self._entries.refuse(Source(cell.place, f"{self._name} … {cell.text}"), reason)


def _with_unit(aimed: Quantity, unit: str) -> Quantity | None:
    """The quantity in the unit of its column; None where it names another itself.

    0.95 beside a unit of % may be 95 % or 0.95 %.
    """
    if not unit or aimed.unit == unit:
        return aimed
    is_doubtful = unit == PERCENT and 0 < aimed.number <= 1
    return None if aimed.unit or is_doubtful else aimed._replace(unit=unit)
