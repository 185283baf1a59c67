"""The command line, run as a person runs it, and what can be said of every run."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from workbook_tools.cli import top_level
from workbook_tools.cli.samples import samples_folder

SAMPLES = samples_folder()
CLEAN = SAMPLES / "civil-affairs-2020.xlsx"
"""A sample without errors."""
WATER = SAMPLES / "water-2020.xlsx"
"""A sample with errors at 基本信息!B19 and 人员资产!B9."""
XIANGTAN = SAMPLES / "xiangtan-2020.xlsx"

_COMMAND = re.compile(r"workbook-tools[ a-z-]*")
_FROM_YAML = re.compile(r"不合 YAML 语法（[^）]*）")
"""What the YAML library says of a file stays in its own words."""
_ENGLISH = re.compile(r"(?:\b[A-Za-z']{2,}[,.]? ){2,}[A-Za-z']{2,}")


class Ran(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


def english(text: str) -> list[str]:
    """Three English words in a row, that are no command: something that nobody translated."""
    return _ENGLISH.findall(_FROM_YAML.sub("", _COMMAND.sub("", text)))


def run(*args: str | Path) -> Ran:
    """Run a command in this process; no run leaks English or ends in a traceback."""
    result = CliRunner().invoke(top_level, [str(arg) for arg in args], prog_name="workbook-tools")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    if "json" not in args:
        assert not english(result.stdout + result.stderr)
    assert "Traceback" not in result.stderr
    return Ran(result.exit_code, result.stdout, result.stderr)


def run_apart(folder: Path, *args: str | Path, processes: int) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, in a folder, on so many processes."""
    return subprocess.run(
        [*command_line(*args), "-j", str(processes)],
        cwd=folder,
        env=environment({"PYTHONIOENCODING": "utf-8"}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def command_line(*args: str | Path) -> list[str]:
    return [sys.executable, "-m", "workbook_tools", *map(str, args)]


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    unset = ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "COLUMNS")
    return {k: v for k, v in os.environ.items() if k not in unset} | dict(changes)


def on_terminal(
    args: Sequence[str | Path], columns: int = 80, out: Path | None = None, **env: str
) -> tuple[int, str]:
    """Run in a process of its own on a terminal; what was shown. ``out``: stdout goes there."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    file = out.open("wb") if out else None
    process = subprocess.Popen(
        command_line(*args),
        stdin=slave,
        stdout=file or slave,
        stderr=slave,
        env=environment({"TERM": "xterm", **env}),
    )
    os.close(slave)
    shown = bytearray()
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed: that is how a terminal ends on Linux
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    if file:
        file.close()
    return process.wait(), shown.decode().replace("\r\n", "\n")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
