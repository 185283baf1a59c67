"""The whole way for one workbook: read it, score it, check it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from workbook_tools.checks import Finding, check, doubtful, refusal
from workbook_tools.ooxml import PackageSource, name_of
from workbook_tools.recalculation import recalculate
from workbook_tools.running.bounds import (
    UNBOUNDED,
    Bounds,
    BoundsError,
    OutOfTimeError,
    confined,
    out_of_memory,
    out_of_time,
)
from workbook_tools.scoring import Evaluation, evaluate
from workbook_tools.standard import Standard
from workbook_tools.submission import (
    Submission,
    SubmissionRefused,
    open_package,
    submission_in,
)

_SAVE_ANEW = "请在 WPS 或 Excel 中确认能正常打开，另存一份 .xlsx 后重新提交。"
_SHOWN = 300  # characters of an error that nobody foresaw


class Assessment(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A workbook with its evaluation (both None when refused) and its findings.

    ``converted``: the .xlsx that a workbook of another format was converted to.
    """

    path: str
    submission: Submission | None
    evaluation: Evaluation | None
    findings: tuple[Finding, ...]
    converted: bytes | None = None

    def __repr__(self) -> str:
        """What was found where: the evaluation, and how many findings of each severity."""
        number = Counter(finding.severity for finding in self.findings)
        counts = ", ".join(f"{count} {severity}" for severity, count in number.items())
        what = f"refused, {self.path!r}" if self.evaluation is None else repr(self.evaluation)
        return f"<Assessment {what}, findings: {counts or 'none'}>"


def assess(
    source: PackageSource, standard: Standard | None = None, *, name: str = ""
) -> Assessment:
    """Read, score and check one workbook; a workbook that cannot be read is a finding.

    ``source``: a path, the content, or a file opened for reading bytes; ``name``: the path by which
    people know it, where that is another. ``standard``: score by it (default: the shipped one that
    the workbook names).
    """
    path = name or name_of(source)
    try:
        with open_package(source, name=name) as file:
            submission = submission_in(file, standard)
            converted = file.whole if file.converted_from else None
            evaluation = evaluate(submission)
            if doubtful(submission, evaluation):
                recalculated = recalculate(submission, file)
                submission = msgspec.structs.replace(submission, recalculated=recalculated)
    except SubmissionRefused as error:
        return _refused(path, error)
    findings = tuple(check(submission, evaluation))
    return Assessment(
        path=path,
        submission=submission,
        evaluation=evaluation,
        findings=findings,
        converted=converted,
    )


def assess_or_refuse(
    path: str | Path,
    standard: Standard | None = None,
    bounds: Bounds = UNBOUNDED,
    *,
    name: str = "",
) -> Assessment:
    """As :func:`assess`, for one workbook among many, within bounds: it never raises.

    An unforeseen failure refuses that workbook, so that it never takes the others down. Raises
    BoundsError alone, where the bounds cannot be kept in this place whatever the workbook.
    """
    known_as = name or path
    try:
        with confined(bounds):
            return assess(path, standard, name=name)
    except OutOfTimeError:
        return refused(known_as, out_of_time(bounds))
    except MemoryError:
        return refused(known_as, out_of_memory(bounds))
    except BoundsError:
        raise
    except Exception as error:  # whatever a file from outside provokes, known or not
        problem = f"读取时出现意外错误（{type(error).__name__}：{str(error)[:_SHOWN]}）。"
        return refused(known_as, problem)


def refused(path: str | Path, problem: str, advice: str = _SAVE_ANEW) -> Assessment:
    """The assessment of a workbook that cannot be read; both texts are Chinese sentences."""
    reason = SubmissionRefused("unreadable", f"{Path(path).name}：{problem}{advice}")
    return _refused(str(path), reason)


def _refused(path: str, reason: SubmissionRefused) -> Assessment:
    return Assessment(path=path, submission=None, evaluation=None, findings=(refusal(reason),))
