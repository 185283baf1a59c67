"""Where standards come from: shipped with the package, or a file of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from workbook_tools.standard.compose import Node, YamlError, compose
from workbook_tools.standard.decode import decode
from workbook_tools.standard.lint import lint
from workbook_tools.standard.model import Standard
from workbook_tools.standard.order import in_order
from workbook_tools.standard.problems import Problem, Source, StandardError

Lint = Callable[[Standard, Source], Iterable[Problem]]
"""Finds what is wrong with a standard that has the right shape."""

DEFAULT = "hunan-county-2020"
_FOLDER = Path(__file__).parent
_LARGEST = 1_000_000  # bytes; the shipped standard has 60,000


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
    shipped = isinstance(path, str) and path in list_standards()
    return _read(_FOLDER / f"{path}.yaml" if shipped else Path(path), further)[1]


@lru_cache(maxsize=16)
def _load_shipped(name: str) -> Standard:
    return _load(_FOLDER / f"{name}.yaml")


def _load(path: Path) -> Standard:
    standard, problems = _read(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or standard is None:
        raise StandardError(errors)
    return in_order(standard)


def _read(path: Path, further: Iterable[Lint] = ()) -> tuple[Standard | None, list[Problem]]:
    """The standard in a file, if it has the right shape, and all problems of the file."""
    try:
        node = _nodes(path)
    except StandardError as error:
        return None, list(error.problems)
    standard, source, problems = decode(node, Standard, path.name)
    if standard is not None:
        problems = lint(standard, source)
        if not any(problem.severity == "error" for problem in problems):
            problems += [one for each in further for one in each(standard, source)]
    return standard, sorted(problems, key=lambda problem: problem.line)


def _nodes(path: Path) -> Node:
    def refuse(message: str, line: int = 0) -> StandardError:
        return StandardError([Problem(file=path.name, line=line, message=message)])

    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise refuse(f"文件超过 {_LARGEST} 字节，不像评分标准")
        return compose(content.decode("utf-8-sig"))
    except FileNotFoundError:
        known = "、".join(list_standards())
        raise refuse(f"找不到这个评分标准；可用文件路径，或随软件提供的：{known}") from None
    except OSError as error:
        raise refuse("无法读取，请确认它是文件并有读取权限") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse("文件不是 UTF-8 编码，请另存为 UTF-8", line) from error
    except YamlError as error:
        raise refuse(str(error), error.line) from error
