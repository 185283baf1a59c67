"""The wheelhouse for Linux, and its archive: ``python -m distribution.linux x86_64 -o DIRECTORY``.

It holds every wheel for each minor version of Python, so that one archive fits what a machine has,
and a script that installs without a network. Python itself is not in it: whoever releases may lay a
standalone one for that machine beside the script, as ``python/``.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from distribution import packing, parts
from distribution.targets import PYTHONS, TARGETS
from workbook_tools.version import __version__

_TEXTS = parts.HERE / "texts" / "linux"


def make(machine: str, target: Path) -> Path:
    """Write the archive for a machine (``x86_64`` or ``aarch64``) into a folder, and give its path.

    Raises FetchError where PyPI cannot be reached.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / f"workbook-tools-{__version__}-linux-{machine}"
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        for python in PYTHONS:
            parts.download(TARGETS[machine], python, wheels)
        names = parts.pinned(TARGETS[machine])
        parts.own_wheel(wheels)
        (folder / "parts.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        for path in _TEXTS.iterdir():
            text = path.read_text(encoding="utf-8")
            for word, value in _words(machine, len(names)).items():
                text = text.replace(f"{{{word}}}", value)
            (folder / path.name).write_text(text, encoding="utf-8", newline="\n")
        packing.write_list(folder)
        target.mkdir(parents=True, exist_ok=True)
        packed = target / f"{folder.name}.tar.gz"
        packing.write_tar(folder, packed)
    print(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB, for Python {', '.join(PYTHONS)}")
    return packed


def _words(machine: str, count: int) -> dict[str, str]:
    versions = ", ".join(f"({python.replace('.', ', ')})" for python in PYTHONS)
    return {
        "version": __version__,
        "machine": machine,
        "pythons": versions,
        "count": str(count),
    }


def main() -> None:
    """Make the archive, as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m distribution.linux", description=__doc__)
    machines = [name for name, target in TARGETS.items() if target.system == "linux"]
    parser.add_argument("machine", choices=machines)
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"))
    given = parser.parse_args()
    make(given.machine, given.output)


if __name__ == "__main__":
    main()
