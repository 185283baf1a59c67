"""What is changed to make a mutant: one field of one node of a function's syntax tree.

Comparisons and their bounds, numbers by one, `and` and `or`, `not`, conditions, operators, what is
returned, statements and named arguments left out, texts that programs read. Not changed are words
that people read (told.md compares those), docstrings, annotations and assertions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_PAIRS = ("all any", "min max", "startswith endswith", "removeprefix removesuffix", "lower upper")
_NAMES = {a: b for pair in _PAIRS for a, b in (pair.split(), reversed(pair.split()))}
_OTHER_TEXT = "·"
_NEVER = {"annotation", "returns", "decorator_list", "format_spec"}
"""Fields of nodes that are not looked into."""


class Change(NamedTuple):
    """One field of a node, and what it becomes."""

    statement: ast.stmt
    node: ast.AST
    field: str
    value: Any
    dropped: ast.stmt | None = None


def changes(function: ast.stmt) -> Iterator[Change]:
    """Every change of a function, in the order of its text."""
    yield from _below(function, function)


def _below(node: ast.AST, statement: ast.stmt) -> Iterator[Change]:
    if isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and _is_cast(node)):
        return
    for field, value in _new_values(node):
        yield Change(statement, node, field, value)
    for field, value in ast.iter_fields(node):
        if field in _NEVER or isinstance(node, ast.arguments):
            continue
        if not isinstance(value, list):
            value, block = [value], False
        else:
            block = any(isinstance(one, ast.stmt) for one in value)
        for place, one in enumerate(value):
            if block and isinstance(one, ast.Expr | ast.AugAssign | ast.Raise | ast.Return):
                if _is_words(one):
                    continue
                if not isinstance(one, ast.Return) or one.value is None:
                    rest = [*value[:place], ast.copy_location(ast.Pass(), one), *value[place + 1 :]]
                    yield Change(one, node, field, rest, one)
            if isinstance(one, ast.AST):
                yield from _below(one, one if isinstance(one, ast.stmt) else statement)


def _new_values(node: ast.AST) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.Compare(ops=ops):
            for place, one in enumerate(ops):
                for other in _COMPARISONS[type(one)]:
                    yield "ops", [*ops[:place], other(), *ops[place + 1 :]]
        case ast.BoolOp(op=op):
            yield "op", ast.And() if isinstance(op, ast.Or) else ast.Or()
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPERATORS:
            yield "op", _OPERATORS[type(op)]()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "operand", _not(operand)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
                yield "test", _not(test)
        case ast.comprehension(ifs=ifs):
            for place, _ in enumerate(ifs):
                yield "ifs", [*ifs[:place], *ifs[place + 1 :]]
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "value", ast.copy_location(ast.Constant(None), value)
        case ast.Call(keywords=keywords):
            for place, _ in enumerate(keywords):
                yield "keywords", [*keywords[:place], *keywords[place + 1 :]]
        case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES:
            yield "id", _NAMES[name]
        case ast.Attribute(attr=name) if name in _NAMES:
            yield "attr", _NAMES[name]
        case ast.Constant(value=value):
            for new in _other_constants(value):
                yield "value", new
        case _:
            pass


def _other_constants(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
            yield value - 1
        case str() if value.isascii():
            yield _OTHER_TEXT
        case _:
            pass


def _not(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _is_words(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_cast(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "cast"
