"""A process killed at fifty moments of writing: the original and the copy are whole each time."""

from __future__ import annotations

import os
import signal
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from tests.ooxml.write_books import SheetSpec, build
from workbook_tools.ooxml.package import Package
from workbook_tools.ooxml.splice import Edits, write_package

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and POSIX signals")

MOMENTS = 50
_OLD = b"an older copy"
Killer = Callable[[], object]


def _after_bytes(most: int) -> Killer:
    """The kernel kills the process in the midst of writing, when a file grows beyond that."""
    import resource

    def arm() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return arm


def _after_steps(most: int) -> Killer:
    """The process dies before it runs one more line of Python."""
    return lambda: _trace(
        lambda done: os.kill(os.getpid(), signal.SIGKILL) if done > most else None
    )


def _trace(step: Callable[[int], object]) -> None:
    done = 0

    def trace(_: FrameType, event: str, __: object) -> object:
        nonlocal done
        if event == "line":
            done += 1
            step(done)
        return trace

    sys.settrace(trace)  # type: ignore[arg-type] # its stub has no name for a trace function


def _steps(write: Callable[[], None]) -> int:
    """How many lines run, those of the standard library included."""
    most = 0

    def count(done: int) -> None:
        nonlocal most
        most = done

    before = sys.gettrace()
    _trace(count)
    try:
        write()
    finally:
        sys.settrace(before)
    return most


def _die(arm: Killer, write: Callable[[], None]) -> int:
    """Do it in a process of its own; the signal that it died of, 0 for none."""
    child = os.fork()
    if not child:
        try:
            arm()
            write()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


@pytest.mark.slow
@pytest.mark.untraced
def test_killed_at_fifty_moments(tmp_path: Path) -> None:
    source = build(tmp_path / "source.xlsx", [SheetSpec(features=("image", "chart"))] * 5)
    original = source.read_bytes()
    folder = tmp_path / "copies"
    folder.mkdir()
    target, whole = folder / "copy.xlsx", tmp_path / "whole.xlsx"
    edits = Edits({"xl/workbook.xml": b"<changed/>", "new.bin": os.urandom(100_000)})
    write_package(Package.open(source), whole, edits)
    finished = whole.read_bytes()

    def write() -> None:
        write_package(Package.open(source), target, edits)

    steps = _steps(write)
    moments = [_after_bytes(len(finished) * part // 20) for part in range(20)]
    # The last lines write, flush and rename: each is a moment of its own.
    moments += [_after_steps(most) for most in range(steps - 25, steps)]
    moments += [_after_steps(steps * part // 5) for part in range(5)]
    assert len(moments) == MOMENTS

    outcomes = []
    for arm in moments:
        target.write_bytes(_OLD)
        assert _die(arm, write), "it was killed"
        assert source.read_bytes() == original
        assert target.read_bytes() in (_OLD, finished)
        outcomes.append(target.read_bytes() == finished)
        litter = [path for path in folder.iterdir() if path != target]
        assert all(path.name.startswith(".~") and path.suffix == ".tmp" for path in litter)
        for path in litter:
            path.unlink()
    assert {*outcomes} == {False, True}, "some died before the renaming, some after"
    assert not any(outcomes[:20]), "half a file never takes the copy's name"

    write()
    assert target.read_bytes() == finished
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
