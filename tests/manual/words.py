"""What stands on our pages, sheets and in our messages, word for word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import openpyxl

import workbook_tools
from workbook_tools.desk.office.store import ROUND_STATES, UNIT_STATES
from workbook_tools.standard.severity import SEVERITY_NAMES

ROOT = Path(__file__).parents[2]
PROGRAM = Path(workbook_tools.__file__).parent
TEMPLATE = openpyxl.load_workbook(ROOT / "templates" / "score_template.xlsx")
_FOLDER = ("启动.bat", "收件台.bat", "校验.bat")  # of the folder for Windows
_MARKS = re.compile(r"[●○◐].*|（(?:自动|有扣分必填|财政填)）|选“是”$")
"""What a heading of a sheet says beside its name."""


def on_pages() -> set[str]:
    """The texts between two tags of the desk's pages, and the states that they show."""
    states = {f"进入“{name}”阶段" for name in ROUND_STATES.values()}
    texts = chain.from_iterable(map(_between_tags, PROGRAM.rglob("html/**/*.html")))
    shown = {*ROUND_STATES.values(), *UNIT_STATES.values(), *SEVERITY_NAMES.values()}
    return {*texts, *states, *shown}


def _between_tags(page: Path) -> Iterator[str]:
    text = re.sub(r"{%.*?%}", "<>", page.read_text(encoding="utf-8"))
    yield from re.findall(r'"([^"]+)"', "".join(re.findall(r"{{.*?}}", text)))  # one or the other
    bare = re.split(r"<[^>]*>", re.sub(r"{{.*?}}", "<>", text))
    yield from filter(None, map(str.strip, bare))


def on_sheets() -> set[str]:
    """The names of the template's sheets, and what stands in their cells without its marks."""
    cells = (
        str(cell.value).replace("\n", "")
        for sheet in TEMPLATE
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    return {*TEMPLATE.sheetnames, *(_MARKS.sub("", text) for text in cells)}


def cells_of(sheet: str) -> set[str]:
    """The addresses of a sheet in which something stands or can be filled in."""
    cells = (cell for row in TEMPLATE[sheet].iter_rows() for cell in row)
    return {
        cell.coordinate for cell in cells if cell.value is not None or not cell.protection.locked
    }


def in_messages() -> set[str]:
    """Every constant text of the program's code."""
    return {
        node.value
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def in_the_folder() -> set[str]:
    """The files that a clerk double-clicks."""
    return set(_FOLDER)
