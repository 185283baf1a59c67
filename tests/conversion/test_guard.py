"""A converter that hangs, does nothing or is left alone is ended, and said to have failed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import workbook_tools as wt
from workbook_tools.assessment import assess_or_refuse
from workbook_tools.conversion import libreoffice
from workbook_tools.conversion.kinds import RTF
from workbook_tools.conversion.libreoffice import ELSEWHERE, ConversionError, convert
from workbook_tools.running.bounds import Bounds

REPORT = b"{\\rtf1 x}"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.covers,
    pytest.mark.skipif(sys.platform == "win32", reason="stand-ins are shell scripts"),
]


def stand_in(folder: Path, script: str) -> Path:
    """A program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that starts another and waits for it; the file has the other's number."""
    told = tmp_path / "pid"
    program = stand_in(tmp_path, f"sleep 600 &\necho $! > {told}.new; mv {told}.new {told}\nwait")
    monkeypatch.setenv(ELSEWHERE, str(program))
    return told


def is_gone(told: Path) -> bool:
    """Whether the process ends within half a minute."""
    number = int(told.read_text())
    for _ in range(300):
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":  # nobody has asked after it yet
            return True
        time.sleep(0.1)
    return False


def test_one_that_writes_nothing_and_says_well_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ELSEWHERE, str(stand_in(tmp_path, "exit 0")))
    with pytest.raises(ConversionError, match="自动转换没有成功"):
        convert(REPORT, RTF)
    source = tmp_path / "报告.doc"
    source.write_bytes(REPORT)
    with pytest.raises(wt.ReportError, match=r"报告.doc：自动转换没有成功.*另存为 .docx"):
        wt.import_report(source, tmp_path / "自评.xlsx")
    assert not (tmp_path / "自评.xlsx").exists()


def test_one_that_hangs_is_ended_with_what_it_started(
    hanging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "SECONDS", 1)
    with pytest.raises(ConversionError, match="上限"):
        convert(REPORT, RTF)
    assert is_gone(hanging)


def test_the_bounds_of_a_workbook_end_it_too(hanging: Path, tmp_path: Path) -> None:
    path = tmp_path / "自评.xls"
    path.write_bytes(compound("Workbook"))
    assessment = assess_or_refuse(path, bounds=Bounds(2, 0))
    assert "处理时间超过 2 秒" in assessment.findings[0].message
    assert is_gone(hanging)


def test_it_does_not_outlive_a_process_that_is_killed(hanging: Path) -> None:
    call = (
        "from workbook_tools.conversion.kinds import kind_of; "
        "from workbook_tools.conversion.libreoffice import convert; "
        f"convert({REPORT!r}, kind_of({REPORT!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", call], env=os.environ.copy()) as process:
        while not hanging.exists():
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    assert is_gone(hanging)


def test_it_is_held_to_its_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems do not hold a process to its memory")
    monkeypatch.setattr(libreoffice, "MEGABYTES", 200)
    wrote = tmp_path / "wrote"
    hungry = f"{sys.executable} -c 'b = bytearray(400_000_000)' && touch {wrote}"
    monkeypatch.setenv(ELSEWHERE, str(stand_in(tmp_path, hungry)))
    with pytest.raises(ConversionError):
        convert(REPORT, RTF)
    assert not wrote.exists()


def compound(stream: str) -> bytes:
    """A compound file ([MS-CFB]) with one stream, whose content is nothing that anybody knows."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = [fat, end, *range(3, 10), end]  # the table, the directory, eight of the stream

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        head = text.ljust(64, b"\0") + (len(text) + 2).to_bytes(2, "little") + bytes([kind, 1])
        links = b"".join(one.to_bytes(4, "little") for one in (free, free, child))
        return head + links + bytes(36) + start.to_bytes(4, "little") + size.to_bytes(8, "little")

    numbers = (0, 0, 0, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes.fromhex("3e000300feff09000600")
    header += bytes(6) + b"".join(one.to_bytes(4, "little") for one in numbers[3:])
    header += (0).to_bytes(4, "little")
    header = header.ljust(512, b"\xff")
    table = b"".join(one.to_bytes(4, "little") for one in sectors).ljust(512, b"\xff")
    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, free, 2, 4096)
    return header + table + directory.ljust(512, b"\0") + b"x" * 4096
