"""One workbook's time and memory are bounded, and a process that it ends takes nobody with it."""

from __future__ import annotations

import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.shell import CLEAN, WATER, Ran, environment
from workbook_tools.assessment import assess_or_refuse
from workbook_tools.running.bounds import Bounds, OutOfTimeError, confined

pytestmark = [pytest.mark.slow, pytest.mark.covers]

SOON = Bounds(seconds=0.2, megabytes=0)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds this memory")


def _for_ever() -> None:
    for _ in count():
        pass


def _swallowing() -> None:
    """Careless code that takes whatever comes for its own, once."""
    try:
        _for_ever()
    except BaseException:
        _for_ever()


def _searching() -> None:
    re.match(r"(a|aa)+$", "a" * 60 + "b")  # takes centuries, within one call into C


def _waiting() -> None:
    time.sleep(60)


@pytest.mark.parametrize("work", [_for_ever, _swallowing, _searching, _waiting])
def test_time_is_bounded_whatever_takes_it(work: object) -> None:
    assert callable(work)
    with pytest.raises(OutOfTimeError), confined(SOON):
        work()


@pytest.mark.parametrize("work", [_for_ever, _swallowing, _searching])
def test_the_processors_time_is_bounded(work: object) -> None:
    assert callable(work)
    with pytest.raises(OutOfTimeError), confined(Bounds(processor=0.1, megabytes=0)):
        work()


def test_no_time_of_the_processor_passes_while_one_waits() -> None:
    with confined(Bounds(processor=0.2, megabytes=0)):
        time.sleep(0.5)


def test_time_is_bounded_in_other_threads() -> None:
    ended = []

    def thread() -> None:
        try:
            with confined(SOON):
                _for_ever()
        except OutOfTimeError:
            ended.append("out of time")

    one = threading.Thread(target=thread, daemon=True)
    one.start()
    one.join(30)
    assert ended == ["out of time"]


def test_nothing_is_left_of_a_bound_that_was_kept() -> None:
    before = signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_DATA)
    with confined(Bounds(seconds=0.1, megabytes=100)):
        pass
    time.sleep(0.2)
    assert before == (signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_DATA))


@linux
def test_memory_is_bounded_and_given_back() -> None:
    # More than a long-lived process may have lying free, which it could use again.
    with pytest.raises(MemoryError), confined(Bounds(0, 50)):
        bytearray(2_000_000_000)
    with confined(Bounds(0, 100)):
        bytearray(60_000_000)
    bytearray(150_000_000)


def hanging(*args: str | Path) -> Ran:
    """Run a command where some files hang, hoard or die: see `hanging.py`."""
    script = Path(__file__).with_name("hanging.py")
    done = subprocess.run(
        [sys.executable, str(script), *map(str, args)],
        capture_output=True,
        env=environment({"PYTHONIOENCODING": "utf-8"}),
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _folder(path: Path, *names: str) -> Path:
    path.mkdir()
    for number, name in enumerate(names):
        shutil.copy(WATER if number % 2 else CLEAN, path / f"{name}.xlsx")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_slow_workbook_is_refused_and_the_others_are_done(tmp_path: Path, jobs: str) -> None:
    folder = _folder(tmp_path / "报送", "1", "慢", "3")
    ran = hanging("validate", folder, "-j", jobs, "--time-limit", "5", "--no-cache")
    assert ran.code == 1
    assert "慢.xlsx：处理时间超过 5 秒的上限" in ran.out
    assert "无法读取 1 个" in ran.out
    assert "示例县民政局" in ran.out


@linux
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_workbook_that_hoards_memory_is_refused(tmp_path: Path, jobs: str) -> None:
    folder = _folder(tmp_path / "报送", "1", "大", "3")
    ran = hanging("validate", folder, "-j", jobs, "--memory-limit", "300", "--no-cache")
    assert "大.xlsx：读取所需的内存超过 300 MB 的上限" in ran.out
    assert "无法读取 1 个" in ran.out


@pytest.mark.parametrize("output", [(), pytest.param(("-o", "批注"), marks=pytest.mark.slow)])
def test_workbook_that_kills_its_process_is_refused_and_the_others_are_done(
    tmp_path: Path, output: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [*map(str, range(1, 12)), "死1", "死2", *map(str, range(20, 30))]
    _folder(tmp_path / "报送", *names)
    ran = hanging("validate", "报送", "-j", "2", "--no-cache", "--all", *output)
    assert ran.code == 1
    assert "无法读取 2 个" in ran.out
    for name in ("死1", "死2"):
        assert f"{name}.xlsx：处理它的进程被系统终止" in ran.out
    assert "共 23 个工作簿" in ran.out
    if output:
        assert len(list((tmp_path / "批注").iterdir())) == 21


@pytest.mark.slow
def test_consolidation_lists_what_was_lost(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "报送", "1", "死", "慢")
    target = tmp_path / "汇总.xlsx"
    ran = hanging("consolidate", folder, "-o", target, "-j", "2", "--time-limit", "5", "--no-cache")
    assert ran.code == 1, ran.err
    book = load_workbook(target)
    rows = [" ".join(str(value) for value in row) for row in book["缺报与异常"].values]
    assert any("死.xlsx" in row and "被系统终止" in row for row in rows)
    assert any("慢.xlsx" in row and "超过 5 秒" in row for row in rows)
    ranked = [str(value) for row in book["排名"].values for value in row]
    assert any(value.startswith("示例县民政局") for value in ranked)


@linux
def test_recalculation_dies_with_the_process_that_wants_it() -> None:
    """A worker is killed while the interpreter computes: nothing of it is left running."""
    child = (
        "import sys, time; sys.path.insert(0, sys.argv[1]);"
        "from interpreter import end_with_parent; end_with_parent();"
        "print('ready', flush=True); time.sleep(60)"
    )
    folder = Path(sys.modules["workbook_tools"].__path__[0]) / "recalculation"
    parent = (
        "import subprocess, sys, time;"
        "one = subprocess.Popen([sys.executable, '-c', sys.argv[1], sys.argv[2]]);"
        "print(one.pid, flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", parent, child, str(folder)], stdout=subprocess.PIPE, text=True
    )
    with process, _killed(process):
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert process.stdout.readline() == "ready\n"
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.1)
    pytest.fail("the interpreter outlived its parent")


@contextmanager
def _killed(process: subprocess.Popen[str]) -> Iterator[None]:
    """Kill a process at the end."""
    try:
        yield
    finally:
        process.kill()


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_refusal_out_of_time_has_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_tools.assessment.assessing.assess", lambda *_, **__: _for_ever())
    refused = assess_or_refuse("慢.xlsx", None, SOON)
    (finding,) = refused.findings
    assert finding.code == "WB109"
    assert finding.message.startswith("慢.xlsx：处理时间超过 0.2 秒的上限")
