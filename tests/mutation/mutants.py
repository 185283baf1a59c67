"""The mutants of a module: each of its functions with one thing changed, compiled.

A function's code can be put in place of another's. What is made when a module is imported cannot:
decorators, defaults, classes and tables are left as they are.
"""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from tests.mutation.changes import Change, changes


class Function(NamedTuple):
    """A function or method of a module, not one within another."""

    path: Path
    name: str
    """Its qualified name."""
    first: int
    """The line that it begins in, that of its first decorator."""
    last: int


class Mutant(NamedTuple):
    """A function with one thing changed."""

    function: Function
    lines: range
    """Of the statement that is changed; of a compound one, of its head."""
    line: int
    change: str
    code: CodeType


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, function by function."""
    for top in ast.parse(path.read_text(encoding="utf-8")).body:
        for node, name in _functions(top, ""):
            first = min((one.lineno for one in node.decorator_list), default=node.lineno)
            function = Function(path, name, first, node.end_lineno or first)
            for change in changes(node):
                yield _mutant(function, top, change)


def _functions(
    top: ast.stmt, within: str
) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    match top:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield top, within + name
        case ast.ClassDef(name=name, body=body):
            for one in body:
                yield from _functions(one, f"{within}{name}.")
        case _:
            pass


def _mutant(function: Function, top: ast.stmt, change: Change) -> Mutant:
    """The function as compiled while the tree is changed."""
    before = ast.unparse(change.dropped or change.node)
    old = getattr(change.node, change.field)
    setattr(change.node, change.field, change.value)
    try:
        after = "left out" if change.dropped else ast.unparse(change.node)
        code = _code(top, function)
    finally:
        setattr(change.node, change.field, old)
    line = getattr(change.dropped or change.node, "lineno", change.statement.lineno)
    before, after = (text.partition("\n")[0] for text in (before, after))
    return Mutant(function, _head(change.statement), line, f"{before}  ->  {after}", code)


def _code(top: ast.stmt, function: Function) -> CodeType:
    flags = __future__.annotations.compiler_flag
    module = ast.Module([top], type_ignores=[])
    found: list[CodeType]
    found = [compile(module, str(function.path), "exec", flags=flags, dont_inherit=True)]
    for code in found:
        if (code.co_qualname, code.co_firstlineno) == (function.name, function.first):
            return code
        found += [one for one in code.co_consts if isinstance(one, CodeType)]
    raise LookupError(function.name)


def _head(statement: ast.stmt) -> range:
    match statement:
        case ast.Match(cases=[first, *_]):
            end = first.pattern.lineno
        case ast.stmt(body=[first, *_]):  # type: ignore[misc]
            end = first.lineno
        case _:
            end = (statement.end_lineno or statement.lineno) + 1
    return range(statement.lineno, max(end, statement.lineno + 1))
