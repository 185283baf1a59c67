"""A letter to each department of a round: what to put right, or that nothing has come."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec

from workbook_tools.consolidation import Consolidation, TargetRefused
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.years import fiscal_year
from workbook_tools.files.names import distinct, safe_name
from workbook_tools.files.whole import make_folder, write_failure

LetterKind = Literal["feedback", "reminder"]
KIND_NAMES: dict[LetterKind, str] = {"feedback": "反馈意见", "reminder": "催报单"}


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The day by which to send (None: left open), who signs ("": a draft), the letters' day."""

    until: datetime.date | None = None
    signer: str = ""
    at: datetime.datetime | None = None


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter, or why it could not be written; ``findings``: how many errors and warnings."""

    kind: LetterKind
    unit_code: str
    unit_name: str
    path: str = ""
    findings: int = 0
    problem: str = ""


def write_letters(
    round_: Consolidation,
    folder: Path,
    terms: Terms,
    kinds: Collection[LetterKind] = tuple(KIND_NAMES),
) -> Iterator[Letter]:
    """Write a 反馈意见 to each department of a round, and a 催报单 to each that is missing.

    ``kinds``: those that are written.
    Letters are named by code and name of the unit; one of ours that stands there is replaced, one
    that somebody has worked in is not, and its letter says so. Never raises.
    """
    from workbook_tools.report.feedback.document import write_feedback
    from workbook_tools.report.feedback.reminder import write_reminder

    taken: set[str] = set()
    year = fiscal_year(round_.departments, round_.roster)
    for item in round_.departments if "feedback" in kinds else ():
        record = msgspec.structs.replace(
            item.record, unit_name=item.name, findings=tuple(item.findings)
        )
        told = Letter(
            kind="feedback",
            unit_code=item.code,
            unit_name=item.name,
            findings=sum(one.severity != "info" for one in item.findings),
        )
        target = folder / _name(told, taken, _subject(item))
        write = partial(write_feedback, record, round_.standard, target)
        yield _written(told, target, terms, write)
    missing = [notice for notice in round_.notices if notice.kind == "missing"]
    for notice in missing if "reminder" in kinds else ():
        told = Letter(kind="reminder", unit_code=notice.unit_code, unit_name=notice.unit_name)
        target = folder / _name(told, taken)
        write = partial(write_reminder, notice, round_.standard, target, year=year)
        yield _written(told, target, terms, write)


def _written(told: Letter, target: Path, terms: Terms, write: Callable[..., object]) -> Letter:
    """The letter with where it stands, or why it could not be written."""
    try:
        make_folder(target.parent, within=target.parent)
        write(until=terms.until, signer=terms.signer, at=terms.at)
    except (TargetRefused, OSError) as error:
        return msgspec.structs.replace(told, problem=_why(target, error))
    return msgspec.structs.replace(told, path=str(target))


def _name(letter: Letter, taken: set[str], subject: str = "") -> str:
    parts = (letter.unit_code, letter.unit_name, subject, KIND_NAMES[letter.kind])
    return f"{distinct(safe_name('-'.join(filter(None, parts))), taken)}.docx"


def _subject(item: Department) -> str:
    return "-".join(item.record.subject)


def _why(target: Path, error: TargetRefused | OSError) -> str:
    return write_failure(target, error) if isinstance(error, OSError) else str(error)
