"""The wheels that everything is made of, each known by its SHA-256.

`python -m distribution.parts` asks pip anew what the package needs on every target, and writes the
lists: `parts.txt` for all, `parts-windows.txt` and `parts-linux.txt` for what only one needs.
pandas is left out, and with it numpy: no command and no page imports them. So is pdfplumber, whose
own needs (Pillow, PDFium) would make the folder too large to send: a PDF is refused there.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from distribution.targets import PYTHONS, TARGETS, Target

HERE = Path(__file__).parent
ROOT = HERE.parent
LEFT_OUT = {"pandas", "pdfplumber"}
ONLY = {"windows": ["colorama"], "linux": ["pip"]}
"""What pip cannot tell from here: click's need on Windows; and what installs where no pip is."""

_CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)-")
_HEAD = "# Written by `python -m distribution.parts`.\n"


class FetchError(Exception):
    """What pip could not get, with what it said."""


def lists(target: Target) -> list[Path]:
    """What a target gets, in files that pip reads."""
    return [HERE / "parts.txt", HERE / f"parts-{target.system}.txt"]


def pinned(target: Target) -> list[str]:
    """What a target gets, with versions (``click==8.5.1``), less the hashes."""
    text = "".join(path.read_text(encoding="utf-8") for path in lists(target))
    return re.findall(r"^[\w.-]+==\S+", text, re.MULTILINE)


def download(target: Target, python: str, folder: Path) -> None:
    """Fetch the listed wheels for a target and a minor version of Python (``3.11``).

    Raises FetchError where the index cannot be reached, or a wheel is not the one listed.
    """
    wanted = [f"--requirement={path}" for path in lists(target)]
    _download(target, python, folder, ["--no-deps", "--require-hashes", *wanted])


def download_one(requirement: str, sha256: str, target: Target, python: str, folder: Path) -> None:
    """Fetch one wheel, whose SHA-256 is known, for a target; raises as `download` does."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write(f"{requirement} --hash=sha256:{sha256}\n")
        wanted.flush()
        _download(target, python, folder, ["--no-deps", "-r", wanted.name])


def own_wheel(folder: Path) -> Path:
    """Build this package's wheel into a folder; the same source gives the same bytes."""
    with tempfile.TemporaryDirectory() as place:
        _pip("wheel", "--no-deps", f"--wheel-dir={place}", str(ROOT), constraints=_CONSTRAINTS)
        (wheel,) = Path(place).iterdir()
        return Path(shutil.move(wheel, folder / wheel.name))


def requirements() -> list[str]:
    """What the package and its desk ask for, less what is left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["desk"]]
    return [line for line in asked if re.split(r"[<>=\[; ]", line)[0] not in LEFT_OUT]


def main() -> None:
    """Write the lists anew, with what pip chooses today under the versions that CI uses."""
    found: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for target in TARGETS.values():
        for python in PYTHONS:
            for place, wanted in (("", requirements()), (target.system, ONLY[target.system])):
                for name, version, digest in _chosen(target, python, wanted):
                    found[place][name, version].add(digest)
    for place, wheels in found.items():
        path = HERE / (f"parts-{place}.txt" if place else "parts.txt")
        path.write_text(_HEAD + "".join(_lines(wheels)), encoding="utf-8")


def _chosen(target: Target, python: str, wanted: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as place:
        _download(target, python, Path(place), [f"--constraint={_CONSTRAINTS}", *wanted])
        for wheel in Path(place).iterdir():
            named = _WHEEL.match(wheel.name)
            assert named is not None
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            yield named["name"].replace("_", "-"), named["version"], digest


def _lines(wheels: dict[tuple[str, str], set[str]]) -> Iterator[str]:
    for (name, version), digests in sorted(wheels.items()):
        hashes = " \\\n".join(f"    --hash=sha256:{digest}" for digest in sorted(digests))
        yield f"{name}=={version} \\\n{hashes}\n"


def _download(target: Target, python: str, folder: Path, what: Sequence[str]) -> None:
    platforms = [f"--platform={tag}" for tag in target.platforms]
    options = ["--only-binary=:all:", f"--python-version={python}", *platforms]
    _pip("download", f"--dest={folder}", *options, *what)


def _pip(*arguments: str, constraints: Path | None = None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    if constraints is not None:
        environment["PIP_CONSTRAINT"] = str(constraints)
    command = [sys.executable, "-m", "pip", "--quiet", *arguments]
    run = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if run.returncode:
        raise FetchError(f"pip {arguments[0]} failed; can PyPI be reached?\n{run.stderr}")


if __name__ == "__main__":
    main()
