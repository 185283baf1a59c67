"""What can be wrong with a standard's file, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from workbook_tools.errors import WorkbookToolsError

Path = tuple[str | int, ...]
"""Where in a standard: keys and list positions (from 0), e.g. ``("indicators", 2, "weight")``."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with a standard: ``file``, ``line`` (from 1; 0: the file as a whole).

    ``message`` is Chinese and says what was found and what is allowed.
    """

    file: str
    line: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """The problem as people read it: file, line, message."""
        where = f"{self.file} 第 {self.line} 行" if self.line else self.file
        return f"{where}：{self.message}"


class StandardError(WorkbookToolsError, ValueError):
    """A standard that cannot be used; ``problems`` holds all that was found, in line order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, a line each."""
        return "\n".join(str(problem) for problem in self.problems)

    def __reduce__(self) -> tuple[type[StandardError], tuple[tuple[Problem, ...]]]:
        """Survive the way between processes."""
        return StandardError, (self.problems,)


class StandardFile(msgspec.Struct, frozen=True):
    """The file that a standard was read from, with the line of every part; () is the whole."""

    file: str
    lines: Mapping[Path, int]

    def problem(
        self, path: Path, message: str, severity: Literal["error", "warning"] = "error"
    ) -> Problem:
        """A problem with the part at ``path`` (or with what is around it, if that has no line)."""
        while path and path not in self.lines:
            path = path[:-1]
        return Problem(file=self.file, line=self.lines[path], message=message, severity=severity)
