"""What the manual says of the program is there, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it.tree import SyntaxTreeNode

from docs.manual.chapters import CHAPTERS, HERE, INDEX, plain, tree
from docs.manual.frequent import chapter
from tests.manual import words
from workbook_tools.checks import kind

PAGES = (INDEX, *CHAPTERS)
WHOLE = words.on_pages() | words.on_sheets() | words.in_the_folder()
MESSAGES = words.in_messages()
_CELL = re.compile(r"(\w+) ([A-Z]+[0-9]+)")
_CODE = re.compile(r"\b[A-Z]{2}[0-9]{3}\b")


def nodes(path: Path, kind: str) -> Iterator[SyntaxTreeNode]:
    return (node for node in tree(path).walk() if node.type == kind)


def is_there(word: str) -> bool:
    """Whether it is a whole text of a page or a sheet, a cell, or part of a message."""
    if cell := _CELL.fullmatch(word):
        return cell[1] in words.TEMPLATE and cell[2] in words.cells_of(cell[1])
    return word in WHOLE or any(word in message for message in MESSAGES if len(word) > 4)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_word_in_bold_stands_in_the_program(path: Path) -> None:
    bold = {plain(node)[1:-1] for node in nodes(path, "strong")}
    assert not {word for word in bold if not is_there(word)}


def test_the_manual_is_about_the_program() -> None:
    assert sum(len(list(nodes(path, "strong"))) for path in PAGES) > 100


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_mark_of_bold_is_left_as_text(path: Path) -> None:
    assert not [node.content for node in nodes(path, "text") if "*" in node.content]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_code_is_of_a_finding(path: Path) -> None:
    for code in _CODE.findall(path.read_text(encoding="utf-8")):
        assert kind(code).code == code


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_and_picture_is_there(path: Path) -> None:
    targets = [str(node.attrs["href"]) for node in nodes(path, "link")]
    targets += [str(node.attrs["src"]) for node in nodes(path, "image")]
    assert not [target for target in targets if not (path.parent / target).exists()]


def test_twenty_findings_are_told_as_the_catalogue_tells_them() -> None:
    page = (HERE / "5-findings.md").read_text(encoding="utf-8")
    assert page == chapter()
    assert len(re.findall(r"^\| [A-Z]{2}[0-9]{3} ", page, re.MULTILINE)) == 20


def test_every_chapter_can_be_reached_from_the_first_page() -> None:
    linked = {str(node.attrs["href"]) for node in nodes(INDEX, "link")}
    assert {path.name for path in CHAPTERS} <= linked


def test_the_chinese_readme_opens_with_the_manual() -> None:
    readme = (words.ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    assert "docs/manual/README.md" in readme.partition("\n## ")[0]
