"""Of what a text speaks, told by its headings: a figure belongs to what was named above it.

年初预算 and 本年支出合计 are names that every item, project and body has. They are the department's
only where nothing else is the subject, however far above it was named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from workbook_tools.narrative.words import is_heading, names_a_body


class Subject(IntEnum):
    """Whose figures follow, from the department itself to what never speaks for it."""

    DEPARTMENT = 0
    TOPIC = 1
    """A part or a matter: its totals are not the department's."""
    ANOTHER = 2
    """Another body, or an item of the functional classification: nothing is the department's."""


_CHINESE = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"\s*(?:(?P<a>[{_CHINESE}]{{1,3}}[、.．])|(?P<b>[（(][{_CHINESE}]{{1,3}}[）)][、.．]?)"
    r"|(?P<c>\d{1,2}[、.．](?!\d))|(?P<d>[（(]\d{1,2}[）)][、.．]?)|(?P<e>\d{1,2}[）)][、.．]?))"
)
_UNNUMBERED = 6  # ranks below all five styles of numbers
_FUNCTIONAL = re.compile(
    r"[（(]\s*[类款项]\s*[）)]|科目编码|类款项"
    r"|(?<![\d.,，])2\d{2}\d{2}(?:\d{2})?\s*(?![元万亿人名个项份分年月日])[\u4e00-\u9fff]"
)
"""Items of 政府收支分类科目: 行政运行（项）, 2080505机关事业单位基本养老保险缴费支出."""
_HEAD = re.compile(r"[^。！？!?:：;；]*")
_NOT_IN_HEADING = re.compile(r"[，,]|\d(?:[\d.,，\s]*)(?:[亿万元%人名个项份]|$)")
_GOES_ON = "其中"
_LONGEST = 40  # characters


def is_functional(words: str) -> bool:
    """Whether words name an item of the functional classification."""
    return _FUNCTIONAL.search(words) is not None


class Outline:
    """The headings above a line, by rank, and the subject that they leave.

    ``ourselves``: what else is said for those whose figures they are.
    """

    def __init__(self, own_name: str, ourselves: Sequence[str] = ()) -> None:
        self.own_name = own_name
        self._ourselves = re.compile("|".join(map(re.escape, ourselves)) or r"(?!)")
        self._above: list[tuple[int, Subject, str]] = []

    @property
    def subject(self) -> Subject:
        """Whose figures follow, by all headings above."""
        return max((subject for _, subject, _ in self._above), default=Subject.DEPARTMENT)

    @property
    def topics(self) -> list[str]:
        """The headings above that name a part or a matter."""
        return [words for _, subject, words in self._above if subject is not Subject.DEPARTMENT]

    def take(self, line: str) -> None:
        """Note a line: its number ends what stands beside it, its first words may be a heading."""
        item = _ITEM.match(line)
        rank = "abcde".index(str(item.lastgroup)) + 1 if item else _UNNUMBERED
        words = line[item.end() :] if item else line
        head = _HEAD.match(words)
        assert head is not None, "matches the empty text as well"
        named = head[0].strip()
        goes_on = named.startswith(_GOES_ON)
        begins = (
            bool(named)
            and not goes_on
            and len(named) <= _LONGEST
            and not _NOT_IN_HEADING.search(named)
        )
        if is_functional(line):
            subject = Subject.ANOTHER
        elif begins:
            subject = self.of(named)
        elif item:
            subject = Subject.DEPARTMENT
        else:
            return
        self._above = [one for one in self._above if one[0] < rank]
        self._above.append((rank, subject, named))

    def of(self, words: str) -> Subject:
        """The subject that a heading, or a sentence that only names something, begins."""
        if is_functional(words):
            return Subject.ANOTHER
        own = len(words) > 2 and words in self.own_name
        if own or is_heading(self._ourselves.sub("", words)):
            return Subject.DEPARTMENT
        return Subject.ANOTHER if names_a_body(words) else Subject.TOPIC
