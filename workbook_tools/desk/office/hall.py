"""What may be done with rounds, departments and their workbooks, and in which state."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
from anyio import CapacityLimiter

from workbook_tools.assessment.outcomes import Outcome, assess_file, lost
from workbook_tools.consolidation import Consolidation, consolidate_records
from workbook_tools.desk.issuing import write_all
from workbook_tools.desk.making import Making
from workbook_tools.desk.office.database import DATABASE
from workbook_tools.desk.office.delivery import Delivery
from workbook_tools.desk.office.originals import ORIGINALS, Originals
from workbook_tools.desk.office.store import (
    BUREAU,
    ROUND_STATES,
    ReportingRound,
    RoundState,
    Store,
    Unit,
    Version,
    now,
)
from workbook_tools.desk.products import Original
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.works import Work
from workbook_tools.figures import day as in_words
from workbook_tools.files.names import safe_name
from workbook_tools.intake.roster import Roster, read_roster
from workbook_tools.running.bounds import Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard, load_standard

_NEXT: Mapping[RoundState, tuple[RoundState, ...]] = {
    "preparing": ("open",),
    "open": ("closed",),
    "closed": ("open", "final"),
    "final": (),
}
"""The states that may follow."""
_WORKBOOK = ".xlsx"
_SHORT = 0.5  # seconds of the processor; most workbooks take less than a fifth of one
_MOST_WAITING = 64  # uploads


class Hall(Making):
    """The desk of a bureau over a folder of data."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self.store = Store(data / DATABASE)
        super().__init__()
        self.originals = Originals(data / ORIGINALS)
        self.uploads = CapacityLimiter(_MOST_WAITING)
        """Uploads of departments that wait for their turn at a time, each in a thread."""
        self._short = threading.BoundedSemaphore(self.workroom.processes - 2)
        self._long = threading.Lock()
        self.deliveries: dict[str, Delivery] = {}
        """By id: what was brought on sticks since the start. What was taken in is in the store."""
        self._busy: set[int] = set()
        self._lock = threading.Lock()

    def close(self) -> None:
        """End what is under way; what was acknowledged is in the folder of data."""
        super().close()
        self.store.close()

    def new_round(self, title: str, standard: Standard, roster: Path, work: Work) -> str:
        """Begin a round with a template per department; gives the address of its board."""
        listed: Roster = self.workroom.do(read_roster, roster, standard)
        folder = self.new_folder()
        made = write_all(listed, standard, folder, self.workroom, work)
        units = [
            ("-".join((row.unit_code, *row.subject)), row.unit_name, row.contact, _kept(self, one))
            for row, one in zip(listed.rows, (issue.target for issue in made), strict=True)
        ]
        with roster.open("rb") as stream:
            kept = self.originals.keep(stream, roster.suffix.lower())
        with self.store.change(BUREAU, f"建立“{title}”") as database:
            cursor = database.execute(
                "INSERT INTO round (title, standard, roster, state) VALUES (?, ?, ?, 'preparing')",
                (title, standard.id, kept),
            )
            database.executemany(
                "INSERT INTO unit (round, code, name, contact, template) VALUES (?, ?, ?, ?, ?)",
                [(cursor.lastrowid, *unit) for unit in units],
            )
        return f"/bureau/rounds/{cursor.lastrowid}"

    def move_round(self, round: ReportingRound, state: str) -> None:
        """Open, close or finish a round. Raises DeskRefused where that may not follow."""
        told = {str(one): ROUND_STATES[one] for one in _NEXT[round.state]}.get(state)
        if told is None:
            raise DeskRefused("现在不能这样做：请看这一轮所处的阶段。")
        with self.store.change(BUREAU, f"进入“{told}”阶段", round=round.id) as database:
            database.execute("UPDATE round SET state = ? WHERE id = ?", (state, round.id))

    def set_until(self, round: ReportingRound, day: datetime.date | None) -> None:
        """Say by when departments are asked to hand in; it closes nothing. Raises DeskRefused."""
        if round.state == "final":
            raise DeskRefused("本轮已经定稿，不再改截止日期。")
        what = f"截止日期定为{in_words(day)}" if day else "截止日期取消"
        with self.store.change(BUREAU, what, round=round.id) as database:
            until = day.isoformat() if day else ""
            database.execute("UPDATE round SET until = ? WHERE id = ?", (until, round.id))

    def next_states(self, round: ReportingRound) -> Sequence[RoundState]:
        """What may follow."""
        return _NEXT[round.state]

    def has_begun(self, unit: Unit) -> bool:
        """Whether a department's round has been opened to the departments."""
        return self._round_of(unit).state != "preparing"

    def may_send(self, round: ReportingRound, unit: Unit) -> bool:
        """Whether a department may upload and hand in: while open, or to cure what came back."""
        sends = unit.state in ("nothing", "trying", "returned")
        return sends and (round.state == "open" or (round.state == "closed" and unit.reason != ""))

    def upload(
        self, unit: Unit, name: str, stream: IO[bytes], *, by: str, read: Outcome | None = None
    ) -> Version:
        """Keep and read a workbook. Raises DeskRefused where it may not be, or cannot be read.

        A file that cannot be read is kept too, but is no version and replaces none. ``read``: what
        came of it where it has been read already.
        """
        round = self._round_of(unit)
        if by != BUREAU and not self.may_send(round, unit):
            raise DeskRefused("现在不能上传：不在开放时间内，或者已经提交、收下。请联系财政局。")
        if by == BUREAU and (round.state == "final" or unit.state in ("handed", "taken")):
            raise DeskRefused("这个单位已经提交或者收下。要换成另一份，请先退回。")
        with self._alone(unit):
            content = self.originals.keep(stream, _WORKBOOK)
            path = self.originals.path(content)
            outcome = read or (self.read if by == BUREAU else self._in_turn)(path, name)
            if outcome.record.status == "refused":
                with self.store.change(by, f"上传了无法读取的文件 {name}", unit=unit.id):
                    pass
                raise DeskRefused(outcome.record.findings[0].message)
            return self._versioned(unit, name, content, outcome, by)

    def _versioned(self, unit: Unit, name: str, content: str, outcome: Outcome, by: str) -> Version:
        packed = msgspec.msgpack.encode(outcome)
        number = max((one.number for one in self.store.versions(unit.id)), default=0) + 1
        what = f"上传第 {number} 版：{name}"
        with self.store.change(by, what, round=unit.round, unit=unit.id) as database:
            at = now()
            cursor = database.execute(
                "INSERT INTO version (unit, number, at, name, content, outcome) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (unit.id, number, at, name, content, packed),
            )
            database.execute("UPDATE unit SET state = 'trying' WHERE id = ?", (unit.id,))
        assert cursor.lastrowid is not None
        return Version(cursor.lastrowid, unit.id, number, at, name, content, packed)

    @contextmanager
    def _alone(self, unit: Unit) -> Iterator[None]:
        """One upload of a department at a time."""
        with self._lock:
            if unit.id in self._busy:
                raise DeskRefused("上一份还在核对，请稍候再传。")
            self._busy.add(unit.id)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(unit.id)

    def _in_turn(self, path: Path, name: str) -> Outcome:
        """What comes of a department's workbook; one process is left to the bureau.

        What takes long to read, or failed as only this machine may fail, is read once more with all
        the time that it may take, one after the other: whoever sends such files holds up nobody.
        """
        with self._short:
            short = msgspec.structs.replace(self.workroom.bounds, processor=_SHORT)
            outcome = self.read(path, name, short)
        if not outcome.lasting:
            with self._long:
                outcome = self.read(path, name)
        return outcome

    def read(self, path: Path, name: str, bounds: Bounds | None = None) -> Outcome:
        """What comes of a workbook, read in a worker; ``name`` is that by which people know it."""
        done: Outcome | Lost = self.workroom.workers.run_one(
            assess_file, path, name, None, bounds or self.workroom.bounds
        )
        return lost(path, name, done) if isinstance(done, Lost) else done

    def outcome(self, version: Version) -> Outcome:
        """What came of a version; read again where another version of this program wrote it."""
        try:
            return msgspec.msgpack.decode(version.outcome, type=Outcome)
        except msgspec.MsgspecError:
            return self.read(self.originals.path(version.content), version.name)

    def hand_in(self, unit: Unit, version: Version, *, by: str) -> None:
        """A department's word that this version is its report. Raises DeskRefused."""
        round = self._round_of(unit)
        allowed = self.may_send(round, unit) or (by == BUREAU and round.state != "final")
        if unit.state != "trying" or not allowed:
            raise DeskRefused("现在不能提交：不在开放时间内，或者已经提交、收下。")
        what = f"提交第 {version.number} 版"
        with self.store.change(by, what, round=unit.round, unit=unit.id) as database:
            database.execute(
                "UPDATE unit SET state = 'handed', handed = ?, reason = '' WHERE id = ?",
                (version.id, unit.id),
            )

    def take(self, unit: Unit) -> None:
        """The bureau takes in what was handed in. Raises DeskRefused."""
        if unit.state != "handed":
            raise DeskRefused("这个单位还没有提交，或者已经收下。")
        with self.store.change(BUREAU, "收下", round=unit.round, unit=unit.id) as database:
            database.execute("UPDATE unit SET state = 'taken' WHERE id = ?", (unit.id,))

    def send_back(self, unit: Unit, reason: str) -> None:
        """The bureau sends it back, and says why. Raises DeskRefused."""
        if not reason.strip():
            raise DeskRefused("请写明退回的理由，单位会看到它。")
        if unit.state not in ("handed", "taken") or self._round_of(unit).state == "final":
            raise DeskRefused("现在不能退回：没有已提交的自评表，或者本轮已经定稿。")
        reason = reason.strip()
        number = next(one.number for one in self.store.versions(unit.id) if one.id == unit.handed)
        what = f"退回第 {number} 版：{reason}"
        with self.store.change(BUREAU, what, round=unit.round, unit=unit.id) as database:
            database.execute("UPDATE version SET returned = ? WHERE id = ?", (reason, unit.handed))
            database.execute(
                "UPDATE unit SET state = 'returned', handed = NULL, reason = ? WHERE id = ?",
                (reason, unit.id),
            )

    def _round_of(self, unit: Unit) -> ReportingRound:
        round = self.store.round(unit.round)
        assert round is not None
        return round

    def original(self, unit: Unit, version: Version) -> Original:
        """What files are made of, under the department's name."""
        return Original(self.originals.path(version.content), file_name(unit))

    def reported(self, round: ReportingRound) -> list[tuple[Unit, Version]]:
        """The departments that handed in, with what they did."""
        latest = self.store.latest(round.id)
        return [
            (unit, latest[unit.id])
            for unit in self.store.units(round.id)
            if unit.state in ("handed", "taken")
        ]

    def put_together(
        self, round: ReportingRound, folder: Path, copies: Mapping[str, str]
    ) -> Consolidation:
        """What was handed in as a round, for a summary in ``folder``."""
        outcomes = []
        for unit, version in self.reported(round):
            outcome = self.outcome(version)
            name = file_name(unit)
            record = msgspec.structs.replace(
                outcome.record, path=str(folder / name), annotated=copies.get(name)
            )
            outcomes.append(msgspec.structs.replace(outcome, record=record))
        standard = load_standard(round.standard)
        return consolidate_records(outcomes, standard=standard, roster=self.roster_of(round))

    def roster_of(self, round: ReportingRound) -> Roster:
        """The roster that a round was begun with."""
        path = self.originals.path(round.roster)
        listed: Roster = self.workroom.do(read_roster, path, load_standard(round.standard))
        return listed


def file_name(unit: Unit) -> str:
    """What a department's workbook is called among those of all."""
    return safe_name(f"{unit.code} {unit.name}") + _WORKBOOK


def _kept(hall: Hall, template: Path) -> str:
    with template.open("rb") as stream:
        return hall.originals.keep(stream, _WORKBOOK)
