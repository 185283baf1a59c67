"""Worker processes: who is lost, who is not, and how they end."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from tests.cli.shell import environment
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.running.workers import Workers

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def _stuck(number: int) -> int:
    if number == 3:
        sum(range(10**12))  # one call into C that nothing but a signal to kill ends
    return number * number


def _dies_at_seven(number: int) -> int:
    if number % 17 == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def _dies_once(marker: str) -> str:
    """Dies unless it did before."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def _dies_within_its_answer() -> None:
    """Dies when its result is only begun: so many bytes are promised, and none follows."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    frame.f_locals["result_queue"]._writer._send(struct.pack("!i", 100))
    os.kill(os.getpid(), signal.SIGKILL)


def _slowly(number: int) -> int:
    time.sleep(0.2)
    return number


def _sleeps(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def _fails() -> None:
    raise KeyError("theirs")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows has messages, not bytes")
def test_what_dies_within_its_answer_is_lost_at_once() -> None:
    with Workers(1, UNBOUNDED) as workers:
        assert workers.run_one(_dies_within_its_answer, timeout=60) == Lost(stuck=False)
        assert workers.run_one(abs, -2) == 2


@pytest.mark.slow
def test_process_that_is_stuck_is_ended() -> None:
    with Workers(2, UNBOUNDED) as workers:
        results = list(workers.map(_stuck, range(8), chunksize=2, timeout=3))
        assert workers.run_one(_stuck, 3, timeout=1) == Lost(stuck=True)
    assert results == [0, 1, 4, Lost(stuck=True), 16, 25, 36, 49]


def test_calls_go_on_after_a_death_in_order() -> None:
    with Workers(2, UNBOUNDED) as workers:
        results = list(workers.map(_dies_at_seven, range(50), chunksize=4))
        assert workers.submit(_dies_at_seven, 5).result() == 5
        assert workers.run_one(_dies_at_seven, 6) == 6
    assert results == [Lost(stuck=False) if number % 17 == 7 else number for number in range(50)]


def test_death_of_one_process_loses_no_call_of_another() -> None:
    """A page asks for single results at once: who is innocent gets an answer."""
    with Workers(2, UNBOUNDED) as workers:
        honest = [workers.submit(_slowly, number) for number in range(20)]
        deadly = [workers.submit(_dies_at_seven, 7) for _ in range(3)]
        assert [future.result() for future in honest] == list(range(20))
        assert {str(future.result()) for future in deadly} == {str(Lost(stuck=False))}


def test_call_whose_process_was_killed_by_somebody_is_done_again(tmp_path: Path) -> None:
    with Workers(1, UNBOUNDED) as workers:
        assert workers.run_one(_dies_once, str(tmp_path / "marker")) == "done"


def test_a_process_that_died_while_idle_is_replaced() -> None:
    with Workers(1, UNBOUNDED) as workers:
        for _ in range(3):
            process = workers.run_one(os.getpid)
            assert isinstance(process, int)
            os.kill(process, signal.SIGKILL)
            time.sleep(0.3)  # until its pool has noticed


def test_what_a_function_raises_is_raised() -> None:
    with Workers(1, UNBOUNDED) as workers:
        with pytest.raises(KeyError, match="theirs"):
            workers.run_one(_fails)
        assert workers.run_one(_dies_at_seven, 1) == 1


def test_closing_ends_what_is_under_way() -> None:
    workers = Workers(2, UNBOUNDED)
    (pid,) = workers.map(_sleeps, [0])
    under_way = [workers.submit(_sleeps, 600) for _ in range(5)]
    while not under_way[0].running():
        time.sleep(0.01)
    workers.close()
    for future in under_way:
        with pytest.raises(CancelledError):
            future.result(60)
    assert _ends(pid)
    with pytest.raises(RuntimeError):
        workers.run_one(_sleeps, 0)


def test_processes_inherit_no_listening_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, Workers(1, UNBOUNDED) as workers:
        os.set_inheritable(server.fileno(), True)
        inode = os.fstat(server.fileno()).st_ino
        assert inode not in workers.run_one(_inodes)


def _inodes() -> list[int]:
    inodes = []
    for number in range(256):
        try:
            inodes.append(os.fstat(number).st_ino)
        except OSError:
            continue
    return inodes


_PARENT = """
import sys, time
from tests.running.test_workers import _sleeps
from workbook_tools.running.bounds import UNBOUNDED
from workbook_tools.running.workers import Workers
workers = Workers(2, UNBOUNDED)
print(workers.run_one(_sleeps, 0), flush=True)
workers.run_one(_sleeps, 600)
"""


def test_processes_end_with_the_one_that_wants_them() -> None:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        stdout=subprocess.PIPE,
        text=True,
        env=environment({"PYTHONPATH": str(root)}),
    )
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    process.kill()
    process.communicate()
    assert _ends(pid)


def _ends(pid: int) -> bool:
    return _becomes(lambda: not _runs(pid))


def _becomes(true: Callable[[], bool]) -> bool:
    for _ in range(300):
        if true():
            return True
        time.sleep(0.1)
    return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_interrupts_are_the_parents() -> None:
    with Workers(1, Bounds(60, 0)) as workers:
        pid = workers.run_one(_sleeps, 0)
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGINT)
        assert workers.run_one(_sleeps, 0) == pid
    assert threading.current_thread() is threading.main_thread()


def test_nothing_is_loaded_from_the_folder_in_which_somebody_works(tmp_path: Path) -> None:
    """A module that came with the workbooks, named like one of Python's, is not executed."""
    (tmp_path / "struct.py").write_text("raise SystemExit('executed')\n")
    (tmp_path / "pickle.py").write_text("raise SystemExit('executed')\n")
    work = tmp_path / "elsewhere.py"
    work.write_text(
        "import sys\n"
        f"sys.path = [one for one in sys.path if one != {str(tmp_path)!r}]\n"
        "from workbook_tools.running.bounds import UNBOUNDED\n"
        "from workbook_tools.running.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2, UNBOUNDED) as workers:\n"
        "        print(list(workers.map(abs, [-1, -2])))\n"
    )

    run = subprocess.run(
        [sys.executable, str(work)],
        cwd=tmp_path,
        env=environment({"PYTHONPATH": str(Path(__file__).parents[2])}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert "executed" not in run.stdout + run.stderr
    assert run.stdout.strip() == "[1, 2]"
