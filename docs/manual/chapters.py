"""The chapters, and the Markdown that they are written in, read by markdown-it-py.

What a chapter may hold: one heading ``#``, then ``##``; paragraphs; flat lists, numbered or not;
tables; a picture in a paragraph of its own; links; and in any text ``**words**`` for what stands on
our pages and sheets word for word, and ```commands```. Comments are for the writer. Menus of other
programs are quoted “so”. Tests look for every bold word in the program and run every command.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

HERE = Path(__file__).parent
INDEX = HERE / "README.md"
_QUOTED = re.compile(r" *([“”]) *")  # Markdown needs blanks around what is bold; Chinese has none
CHAPTERS = sorted(HERE.glob("[0-9]-*.md"))


def tree(path: Path) -> SyntaxTreeNode:
    """A chapter as a tree of blocks."""
    markdown = MarkdownIt("commonmark").enable("table")
    return SyntaxTreeNode(markdown.parse(path.read_text(encoding="utf-8")))


def plain(node: SyntaxTreeNode) -> str:
    """The text of a block as paper has it: words of the screen, and links, in quotation marks."""
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return ""
        case "strong" | "link":
            return f"“{''.join(map(plain, node.children))}”"
        case "inline":
            return _QUOTED.sub(r"\1", "".join(map(plain, node.children)))
        case "paragraph" | "heading" | "th" | "td" | "list_item":
            return "".join(map(plain, node.children))
        case other:
            raise ValueError(f"no part of the manual's Markdown: {other} in line {node.map}")


def rows(table: SyntaxTreeNode) -> list[list[str]]:
    """The cells of a table, its head first."""
    lines = (row for part in table.children for row in part.children)
    return [[plain(cell) for cell in row.children] for row in lines]
