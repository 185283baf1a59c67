"""The parts of Python for Windows that no wheel of PyPI carries, made here by Debian's mingw-w64.

These are for tests: what is released has python.org's own, which are signed.
"""

from __future__ import annotations

import os
import py_compile
import re
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from distribution import packing

HERE = Path(__file__).parent
COMPILER = "x86_64-w64-mingw32-gcc"
_LISTER = "x86_64-w64-mingw32-objdump"
_EXPORT = re.compile(r"^\t\[ *\d+\] (\w+)$", re.MULTILINE)
_PLAIN = ("-shared", "-nostdlib", "-Wl,--entry=0", "-Wl,--disable-auto-image-base")
"""A library without code, whose place in memory does not hang on the name of the file written."""
_LEFT_OUT = {
    *("test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "distutils"),
    *("site-packages", "dist-packages", "lib-dynload", "pydoc_data", "venv"),
}


def write_program(library: Path, target: Path) -> None:
    """``python.exe``, which runs an interpreter's ``library`` (python311.dll)."""
    _compile("-municode", str(HERE / "launcher.c"), str(library), f"-o{target}")


def write_stable_library(library: Path, target: Path) -> None:
    """``python3.dll``, by which extensions for every version find those of ``library``."""
    listed = subprocess.check_output([_LISTER, "-p", str(library)], text=True)
    names = _EXPORT.findall(listed)
    with tempfile.TemporaryDirectory() as place:
        definition = Path(place) / "python3.def"
        lines = (f" {name} = {library.stem}.{name}\n" for name in names)
        definition.write_text(f"LIBRARY python3\nEXPORTS\n{''.join(lines)}", encoding="ascii")
        _compile(*_PLAIN, str(definition), f"-o{target}")


def write_standard_library(target: Path) -> None:
    """The standard library of this interpreter, compiled, as one archive (python311.zip)."""
    source = Path(sysconfig.get_path("stdlib"))
    with tempfile.TemporaryDirectory() as place:
        for path in sorted(source.rglob("*.py")):
            name = path.relative_to(source)
            of_this_machine = name.name.startswith("_sysconfigdata")
            if not of_this_machine and not _LEFT_OUT.intersection(name.parts):
                py_compile.compile(
                    str(path),
                    str((Path(place) / name).with_suffix(".pyc")),
                    dfile=name.as_posix(),
                    doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
        packing.write_zip(Path(place), target, stored=True)


def licence() -> str:
    """The licence of this interpreter and of what is in its standard library."""
    minor = sysconfig.get_python_version()
    known = Path(sysconfig.get_path("stdlib")), Path(f"/usr/share/doc/python{minor}")
    for path in (known[0] / "LICENSE.txt", known[1] / "copyright"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError("the licence of this Python is not where it is expected")


def _compile(*arguments: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}  # no time of today in what comes out
    subprocess.run([COMPILER, "-O2", "-s", *arguments], env=environment, check=True)
