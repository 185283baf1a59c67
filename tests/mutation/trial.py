"""The trial of a room's mutants, as a plugin that takes pytest's loop over.

All tests are run once, to see which lines each of them reaches. Then each mutant lives in a forked
process of its own: the function's code is swapped, caches are emptied, and tests that reach the
changed lines are run until one of them fails. Nothing of it is left for the next.
"""

from __future__ import annotations

import functools
import gc
import os
import resource
import shutil
import signal
import tempfile
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

from tests.mutation.mutants import Function, Mutant, mutants
from tests.mutation.reach import Reach

PROCESSES = 2
MEMORY = 2**31
"""Bytes that a mutant may take beyond what there is."""
_CANNOT_LIVE, _FAULT_OF_OURS = 254, 255
"""Exit codes of a mutant's process; the others are places of tests."""
_PLACES = 250
AT_MOST = 10_000


class Trial:
    """What becomes of the mutants of some modules."""

    def __init__(self, files: Sequence[Path], at_most: int) -> None:
        self.files = files
        self._at_most = at_most
        self.made: Counter[Path] = Counter()
        self.left: list[tuple[Mutant, int]] = []
        """Those that were not noticed, and by how many tests."""
        self.untried: list[Mutant] = []
        """Of functions that are gone after the import, or that cannot be swapped."""
        self._reach = Reach()
        self._noticed: defaultdict[Function, deque[str]] = defaultdict(lambda: deque(maxlen=3))
        self._running: dict[int, tuple[Mutant, Sequence[str]]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running the tests once."""
        self._items = {one.nodeid: one for one in session.items}
        self._temporary: Any = getattr(session.config, "_tmp_path_factory")  # noqa: B009
        self._temporary.getbasetemp()  # made here, once for all processes
        self._caches = _caches(self.files)
        self._measure()
        live = _live_functions(self.files)
        gc.freeze()
        for mutant in self._mutants():
            function = mutant.function
            self.made[function.path] += 1
            found = live.get((str(function.path), function.name, function.first))
            whole = range(function.first, function.last + 1)
            order = self._reach.order(function.path, mutant.lines, whole)[: self._at_most]
            if not found:
                self.untried.append(mutant)
            elif not order:
                self.left.append((mutant, 0))
            else:
                self._start(mutant, found, order)
        while self._running:
            self._wait()
        return True

    def _mutants(self) -> Iterator[Mutant]:
        for path in self.files:
            yield from mutants(path)

    def _measure(self) -> None:
        failing = []

        def run(item: pytest.Item) -> None:
            self._empty_caches()
            if _fails(item):
                failing.append(item.nodeid)

        tests = {name: functools.partial(run, one) for name, one in self._items.items()}
        self._reach.measure(self.files, tests)
        if failing:
            raise pytest.UsageError(f"fail without any mutant: {failing}")

    def _empty_caches(self) -> None:
        for one in self._caches:
            one.cache_clear()

    def _start(self, mutant: Mutant, found: list[FunctionType], order: Sequence[str]) -> None:
        if len(self._running) == PROCESSES:
            self._wait()
        first = [one for one in self._noticed[mutant.function] if one in order]
        order = list(dict.fromkeys([*first, *order]))
        process = os.fork()
        if process:
            self._running[process] = mutant, order
            return
        try:
            os._exit(self._fate(mutant, found, order))
        except BaseException:
            os._exit(_FAULT_OF_OURS)

    def _fate(self, mutant: Mutant, found: list[FunctionType], order: Sequence[str]) -> int:
        """0 where every test passes, else the place of the one that fails, counted from 1.

        Beyond what an exit code can hold it counts from 1 again: it only says whom to ask first.
        """
        _bound_memory()
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        folder = self._folder(os.getpid())
        folder.mkdir()
        self._temporary._basetemp = folder
        try:
            for function in found:
                function.__code__ = mutant.code
        except ValueError:  # another number of free variables
            return _CANNOT_LIVE
        self._empty_caches()
        for place, name in enumerate(order, start=1):
            # Of the processor; when it is over, the process ends.
            signal.setitimer(signal.ITIMER_PROF, 10 * self._reach.seconds[name] + 3)
            if _fails(self._items[name]):
                return (place - 1) % _PLACES + 1
        return 0

    def _wait(self) -> None:
        process, status = os.wait()
        mutant, order = self._running.pop(process)
        shutil.rmtree(self._folder(process), ignore_errors=True)
        match os.waitstatus_to_exitcode(status):
            case 0:
                self.left.append((mutant, len(order)))
                print(mutant.function.path.name, mutant.line, mutant.change, flush=True)
            case value if value == _CANNOT_LIVE:
                self.untried.append(mutant)
            case value if value == _FAULT_OF_OURS:
                raise RuntimeError(f"the trial of a mutant failed: {mutant}")
            case place if place > 0:
                self._noticed[mutant.function].appendleft(order[place - 1])
            case _:
                pass  # it ran for ever, or crashed

    def _folder(self, process: int) -> Path:
        folder: Path = self._temporary.getbasetemp()
        return folder / f"of-{process}"


def tried(files: Sequence[Path], options: Sequence[str], at_most: int = AT_MOST) -> Trial:
    """The trial of some modules by the tests that pytest finds by the options.

    No mutant is shown to more than ``at_most`` of them.
    """
    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=25,
        phases=[Phase.explicit, Phase.generate],  # a failure is enough, whatever its size
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    trial = Trial(files, at_most)
    with tempfile.TemporaryDirectory() as folder:
        always = ["-q", "-s", "-n0", "-p", "no:cacheprovider", "--assert=plain", "--tb=native"]
        ended = pytest.main([*always, f"--basetemp={folder}/tests", *options], plugins=[trial])
    if ended not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit(int(ended))
    return trial


def _fails(item: pytest.Item) -> bool:
    return any(one.failed for one in runtestprotocol(item, log=False, nextitem=None))


def _live_functions(files: Sequence[Path]) -> dict[tuple[str, str, int], list[FunctionType]]:
    """Every function object that was made from a file, by the place of its text."""
    wanted = {str(one) for one in files}
    found: defaultdict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in wanted:
            code = one.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
    return found


_CACHE: Any = type(functools.cache(lambda: None))


def _caches(files: Sequence[Path]) -> list[Any]:
    """What a mutant of these files could have a hand in: `standard/` stands below all others."""
    kept = () if files[0].parent.name == "standard" else ("workbook_tools.standard.",)
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, _CACHE)
        and one.__module__  # some have none
        and not one.__module__.startswith(kept)
    ]


def _bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
