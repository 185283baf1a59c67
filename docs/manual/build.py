"""The manual as one Word document and PDF: ``python -m docs.manual.build FOLDER``.

The chapters, laid on the paper of our reports (``workbook_tools/report/paper``); LibreOffice makes
the PDF of the document. Neither is committed: whoever releases builds both.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from markdown_it.tree import SyntaxTreeNode

from docs.manual.chapters import CHAPTERS, INDEX, plain, rows, tree
from workbook_tools.report.paper.files import check_writable, save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.pdf import write_pdfs
from workbook_tools.report.paper.tables import PaperColumn
from workbook_tools.report.paper.widths import display_width
from workbook_tools.version import __version__

TITLE = "操作手册"
_SIZES = {"Normal": 12, "heading 1": 18, "heading 2": 14}
"""Points: a manual is read at the desk and not signed, so it is set smaller than a report."""
_WORD = 12  # half Chinese characters
_LINE, _ABOVE = Pt(22), Pt(10)


def build(folder: Path, at: datetime.datetime | None = None) -> Path:
    """Write 操作手册.docx into a folder. ``at``: the time in its properties (default: now).

    A manual of ours that stands there is replaced. Raises TargetRefused for any other file.
    """
    target = folder / f"{TITLE}.docx"
    check_writable(target)
    paper = Paper(TITLE, (at or datetime.datetime.now()).replace(microsecond=0))
    _smaller(paper.document)
    paper.write(f"绩效自评{TITLE}", "Title")
    paper.write(f"workbook-tools {__version__} 版", "Caption")
    for path in (INDEX, *CHAPTERS):
        for block in tree(path).children:
            _lay(paper, block, path.parent)
    folder.mkdir(parents=True, exist_ok=True)
    save(paper.document, target)
    return target


def _lay(paper: Paper, block: SyntaxTreeNode, folder: Path) -> None:
    """Put a block of a chapter on the paper."""
    match block.type, block.tag:
        case "html_block", _:
            pass
        case "heading", "h1":
            if plain(block) != TITLE:  # which stands above all
                paper.section(plain(block))
        case "heading", "h2":
            paper.subsection(plain(block))
        case "bullet_list", _:
            for item in block.children:
                paper.write(f"• {plain(item)}")
        case "ordered_list", _:
            for number, item in enumerate(block.children, start=int(block.attrs.get("start", 1))):
                paper.write(f"{number}．{plain(item)}")
        case "table", _:
            _, *others = rows(block)
            paper.listing([_column(*cells) for cells in zip(*rows(block), strict=True)], others)
            paper.gap()
        case "paragraph", _ if image := _image(block):
            paper.picture(folder / str(image.attrs["src"]), image.content)
        case _:
            paper.write(plain(block))


def _column(title: str, *texts: str) -> PaperColumn:
    """A column; one of single words keeps them whole."""
    single = all(display_width(text) <= _WORD for text in texts)
    return PaperColumn(title, "center" if single else "text")


def _image(block: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """The picture that is all of a paragraph."""
    (inline,) = block.children
    alone = len(inline.children) == 1 and inline.children[0].type == "image"
    return inline.children[0] if alone else None


def _smaller(document: Document) -> None:
    for name, points in _SIZES.items():
        style = document.styles[name]
        style.font.size = Pt(points)
    document.styles["Normal"].paragraph_format.line_spacing = _LINE
    document.styles["heading 1"].paragraph_format.space_before = Pt(24)
    document.styles["heading 2"].paragraph_format.space_before = _ABOVE
    for indent in document.styles.element.iter(qn("w:ind")):
        if indent.get(qn("w:firstLineChars")):  # for programs that count no characters
            indent.set(qn("w:firstLine"), str(2 * 20 * _SIZES["Normal"]))


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    print(made, write_pdfs([made])[made], sep="\n")
