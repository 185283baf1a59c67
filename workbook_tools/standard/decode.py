"""Nodes of a file -> the frozen types of a standard.

Works on nodes, not on loaded values, because only nodes know their lines, their repeated keys and
the digits of a number as they were written.
"""

from __future__ import annotations

import re
import types
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from workbook_tools.standard.compose import Mapping, Node, Scalar, Sequence
from workbook_tools.standard.problems import Path, Problem, StandardFile

T = TypeVar("T")

# short on purpose: Fraction("1e999999999") would fill the memory
_FRACTION = re.compile(r"-?\d{1,15}(\.\d{1,15})?(/0*[1-9]\d{0,14})?")
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"-?\d[\d.]*")
_WORDS: dict[Any, str] = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    Fraction: '数（如 0.15 或 "2/3"）',
    tuple: "列表",
    dict: "键值表",
}


def decode(node: Node, wanted: type[T], file: str) -> tuple[T | None, StandardFile, list[Problem]]:
    """Make a ``wanted`` struct of a composed node.

    Returns it (none when there are problems), the lines of its parts, and all problems found.
    A value that equals its default is left to the default, so that writing it out changes nothing.
    """
    decoder = _Decoder(file)
    value = decoder.value(node, wanted, ())
    return (None if decoder.problems else cast(T, value)), decoder.source, decoder.problems


@cache
def keys_of(cls: type[msgspec.Struct]) -> dict[str, FieldInfo]:
    """What may stand in a file for a part of this kind, by the keys there."""
    return {field.encode_name: field for field in msgspec.structs.fields(cls)}


@cache
def _options(wanted: Any) -> tuple[Any, ...]:
    """The members of a union; a type that is none is its own only member."""
    if get_origin(wanted) in (Union, types.UnionType):
        return tuple(member for member in get_args(wanted) if member is not type(None))
    return (wanted,)


@cache
def _by_kind(wanted: Any) -> dict[Any, Any]:
    """The members of a union by what they are made of: a scalar type, tuple, dict or a tag."""
    kinds: dict[Any, Any] = {}
    for option in _options(wanted):
        if isinstance(option, type) and issubclass(option, msgspec.Struct):
            kinds[option.__struct_config__.tag] = option
        else:
            kinds[get_origin(option) or option] = option
    return kinds


def _allowed(wanted: Any) -> str:
    """The kinds of value that may stand there, in words."""
    words: list[str] = []
    for option in _options(wanted):
        if get_origin(option) is Literal:
            words.append("、".join(str(value) for value in get_args(option)) + " 之一")
        else:
            words.append(_WORDS.get(get_origin(option) or option, "键值表"))
    return "或".join(dict.fromkeys(words))


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        kind = "空值" if _is_null(node) else "数" if _is_number(node) else "文字"
        return f"{kind} {node.text[:40]!r}" if node.text else kind
    return "列表" if isinstance(node, Sequence) else "键值表"


def _is_number(node: Scalar) -> bool:
    return node.plain and _DECIMAL.fullmatch(node.text) is not None


def _is_null(node: Scalar) -> bool:
    return node.plain and node.text in ("", "~", "null")


class _Decoder:
    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {}
        self.source = StandardFile(file, self.lines)
        self.problems: list[Problem] = []

    def value(self, node: Node, wanted: Any, path: Path) -> Any:
        """The value of a node, or None after a problem has been noted."""
        self.lines.setdefault(path, node.line)
        kinds = _by_kind(wanted)
        if isinstance(node, Scalar):
            return self._scalar(node, wanted, kinds, path)
        if isinstance(node, Sequence) and tuple in kinds:
            item = get_args(kinds[tuple])[0]
            return tuple(
                self.value(child, item, (*path, number)) for number, child in enumerate(node.items)
            )
        if isinstance(node, Mapping):
            if dict in kinds:
                item = get_args(kinds[dict])[1]
                entries = self._entries(node, path)
                return {
                    key: self.value(child, item, (*path, key)) for key, child in entries.items()
                }
            structs = {tag: kind for tag, kind in kinds.items() if tag is None or type(tag) is str}
            if structs:
                return self._struct(node, structs, path)
        return self._expected(node, wanted, path)

    def _scalar(self, node: Scalar, wanted: Any, kinds: dict[Any, Any], path: Path) -> Any:
        text, number = node.text, _is_number(node)
        if Literal in kinds:
            for value in get_args(kinds[Literal]):
                if text == str(value) and number == isinstance(value, int):
                    return value
        if Fraction in kinds and _FRACTION.fullmatch(text) and (number or str not in kinds):
            return Fraction(text)
        if int in kinds and number and _INTEGER.fullmatch(text):
            return int(text)
        if bool in kinds and node.plain and text in ("true", "false"):
            return text == "true"
        if str in kinds and not number and not _is_null(node):
            return text
        return self._expected(node, wanted, path)

    def _struct(self, node: Mapping, structs: dict[str | None, Any], path: Path) -> Any:
        entries = self._entries(node, path)
        cls = structs.get(None)
        if cls is None:
            tag = entries.pop("kind", None)
            cls = structs.get(tag.text) if isinstance(tag, Scalar) else None
            if cls is None:
                found = f"未知的 kind {tag.text!r}" if isinstance(tag, Scalar) else "缺少 kind"
                return self._wrong(path, f"{found}，可用：{'、'.join(map(str, structs))}")
        fields = keys_of(cls)
        values: dict[str, Any] = {}
        for key, child in entries.items():
            field = fields.get(key)
            if field is None:
                known = "、".join(fields)
                self._wrong((*path, key), f"未知的键 {key!r}，这里可用：{known}")
                continue
            value = self.value(child, field.type, (*path, key))
            if value != field.default:
                values[field.name] = value
        missing = [key for key, field in fields.items() if field.required and key not in entries]
        if missing:
            return self._wrong(path, f"缺少必填的键：{'、'.join(missing)}")
        return None if self.problems else cls(**values)

    def _entries(self, node: Mapping, path: Path) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for key, value in node.entries:
            if not isinstance(key, Scalar):
                self._wrong_at(key.line, "键应为文字")
            elif key.text in entries:
                first = self.lines[*path, key.text]
                self._wrong_at(key.line, f"键 {key.text!r} 重复，第 {first} 行已经写过")
            else:
                self.lines[*path, key.text] = key.line
                entries[key.text] = value
        return entries

    def _expected(self, node: Node, wanted: Any, path: Path) -> None:
        digits = isinstance(node, Scalar) and _is_number(node)
        hint = "（文字中的数字请加引号）" if digits and str in _by_kind(wanted) else ""
        self._wrong(path, f"应为{_allowed(wanted)}，实际是{_found(node)}{hint}")

    def _wrong(self, path: Path, message: str) -> None:
        self.problems.append(self.source.problem(path, message))

    def _wrong_at(self, line: int, message: str) -> None:
        self.problems.append(Problem(file=self.source.file, line=line, message=message))
