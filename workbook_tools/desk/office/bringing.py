"""What the bureau takes in for departments: a stick's files, matched to units as a summary does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.consolidation.round.units import Identified, Units
from workbook_tools.desk.office.delivery import DeliveredFile, Delivery
from workbook_tools.desk.office.hall import Hall
from workbook_tools.desk.office.store import BUREAU, ReportingRound, Unit, now
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.unpacking import workbooks_in
from workbook_tools.desk.uploads import TooLarge
from workbook_tools.desk.works import Work
from workbook_tools.intake.sources import PassedOver

_SUPERSEDED = (
    "同一单位有多份，收了编码相符的、较新的一份（先比填报日期，再比文件时间），这一份没有收。"
)


class Bringing:
    """Takes in for a round what stands in a folder."""

    def __init__(self, hall: Hall, round: ReportingRound) -> None:
        self._hall, self._round = hall, round
        self._units = {one.code: one for one in hall.store.units(round.id)}
        self._known = Units(hall.roster_of(round))

    def take_in(self, folder: Path, left: Sequence[TooLarge], work: Work) -> Delivery:
        """Read each workbook below ``folder`` and hand it in for its unit.

        ``left``: files that were too large. Raises DeskRefused where the round has ended.
        """
        if self._round.state == "final":
            raise DeskRefused("本轮已经定稿，不再收件。")
        found = workbooks_in(folder, self._hall.new_folder(), self._hall.workroom)
        outcomes = []
        for number, path in enumerate(found.workbooks):
            work.progress(number, len(found.workbooks))
            # one at a time, so that departments who upload meanwhile are not kept waiting
            outcomes.append((path, self._hall.read(path, found.shown(path))))
        told = [
            *self._handed_in(outcomes),
            *map(self._refused, (one for _, one in outcomes if one.record.status == "refused")),
            *(DeliveredFile(str(one.path), one.reason + one.advice) for one in found.unreadable),
            *(DeliveredFile(one.name, one.reason) for one in left),
            *map(_passed_over, found.passed_over),
        ]
        if not told:
            raise DeskRefused("里面没有文件。请重新选择。")
        taken = sum(one.taken for one in told)
        what = f"代为收件：收进 {taken} 份，没有收 {len(told) - taken} 个文件"
        with self._hall.store.change(BUREAU, what, round=self._round.id):
            pass
        return Delivery(self._round.id, now(), tuple(sorted(told, key=lambda one: not one.taken)))

    def _handed_in(self, outcomes: Sequence[tuple[Path, Outcome]]) -> Iterator[DeliveredFile]:
        readable = {
            one.record.path: path for path, one in outcomes if one.record.status != "refused"
        }
        known = self._known.identify([one for _, one in outcomes if one.record.path in readable])
        newest: dict[str, Identified] = {}
        for one in sorted(known, key=lambda one: one.precedence):
            newest[_code(one)] = one
        for one in known:
            path = one.outcome.record.path
            unit = self._units.get(_code(one))
            if unit is None:
                yield DeliveredFile(path, _unknown(one))
            elif newest[unit.code] is not one and not one.outcome.blank:
                yield DeliveredFile(path, _SUPERSEDED, unit)
            else:
                yield self._one(unit, one, readable[path])

    def _one(self, unit: Unit, known: Identified, path: Path) -> DeliveredFile:
        shown, outcome = known.outcome.record.path, known.outcome
        if outcome.blank:
            return DeliveredFile(shown, "是没有填写的空白模板，没有收。", unit)
        if outcome.standard != self._round.standard:
            return DeliveredFile(
                shown, "用的是另一个评分标准的模板，没有收。请用本轮的模板填报。", unit
            )
        try:
            with path.open("rb") as stream:
                version = self._hall.upload(
                    unit,
                    Path(shown).name,
                    stream,
                    by=BUREAU,
                    read=outcome,
                )
            current = self._hall.store.unit(unit.id)
            assert current is not None
            self._hall.hand_in(current, version, by=BUREAU)
        except DeskRefused as refusal:
            return DeliveredFile(shown, str(refusal), unit)
        how = f"按{known.how}认定为这个单位，请核对。" if known.how else ""
        return DeliveredFile(
            shown, f"已收进，作为第 {version.number} 版提交。{how}", unit, taken=True
        )

    def _refused(self, outcome: Outcome) -> DeliveredFile:
        record = outcome.record
        row = self._known.guess(record.path)
        guessed = f"按文件名看是 {row.unit_code} {row.unit_name}。" if row else ""
        return DeliveredFile(record.path, f"{record.findings[0].message}{guessed}")


def _passed_over(file: PassedOver) -> DeliveredFile:
    return DeliveredFile(str(file.path), file.reason)


def _code(known: Identified) -> str:
    return "-".join((known.code, *known.outcome.record.subject))


def _unknown(known: Identified) -> str:
    record = known.outcome.record
    written = " ".join(filter(None, (record.unit_code, record.unit_name))) or "空白"
    return f"写的单位是“{written}”，不在本轮名册里，没有收。请核对；知道是谁的，请在其页面上收。"
