"""The folder for Windows, and its zip: ``python -m distribution.windows -o DIRECTORY``.

With ``--python FILE`` it is made of that Python, python.org's embeddable package as a release is;
without, of libraries that PyPI has, for the tests. Which it was, it says, and 说明.txt does.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from distribution import packing, parts, pythons
from distribution.targets import TARGETS
from workbook_tools.version import __version__

_TEXTS = parts.HERE / "texts" / "windows"
_PACKAGES = "Lib/site-packages"
_ORIGINS = {
    "embeddable": "python.org 的官方嵌入版，程序文件由 Python 软件基金会签名",
    "wheel": "PyPI 上的软件包（其中的 DLL 由 Python 软件基金会签名，python.exe 和标准库是"
    "自行编译的，只供测试，不要分发）",
}
_NOT_NEEDED = re.compile(
    r"\.pyi$|\.data/scripts/"
    r"|^lxml/(includes|html|isoschematron)/|^lxml/(objectify|sax|builder)\.|^lxml/.*\.(pyx|pxi|pxd|h)$"
    r"|^cffi/|^pycparser/|^olefile/doc/"
    r"|\.dist-info/(RECORD$|licenses/|sboms/)"
)
"""What nothing here imports: types; of lxml all but the tree; of cffi all but its compiled part.

Nor what pip alone reads, and licences a second time.
"""
_LICENCE = re.compile(r"(licen[cs]e|copying|notice)[^/]*(?<!\.py)$", re.IGNORECASE)


def make(target: Path, python: Path | None = None) -> Path:
    """Write the zip into a folder, and give its path.

    Raises UnknownPythonError when ``python`` is none that is known, FetchError where PyPI cannot be
    reached.
    """
    with tempfile.TemporaryDirectory() as place:
        wheels, folder = Path(place) / "wheels", Path(place) / "folder"
        wheels.mkdir()
        pin = pythons.unpack(python or pythons.fetched(Path(place)), folder / "python")
        parts.download(TARGETS["windows"], pin.minor, wheels)
        count = len(list(wheels.iterdir()))
        parts.own_wheel(wheels)
        for wheel in wheels.iterdir():
            _unpack(wheel, folder)
        _finish(folder, pin, count)
        target.mkdir(parents=True, exist_ok=True)
        zipped = target / f"workbook-tools-{__version__}-windows-x64.zip"
        packing.write_zip(folder, zipped, f"绩效自评-{__version__}/")
    print(f"{zipped}: {zipped.stat().st_size / 1e6:.1f} MB, Python {pin.python} of {pin.file}")
    return zipped


def _unpack(wheel: Path, folder: Path) -> None:
    """Put a wheel's content where the interpreter looks for it, its licences also to the others."""
    licences = folder / "许可证" / "-".join(wheel.name.split("-")[:2])
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if _LICENCE.search(name):
                _write(licences / Path(name).name, archive.read(name))
            if not name.endswith("/") and not _NOT_NEEDED.search(name):
                _write(folder / "python" / _PACKAGES / name, archive.read(name))


def _finish(folder: Path, pin: pythons.Pin, count: int) -> None:
    """Add what leads from a double click to the packages, and what people read."""
    python = folder / "python"
    digits = pin.minor.replace(".", "")
    places = (f"python{digits}.zip", ".", _PACKAGES.replace("/", "\\"))
    _write(python / f"python{digits}._pth", "\r\n".join((*places, "")).encode())
    for name in ("dropped.py", "bureau.py"):
        shutil.copy(parts.HERE / name, python)
    licence = (python / "LICENSE.txt").read_bytes()
    _write(folder / "许可证" / f"Python-{pin.python}" / "LICENSE.txt", licence)
    for path in _TEXTS.iterdir():
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        if path.suffix == ".bat":
            _write(folder / path.name, text.encode("gbk"))
        else:
            origin = _ORIGINS[pin.kind]
            text = text.format(version=__version__, python=pin.python, origin=origin, count=count)
            _write(folder / path.name, text.encode("utf-8-sig"))
            _write(folder / f"{path.stem}-GBK.txt", text.encode("gbk"))
    packing.write_list(folder)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> None:
    """Make the zip, as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m distribution.windows", description=__doc__)
    parser.add_argument("--python", type=Path, help="one of the files in pins.yaml")
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"))
    given = parser.parse_args()
    make(given.output, given.python)


if __name__ == "__main__":
    main()
