"""The property that every mutant must have: refused, or commented on and restored without harm."""

from __future__ import annotations

import datetime
import signal
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from tests.ooxml.invariants import violations
from workbook_tools.annotation import annotate, clean
from workbook_tools.assessment import Assessment, record
from workbook_tools.checks import check
from workbook_tools.ooxml import PackageError
from workbook_tools.scoring import evaluate
from workbook_tools.submission import SubmissionRefused, read_submission

Verdict = Literal["refused", "not annotated", "annotated", "breach"]
AT = datetime.datetime(2021, 3, 1, 9, 30)
LONGEST = 20
"""Seconds after which a mutant counts as one that hangs; they usually take a tenth of one."""


class Judgement(NamedTuple):
    """What became of a mutant; of a breach also what it was."""

    verdict: Verdict
    why: str = ""


class TooLongError(Exception):
    """A mutant that did not come to an end."""


def judge(source: Path, folder: Path) -> Judgement:
    """Put a mutant through read, score, check, annotate, clean. Files are written to ``folder``."""
    before = source.read_bytes()
    try:
        with _limited():
            judged = _judge(source, folder)
    except Exception as error:  # whatever comes out is what is looked for
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
        return Judgement("breach", f"{type(error).__name__} in {where}: {error}"[:300])
    if source.read_bytes() != before:
        return Judgement("breach", "the source was changed")
    return judged


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)


def _judge(source: Path, folder: Path) -> Judgement:
    copy, back, plain = (folder / f"{name}.xlsx" for name in ("copy", "back", "plain"))
    for path in (copy, back, plain):
        path.unlink(missing_ok=True)
    try:
        submission = read_submission(source)
    except SubmissionRefused as refused:
        return Judgement("refused", refused.code)
    evaluation = evaluate(submission)
    findings = tuple(check(submission, evaluation))
    assessment = Assessment(
        path=str(source), submission=submission, evaluation=evaluation, findings=findings
    )
    msgspec.json.encode(record(assessment))
    try:
        annotate(source, copy, findings, evaluation, at=AT)
    except PackageError as error:
        return (
            Judgement("breach", "half a copy")
            if copy.exists()
            else Judgement("not annotated", error.code)
        )
    clean(copy, back)
    if _content(back) != _content(source):
        clean(source, plain)  # what looks like ours is taken out of the mutant itself as well
        if _content(back) != _content(plain):
            return Judgement("breach", f"not restored: {_differing(back, source)}")
    if (broken := _violations(copy)) and not _violations(source):
        return Judgement("breach", f"invariants: {broken[:3]}")
    return Judgement("annotated")


def _violations(path: Path) -> list[str]:
    try:
        return violations(path)
    except Exception as error:  # the mutant is broken in a way that the invariants cannot read
        return [str(error)]


def _content(path: Path) -> list[tuple[str, bytes]]:
    """Names and contents in order; of an entry that cannot be inflated its checksum."""
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, _inflated(archive, info)) for info in archive.infolist()]


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return b"%d %d" % (info.CRC, info.compress_size)


def _differing(one: Path, other: Path) -> list[str]:
    ours, theirs = dict(_content(one)), dict(_content(other))
    return [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
