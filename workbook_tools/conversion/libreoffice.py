"""LibreOffice as a converter: where it is, what it may do, and whether it did it.

Each file is converted by a process of its own with a profile of its own, which is thrown away. The
profile forbids macros and links, updates nothing and has a proxy that leads nowhere; `guard` bounds
time and memory. That LibreOffice ends with 0 means nothing: what counts is the file it wrote.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook_tools.conversion import guard, odf
from workbook_tools.conversion.kinds import FileKind, Target

SECONDS = 120
MEGABYTES = 1_000
ELSEWHERE = "WORKBOOK_TOOLS_LIBREOFFICE"
"""The environment's word for where LibreOffice is; ``none``: do not use it."""

FILTERS: dict[Target, str] = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "docx": "docx:MS Word 2007 XML",
}
"""How a file is saved in each of today's formats."""
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_VERSIONS = ("/opt", "libreoffice*/program/soffice")  # where the packages of its makers put it

_NEVER = 2  # of links: not even after asking
_STRICTEST = 3  # macros of trusted places alone; there are none
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", str(_STRICTEST)),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", str(_NEVER)),
    ("Calc/Content/Update", "Link", str(_NEVER)),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "1"),  # never: what a formula gave is kept
    ("Calc/Formula/Load", "ODFRecalcMode", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand:
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),  # nobody listens there
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
)
_SETTING = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>\n'
)


class ConversionError(Exception):
    """A file that was not converted; the message is a Chinese sentence without the file's name."""


class OutOfTime(Exception):  # noqa: N818 - it is how a run ended
    """LibreOffice was ended because it took too long."""


def installed() -> Path | None:
    """The program of LibreOffice; None where there is none."""
    if elsewhere := os.environ.get(ELSEWHERE):
        path = Path(elsewhere)
        return path if path.is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return next((path for path in _places(found) if path.is_file()), None)


def _places(found: str | None) -> Iterator[Path]:
    if found:
        yield Path(found)
    yield from map(Path, _USUAL)
    yield from sorted(Path(_VERSIONS[0]).glob(_VERSIONS[1]), reverse=True)


def convert(data: bytes, kind: FileKind) -> bytes:
    """The file as LibreOffice saves it in today's format.

    Raises ConversionError where LibreOffice is not installed, took too long or wrote nothing, and
    for a package that would burst.
    """
    program = installed()
    if program is None:
        raise ConversionError("本机没有安装 LibreOffice，不能转换。")
    if kind.zipped and (problem := odf.refusal(data)) is not None:
        raise ConversionError(problem)
    with tempfile.TemporaryDirectory(
        prefix="workbook-tools-", ignore_cleanup_errors=True
    ) as folder:
        room = Path(folder)
        source = room / f"source{kind.suffix}"
        source.write_bytes(data)
        try:
            run(
                program,
                [source],
                FILTERS[kind.becomes],
                room,
                seconds=SECONDS,
                read_as=kind.filter,
            )
        except OutOfTime as error:
            raise ConversionError(f"自动转换超过 {SECONDS} 秒的上限，已停止。") from error
        made = room / f"source.{kind.becomes}"
        if not made.is_file():
            raise ConversionError("自动转换没有成功，可能设有打开密码，或文件已损坏。")
        return made.read_bytes()


def run(
    program: Path,
    sources: Sequence[Path],
    save_as: str,
    room: Path,
    *,
    seconds: float,
    read_as: str = "",
) -> None:
    """Have LibreOffice save files in another format, in ``room``; whether it did is to be seen.

    ``save_as`` and ``read_as`` are its filters. Raises OutOfTime.
    """
    profile = room / "profile" / "user"
    profile.mkdir(parents=True)
    settings = "".join(_SETTING.format(*one) for one in _SETTINGS)
    (profile / "registrymodifications.xcu").write_text(_PROFILE.format(settings), encoding="utf-8")
    command = [str(program), f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"]
    command += ["--norestore", *([f"--infilter={read_as}"] if read_as else [])]
    command += ["--convert-to", save_as, "--outdir", str(room), *map(str, sources)]
    with subprocess.Popen(
        [sys.executable, "-P", guard.__file__, str(seconds), str(MEGABYTES), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=room,
        env=os.environ | dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(room)),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as guarded:
        code = guarded.wait()  # whatever interrupts this closes its input, and it ends LibreOffice
    if code == guard.OUT_OF_TIME:
        raise OutOfTime
