"""Windows, as far as wine is it: a folder's programs, run under a code page of our choice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

_TOOLS = {
    "wine": "wine",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "localedef": "libc-bin",
}
_MISSING = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
if not Path("/usr/share/i18n/locales/zh_CN").is_file():
    _MISSING.append("locales")

requires_wine = pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")

LONGEST = 300
"""Seconds until a program counts as stuck."""
_LANGUAGES = {936: "zh_CN", 65001: "hi_IN"}
"""Windows takes its code page from the language; Hindi has none of its own, so it gets UTF-8."""
_UNSET = {"PYTHONDONTWRITEBYTECODE", "LC_ALL", "LANG", "LANGUAGE", "DISPLAY"}


class Ran(NamedTuple):
    """How a program ended, and all that it said."""

    code: int
    text: str


class Windows:
    """A machine with a code page: ``disk`` is a place that its programs see as well."""

    def __init__(self, disk: Path, code_page: int) -> None:
        self.code_page = code_page
        self.encoding = {936: "gbk", 65001: "utf-8"}[code_page]
        language = _LANGUAGES[code_page]
        locales = disk / "locales"
        locales.mkdir(parents=True)
        subprocess.run(
            ["localedef", "-i", language, "-f", "UTF-8", str(locales / f"{language}.UTF-8")],
            check=True,
        )
        self._environment = {k: v for k, v in os.environ.items() if k not in _UNSET} | {
            "WINEPREFIX": str(disk / "windows"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=",  # neither .NET nor a browser is looked for
            "LOCPATH": str(locales),
            "LC_ALL": f"{language}.UTF-8",
        }
        self._call(["wineboot", "--init"])
        self._complete(disk / "windows" / "drive_c" / "windows" / "system32")

    def run(self, folder: Path, *command: str) -> Ran:
        """Run something in a folder, with Enter pressed whenever it waits for a key."""
        process = self.start(folder, *command)
        said, _ = process.communicate(b"\r\n" * 9, timeout=LONGEST)
        return Ran(process.returncode, self.decoded(said))

    def said(self, folder: Path, *command: str) -> bytes:
        """The bytes that the same says."""
        return self.start(folder, *command).communicate(b"\r\n" * 9, timeout=LONGEST)[0]

    def start(self, folder: Path, *command: str) -> subprocess.Popen[bytes]:
        """Start something in a folder; what it says comes through its pipe."""
        return subprocess.Popen(
            ["wine", *command],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def decoded(self, said: bytes) -> str:
        """What was said, in the code page; a byte that is none of it fails."""
        return said.decode(self.encoding).replace("\r\n", "\n")

    def off(self) -> None:
        """End everything that runs there."""
        self._call(["wineserver", "--kill"])

    def _complete(self, libraries: Path) -> None:
        """Add what every Windows has and wine 8 has not: without it nothing in Rust is loaded."""
        source = Path(__file__).with_name("bcryptprimitives.c")
        target = libraries / "bcryptprimitives.dll"
        if not target.exists():
            command = ["x86_64-w64-mingw32-gcc", "-shared", str(source), "-ladvapi32"]
            subprocess.run([*command, "-o", str(target)], check=True)

    def _call(self, command: Sequence[str]) -> None:
        environment: Mapping[str, str] = self._environment
        subprocess.run(command, env=environment, capture_output=True, timeout=LONGEST)


def path_there(path: Path) -> str:
    """How Windows calls a path of this machine."""
    return "Z:" + str(path).replace("/", "\\")
