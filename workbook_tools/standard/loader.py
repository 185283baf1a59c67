"""Where standards come from: shipped with the package, or a file of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.standard import compiled
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Problem, StandardError

if TYPE_CHECKING:  # with YAML, which a standard that is kept compiled does without
    from workbook_tools.standard.file import Lint

DEFAULT = "hunan-county-2020"
_FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)  # asked for every workbook
def list_standards() -> tuple[str, ...]:
    """The ids of the shipped standards, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def load_standard(name_or_path: str | Path | None = None) -> Standard:
    """Load a standard: the shipped default, a shipped one by its id, or a file by its path.

    Raises :class:`StandardError`, with the file and line of all that is wrong. An id that comes
    out of a workbook should be compared with :func:`list_standards` first, for any other text is
    taken for a path.
    """
    name = DEFAULT if name_or_path is None else name_or_path
    if isinstance(name, str) and name in list_standards():
        return _load_shipped(name)
    return _load(Path(name))


def standard_text(name_or_path: str | Path | None = None) -> bytes:
    """The file that :func:`load_standard` reads, as it is. Raises OSError where there is none."""
    name = DEFAULT if name_or_path is None else name_or_path
    if isinstance(name, str) and name in list_standards():
        return (_FOLDER / f"{name}.yaml").read_bytes()
    return Path(name).read_bytes()


def check_standard(path: str | Path, *, further: Iterable[Lint] = ()) -> list[Problem]:
    """All problems of a standard's file or of a shipped standard, warnings too, in line order.

    ``further``: lints of those who make something of a standard and know what that can hold; they
    are asked once everything else is right.
    """
    from workbook_tools.standard.file import read_standard

    shipped = isinstance(path, str) and path in list_standards()
    file = _FOLDER / f"{path}.yaml" if shipped else Path(path)
    return read_standard(file, list_standards(), further)[1]


@lru_cache(maxsize=16)
def _load_shipped(name: str) -> Standard:
    file = _FOLDER / f"{name}.yaml"
    standard = compiled.kept(file)
    if standard is None:
        standard = _load(file)
        compiled.keep(file, standard)
    return standard


def _load(path: Path) -> Standard:
    from workbook_tools.standard.file import read_standard
    from workbook_tools.standard.order import in_order

    standard, problems = read_standard(path, list_standards())
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or standard is None:
        raise StandardError(errors)
    return in_order(standard)
