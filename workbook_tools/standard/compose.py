"""YAML text -> plain nodes that know their lines.

The events come from libyaml; the nodes are made here, because PyYAML's own composer recurses
without bound (a file of brackets ends the process) and guesses types that a standard does not use.
Anchors, aliases and tags are refused: whoever reads the file should see what it says.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

_DEEPEST = 20  # nested lists and mappings; the schema needs 9


class Node:
    """A piece of a YAML file; ``line`` counts from 1."""

    __slots__ = ("line",)

    def __init__(self, line: int) -> None:
        self.line = line


class Scalar(Node):
    """A text; ``plain`` when it stands without quotes, so that it may mean a number."""

    __slots__ = ("plain", "text")

    def __init__(self, line: int, text: str, plain: bool) -> None:
        super().__init__(line)
        self.text = text
        self.plain = plain


class Sequence(Node):
    """A list of nodes."""

    __slots__ = ("items",)

    def __init__(self, line: int, items: list[Node]) -> None:
        super().__init__(line)
        self.items = items


class Mapping(Node):
    """Keys and values in the order of the file, repeated keys too."""

    __slots__ = ("entries",)

    def __init__(self, line: int, entries: list[tuple[Node, Node]]) -> None:
        super().__init__(line)
        self.entries = entries


class YamlError(ValueError):
    """The text is not YAML, or uses what standards do not; ``line`` from 1, 0 if unknown."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def compose(text: str) -> Node:
    """The one document in the text; raises :class:`YamlError` (in Chinese)."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    try:
        next(events)  # the stream's start
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            raise YamlError("文件是空的", 0)
        node = _node(next(events), events, 1)
        next(events)  # the document's end
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise YamlError("一个文件只能有一份 YAML 文档", _line(after))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise YamlError(f"不合 YAML 语法（{error.problem or error.context}）", line) from error
    except yaml.YAMLError as error:
        raise YamlError("含有 YAML 不允许的字符", 0) from error
    return node


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 0


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line = _line(event)
    if depth > _DEEPEST:
        raise YamlError(f"嵌套超过 {_DEEPEST} 层", line)
    if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) or event.anchor:
        raise YamlError("不支持 YAML 的锚点（&）和别名（*），请把内容写全", line)
    if event.tag:
        raise YamlError(f"不支持 YAML 标签 {event.tag}", line)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value, event.implicit[0])
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line, list(_until(yaml.SequenceEndEvent, events, depth)))
    nodes = _until(yaml.MappingEndEvent, events, depth)
    return Mapping(line, list(zip(nodes, nodes, strict=True)))


def _until(end: type[yaml.Event], events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, depth + 1)
