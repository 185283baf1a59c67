"""Runs one program within bounds, and ends it with all that it started.

A script of its own, by the standard library alone: ``guard.py SECONDS MEGABYTES PROGRAM…``. It ends
the program when the time is over, and as soon as its own standard input is closed, which happens
however the process that asked for it ends. Exit code: the program's, 124 when the time was over.

Memory and the size of files are bounded by the system (not on Windows), and where Linux lets an
ordinary user have a network namespace, the program has no network at all.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

OUT_OF_TIME = 124
_LARGEST_FILE = 256 << 20
_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000  # CLONE_NEWUSER, CLONE_NEWNET


def main(seconds: float, megabytes: int, program: list[str]) -> int:
    """Run the program; its exit code."""
    if sys.platform != "win32":
        _bound(megabytes)
    if sys.platform == "linux":
        _leave_network()
    process = subprocess.Popen(
        program,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    threading.Thread(target=_end_with_parent, args=[process], daemon=True).start()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return OUT_OF_TIME
    finally:
        _end(process)


def _end_with_parent(process: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):  # not sys.stdin: its lock would be held when this script ends
        pass
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started; soffice is a script around the real one."""
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
        return
    with suppress(ProcessLookupError):  # all of them have ended
        os.killpg(process.pid, signal.SIGKILL)


def _bound(megabytes: int) -> None:
    """Let the system hold everything that is started from here; what is tighter stays."""
    import resource

    for limit, most in (
        (resource.RLIMIT_DATA, megabytes * 1_000_000),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        soft, hard = resource.getrlimit(limit)
        tighter = [one for one in (soft, hard) if one != resource.RLIM_INFINITY]
        resource.setrlimit(limit, (min([most, *tighter]), hard))


def _leave_network() -> None:
    """Go where there is no network, as the same user; where that is not allowed, stay."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK):
        return
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
