"""The main job as a function: recompute filled workbooks, comment on copies, hand on the records.

for record in validate("报送", "批注"):
print(record.unit_name, record.total.score)
validate("报送").frame()  # pandas
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workbook_tools.assessment import Record
from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import unopened
from workbook_tools.intake.sources import PassedOver, SourceError, nothing_to, opened
from workbook_tools.jobs.copies import Validated, for_copies, validate_one, without_copies
from workbook_tools.jobs.frames import FrameKind, to_frame
from workbook_tools.jobs.processes import processes
from workbook_tools.jobs.task import Landed, plan, run
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.standard import Standard

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas as pd

    from workbook_tools.assessment.cache import Cache


class Validation(Iterator[Record]):
    """Workbooks being validated: each is done when its record is asked for, in a stable order.

    ``count``: how many records there will be, those of files included that cannot be opened.
    ``passed_over``: files that were found and are no workbooks to validate, each with its reason.
    ``problems``: sentences (Chinese) on copies that were wanted and could not be written, and
    ``remarks`` on cells of copies that got no comment, of the workbooks done so far.

    Processes and temporary files are let go after the last record, or by :meth:`close`, or at the
    end of a ``with``.
    """

    def __init__(
        self,
        outcomes: Iterator[Validated],
        count: int,
        passed_over: Sequence[PassedOver],
        held: ExitStack,
        landed: Landed,
    ) -> None:
        self.count = count
        self.passed_over = tuple(passed_over)
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._outcomes = outcomes
        self._held = held
        self._landed = landed

    def __repr__(self) -> str:
        """How many workbooks, and what stands in the way so far."""
        problems, passed = len(self.problems), len(self.passed_over)
        return f"<Validation of {self.count} workbooks, {passed} passed over, {problems} problems>"

    def __next__(self) -> Record:
        try:
            outcome = next(self._outcomes)
        except StopIteration:
            self._held.close()
            raise
        except BaseException as error:
            self._held.__exit__(type(error), error, error.__traceback__)
            raise
        if outcome.problem:
            self.problems.append(outcome.problem)
        self.remarks += outcome.remarks
        return outcome.record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.__exit__(kind, error, trace)

    def close(self) -> None:
        """Let go of processes and temporary files; the workbooks that are left are not done."""
        self._held.close()

    def written(self) -> int:
        """How many copies this run has put on disk; certain once all is let go."""
        return self._landed.count

    def frame(self, kind: FrameKind = "scores") -> pd.DataFrame:
        """The records that are left, as a table for pandas; see :func:`to_frame`."""
        return to_frame(self, kind)


def validate(
    paths: str | Path | Iterable[str | Path],
    output: str | Path | None = None,
    *,
    standard: Standard | None = None,
    jobs: int | None = 1,
    executor: Executor | None = None,
    cache: Cache | None = None,
    bounds: Bounds = UNBOUNDED,
    overwrite: bool = False,
) -> Validation:
    """Recompute workbooks and check them, as ``workbook-tools validate`` does.

    ``paths``: files, folders (with subfolders), patterns like ``*.xlsx``, zip archives, or one of
    these. ``output``: the folder for copies with the findings as comments (None: no copies); there
    they keep the folders that the originals stand in. ``overwrite``: replace copies that somebody
    has worked in. ``standard``: score all by it (default: each by the one it names). ``jobs``: how
    many processes (None: by the number of workbooks and processors); with more than one, a script
    needs its ``if __name__ == "__main__":``. ``executor``: whatever maps over the workbooks
    instead. ``cache``: what it knows is not computed again; where copies are written it is not
    asked. ``bounds``: what one workbook may take of time (seconds) and memory (MB) before it is
    refused.

    Gives a record per workbook, in natural order of the paths (2 before 10): scores and totals in
    points, measures and amounts (万元) as decimal strings. A workbook that cannot be read raises
    nothing; its record is refused and holds the reason as its finding.

    Raises SourceError where nothing is to be found, TaskRefused where copies would stand beside
    their originals, BoundsError where a bound cannot be kept here.
    """
    with ExitStack() as stack:
        given = [str(paths)] if isinstance(paths, str | Path) else [str(one) for one in paths]
        sources = stack.enter_context(opened(given))
        workbooks, passed_over = list(sources.workbooks), list(sources.passed_over)
        if output is not None:
            workbooks, copies = without_copies(given, sources, Path(output))
            passed_over += copies
        if not workbooks and not sources.unreadable:
            raise SourceError(nothing_to("校验", passed_over))
        if executor is None:
            executor = stack.enter_context(processes(len(workbooks), jobs, bounds))
        outcomes: Iterator[Validated]
        landed = Landed(())
        if output is None:
            known = gather(
                workbooks,
                standard=standard,
                executor=executor,
                cache=cache,
                members=sources.members,
                bounds=bounds,
            )
            outcomes = (Validated(one.record) for one in known)
        else:
            tasks = plan(
                workbooks,
                Path(output),
                standard,
                overwrite=overwrite,
                members=sources.members,
                bounds=bounds,
            )
            landed = Landed(task.target for task in tasks)
            outcomes = run(validate_one, for_copies(tasks), executor, lost=Validated)
        shut = (
            Validated(unopened(one.path, one.reason, one.advice).record)
            for one in sources.unreadable
        )
        count = len(workbooks) + len(sources.unreadable)
        held = stack.pop_all()
    return Validation(chain(outcomes, shut), count, passed_over, held, landed)
