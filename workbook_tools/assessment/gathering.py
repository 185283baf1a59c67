"""Many workbooks to outcomes, here or in worker processes; those known already are not redone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbook_tools.assessment.outcomes import Outcome, assess_file, lost, modified
from workbook_tools.files.digests import Content, content_of
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard

if TYPE_CHECKING:  # for one workbook in this process neither is loaded
    from concurrent.futures import Executor

    from workbook_tools.assessment.cache import Cache

_BATCH = 16  # workbooks per task: large enough to hide the cost of a task, small for progress


def gather(
    workbooks: Sequence[Path],
    *,
    standard: Standard | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    cache: Cache | None = None,
    members: Mapping[Path, str] = {},
    bounds: Bounds = UNBOUNDED,
    batch: int = _BATCH,
) -> Iterator[Outcome]:
    """Outcomes in the order of the workbooks; ``progress`` is told (done, in all) after each.

    A workbook that takes more than ``bounds`` is refused.

    Contents that ``cache`` knows are not read again, and what is computed is kept there.
    ``members``: by path, the place in an archive by which people know the workbook. ``batch``: how
    many go to a worker process at a time; fewer show progress sooner.
    """
    contents = _contents(workbooks, cache)
    names = [members.get(path, str(path)) for path in workbooks]
    found = list(zip(workbooks, names, contents, strict=True))
    new = [path for path, _, (_, known) in found if not known]
    known_as = [name for _, name, (_, known) in found if not known]
    task = partial(assess_file, standard=standard, bounds=bounds)
    computed: Iterator[Outcome | Lost] = (
        map(task, new, known_as)
        if executor is None
        else executor.map(task, new, known_as, chunksize=batch)
    )
    for done, (path, name, (content, known)) in enumerate(found, start=1):
        outcome = _known(cache, content, path, name) if known else None
        if outcome is None and not known:
            result = next(computed)
            outcome = lost(path, name, result) if isinstance(result, Lost) else result
        if outcome is None:  # dropped from the cache meanwhile
            outcome = task(path, name)
        if cache is not None and content is not None and not known and outcome.lasting:
            cache.keep(content, outcome, unless_saved=path)
        if progress is not None:
            progress(done, len(workbooks))
        yield outcome


def _contents(workbooks: Sequence[Path], cache: Cache | None) -> list[tuple[Content | None, bool]]:
    """What is in each workbook, and whether the cache knows its outcome."""
    if cache is None:
        return [(None, False)] * len(workbooks)
    contents = [content_of(path) for path in workbooks]
    return [(one, one is not None and cache.knows(one)) for one in contents]


def _known(cache: Cache | None, content: Content | None, path: Path, name: str) -> Outcome | None:
    """What the cache knows, of a content that may have been found under another name."""
    assert cache is not None
    assert content is not None
    outcome = cache.outcome(content)
    if outcome is None:
        return None
    record = msgspec.structs.replace(outcome.record, path=name)
    return msgspec.structs.replace(outcome, record=record, modified=modified(path))
