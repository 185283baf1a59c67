"""YAML nodes -> the frozen types of a standard.

Works on composed nodes, not on loaded values, because only nodes know their lines, their repeated
keys and the digits of a number as they were written.
"""

from __future__ import annotations

import re
import types
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from workbook_tools.standard.problems import Path, Problem, Source

T = TypeVar("T")

_CORE = "tag:yaml.org,2002:"
_NULL, _BOOL = _CORE + "null", _CORE + "bool"
_NUMBERS = {_CORE + "int", _CORE + "float"}
_CORE_TAGS = {_CORE + tag for tag in "null bool int float str timestamp seq map merge value".split()}
# short on purpose: Fraction("1e999999999") would fill the memory
_FRACTION = re.compile(r"-?\d{1,15}(\.\d{1,15})?(/0*[1-9]\d{0,14})?")
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,14})")
_WORDS: dict[Any, str] = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    Fraction: "数（如 0.15 或 \"2/3\"）",
    tuple: "列表",
    dict: "键值表",
}


def decode(node: Node, wanted: type[T], file: str) -> tuple[T | None, Source, list[Problem]]:
    """Make a ``wanted`` struct of a composed node.

    Returns it (none when there are problems), the lines of its parts, and all problems found.
    A value that equals its default is left to the default, so that writing it out changes nothing.
    """
    decoder = _Decoder(file)
    value = decoder.value(node, wanted, ())
    return (None if decoder.problems else cast(T, value)), decoder.source, decoder.problems


@cache
def _fields(cls: type[msgspec.Struct]) -> dict[str, FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(cls)}


@cache
def _options(wanted: Any) -> tuple[Any, ...]:
    """The members of a union; a type that is none is its own only member."""
    if get_origin(wanted) in (Union, types.UnionType):
        return tuple(member for member in get_args(wanted) if member is not type(None))
    return (wanted,)


@cache
def _by_kind(wanted: Any) -> dict[Any, Any]:
    """The members of a union by what they are made of: str, Fraction, Literal, tuple, a tag …"""
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
    if isinstance(node, MappingNode):
        return "键值表"
    if isinstance(node, SequenceNode):
        return "列表"
    kind = "空值" if node.tag == _NULL else "数" if node.tag in _NUMBERS else "文字"
    return f"{kind} {str(node.value)[:40]!r}" if node.value else kind


class _Decoder:
    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {}
        self.source = Source(file, self.lines)
        self.problems: list[Problem] = []
        self._met: set[int] = set()

    def value(self, node: Node, wanted: Any, path: Path) -> Any:
        """The value of a node, or None after a problem has been noted."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._met:
            return self._wrong(path, "不支持 YAML 的别名（*），请把内容写全")
        self._met.add(id(node))
        if node.tag not in _CORE_TAGS:
            return self._wrong(path, f"不支持 YAML 标签 {node.tag}")
        kinds = _by_kind(wanted)
        if isinstance(node, ScalarNode):
            return self._scalar(node, wanted, kinds, path)
        if isinstance(node, SequenceNode) and tuple in kinds:
            item = get_args(kinds[tuple])[0]
            return tuple(
                self.value(child, item, (*path, number)) for number, child in enumerate(node.value)
            )
        if isinstance(node, MappingNode):
            if dict in kinds:
                item = get_args(kinds[dict])[1]
                entries = self._entries(node, path)
                return {key: self.value(child, item, (*path, key)) for key, child in entries.items()}
            structs = {tag: kind for tag, kind in kinds.items() if tag is None or type(tag) is str}
            if structs:
                return self._struct(node, structs, path)
        return self._expected(node, wanted, path)

    def _scalar(self, node: ScalarNode, wanted: Any, kinds: dict[Any, Any], path: Path) -> Any:
        text: str = node.value
        number = node.tag in _NUMBERS
        if Literal in kinds:
            for value in get_args(kinds[Literal]):
                if text == str(value) and number == isinstance(value, int):
                    return value
        if number and Fraction in kinds and _FRACTION.fullmatch(text):
            return Fraction(text)
        if number and int in kinds and _INTEGER.fullmatch(text):
            return int(text)
        if node.tag == _BOOL and bool in kinds and text in ("true", "false"):
            return text == "true"
        if not number and node.tag != _NULL:
            if str in kinds:
                return text
            if Fraction in kinds and _FRACTION.fullmatch(text):
                return Fraction(text)
        return self._expected(node, wanted, path)

    def _struct(self, node: MappingNode, structs: dict[str | None, Any], path: Path) -> Any:
        entries = self._entries(node, path)
        cls = structs.get(None)
        if cls is None:
            tag = entries.pop("kind", None)
            cls = structs.get(tag.value) if isinstance(tag, ScalarNode) else None
            if cls is None:
                found = f"未知的 kind {tag.value!r}" if isinstance(tag, ScalarNode) else "缺少 kind"
                return self._wrong(path, f"{found}，可用：{'、'.join(map(str, structs))}")
        fields = _fields(cls)
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

    def _entries(self, node: MappingNode, path: Path) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                self.lines.setdefault((*path, "?"), line)
                self._wrong((*path, "?"), "键应为文字")
                continue
            name: str = key.value
            if name in entries:
                first = self.lines[*path, name]
                self.problems.append(
                    Problem(
                        file=self.source.file,
                        line=line,
                        message=f"键 {name!r} 重复，第 {first} 行已经写过",
                    )
                )
                continue
            self.lines[*path, name] = line
            entries[name] = value
        return entries

    def _expected(self, node: Node, wanted: Any, path: Path) -> None:
        hint = "（文字中的数字请加引号）" if str in _by_kind(wanted) and node.tag in _NUMBERS else ""
        self._wrong(path, f"应为{_allowed(wanted)}，实际是{_found(node)}{hint}")

    def _wrong(self, path: Path, message: str) -> None:
        self.problems.append(self.source.problem(path, message))
