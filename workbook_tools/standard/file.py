"""A standard's file -> the standard in it, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from workbook_tools.standard.compose import Node, YamlError, compose
from workbook_tools.standard.decode import decode
from workbook_tools.standard.lint import lint
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Problem, StandardError, StandardFile

Lint = Callable[[Standard, StandardFile], Iterable[Problem]]
"""Finds what is wrong with a standard that has the right shape."""

_LARGEST = 1_000_000  # bytes; the shipped standard has 60,000


def read_standard(
    path: Path, known: Iterable[str], further: Iterable[Lint] = ()
) -> tuple[Standard | None, list[Problem]]:
    """The standard in a file, if it has the right shape, and all problems of the file.

    ``known``: the ids of shipped standards, told where there is no such file. ``further``: see
    `check_standard`.
    """
    try:
        node = _nodes(path, known)
    except StandardError as error:
        return None, list(error.problems)
    standard, source, problems = decode(node, Standard, path.name)
    if standard is not None:
        problems = lint(standard, source)
        if not any(problem.severity == "error" for problem in problems):
            problems += [one for each in further for one in each(standard, source)]
    return standard, sorted(problems, key=lambda problem: problem.line)


def _nodes(path: Path, known: Iterable[str]) -> Node:
    def refuse(message: str, line: int = 0) -> StandardError:
        return StandardError([Problem(file=path.name, line=line, message=message)])

    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise refuse(f"文件超过 {_LARGEST} 字节，不像评分标准")
        return compose(content.decode("utf-8-sig"))
    except FileNotFoundError:
        shipped = "、".join(known)
        raise refuse(f"找不到这个评分标准；可用文件路径，或随软件提供的：{shipped}") from None
    except OSError as error:
        raise refuse("无法读取，请确认它是文件并有读取权限") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse("文件不是 UTF-8 编码，请另存为 UTF-8", line) from error
    except YamlError as error:
        raise refuse(str(error), error.line) from error
