"""What was dropped in at one time: the files, what came of each workbook, and the round of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import Outcome, unopened
from workbook_tools.consolidation import Consolidation, consolidate_records, prevailing_standard
from workbook_tools.desk.products import Original
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.unpacking import workbooks_in
from workbook_tools.desk.uploads import TooLarge
from workbook_tools.desk.workroom import Workroom
from workbook_tools.desk.works import Work
from workbook_tools.intake.roster import Roster, read_roster
from workbook_tools.intake.sources import PassedOver, Sources
from workbook_tools.standard import Standard, load_standard

_TOGETHER = "本批文件"
"""What stands before a file's name in sentences that name its folder: ours mean nothing."""


class Taken(msgspec.Struct, frozen=True):
    """A workbook that was read: where it is, and what came of it; no path where it could not be."""

    path: Path | None
    outcome: Outcome

    @property
    def original(self) -> Original:
        """What files are made of. Raises DeskRefused where it could not be read."""
        if self.path is None:
            raise DeskRefused("这个文件无法读取，没有可以下载的结果。")
        return Original(self.path, self.outcome.record.path)


class Batch:
    """Files that were taken in together, below ``folder``, and what came of them.

    ``id`` is its number, given when it has been read; ``left``: files that were too large.
    Paths on record are those below the folder, as people know them (``报送.zip/农业局.xlsx``).
    """

    def __init__(self, folder: Path) -> None:
        self.id = ""
        self.folder = folder
        self.originals = folder / "originals"
        self.at = datetime.datetime.now().replace(microsecond=0)
        self.left: tuple[TooLarge, ...] = ()
        self.taken: tuple[Taken, ...] = ()
        self.passed_over: tuple[PassedOver, ...] = ()
        self.roster: Roster | None = None

    def read(self, room: Workroom, work: Work) -> None:
        """Find the workbooks and read them. Raises DeskRefused where there is none."""
        found = workbooks_in(self.originals, self.folder / "inside", room)
        self.passed_over = found.passed_over
        taken = _read(found, room, work)
        for one in found.unreadable:
            taken.append(Taken(None, unopened(one.path, one.reason, one.advice)))
        if not taken:
            raise DeskRefused(self._nothing())
        self.taken = tuple(taken)

    def _nothing(self) -> str:
        reasons = [f"{one.path}：{one.reason}" for one in self.passed_over]
        reasons += [f"{one.name}：{one.reason}" for one in self.left]
        there = f"里面只有别的文件，如 {reasons[0]}" if reasons else "没有选文件。"
        return f"没有找到要校验的工作簿（.xlsx）。{there}请重新选择。"

    def hold_against(self, roster: Path, room: Workroom) -> None:
        """Take a roster, by which the missing are known. Raises DeskRefused."""
        self.roster = room.do(read_roster, roster, self.standard)
        self.__dict__.pop("round", None)

    @property
    def standard(self) -> Standard:
        """The one by which most workbooks were scored."""
        used = prevailing_standard(one.outcome for one in self.taken)
        return load_standard(used[0] if used else None)

    @cached_property
    def round(self) -> Consolidation:
        """All workbooks put together."""
        return self.put_together(self.folder)

    @property
    def addresses(self) -> Mapping[str, str]:
        """By the path of a workbook in :attr:`round`, its page."""
        return {
            str(self.folder / _TOGETHER / one.outcome.record.path): f"/batches/{self.id}/{number}"
            for number, one in enumerate(self.taken, start=1)
        }

    def put_together(self, folder: Path, copies: Mapping[str, str] = {}) -> Consolidation:
        """The same for a summary in ``folder``, from which nothing leads out.

        ``copies``: the commented copies below it, by the workbook's path on record.
        """
        return consolidate_records(
            [_placed(one.outcome, folder / _TOGETHER, copies) for one in self.taken],
            standard=self.standard,
            roster=self.roster,
            passed_over=[
                msgspec.structs.replace(one, path=folder / _TOGETHER / one.path)
                for one in self.passed_over
            ],
        )


def _read(found: Sources, room: Workroom, work: Work) -> list[Taken]:
    work.progress(0, len(found.workbooks))
    outcomes = gather(
        found.workbooks,
        executor=room.workers,
        progress=work.progress,
        members=found.members,
        bounds=room.bounds,
        batch=1,
    )
    return [Taken(*one) for one in zip(found.workbooks, outcomes, strict=True)]


def _placed(outcome: Outcome, folder: Path, copies: Mapping[str, str]) -> Outcome:
    path = outcome.record.path
    record = msgspec.structs.replace(
        outcome.record, path=str(folder / path), annotated=copies.get(path)
    )
    return msgspec.structs.replace(outcome, record=record)
