"""Many workbooks as a table: a line each, in columns as wide as a console shows them."""

from __future__ import annotations

from pathlib import PurePath

import click

from workbook_tools.assessment import Record
from workbook_tools.checks import is_blank
from workbook_tools.cli.output import total_on_record
from workbook_tools.cli.terminal import display_width, one_line
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.presentation.severities import severities
from workbook_tools.standard.severity import SEVERITY_NAMES

_NAME = 40  # columns for the unit; with the others a line stays under 80
_COLUMNS = (
    ("得分", 13),
    ("等次", 6),
    (SEVERITY_NAMES["error"], 6),
    (SEVERITY_NAMES["warning"], 6),
)
_CUT = "…"


def print_head() -> None:
    """Print the names of the columns, and a line under them."""
    cells = [_left("单位", _NAME), *(_right(name, width) for name, width in _COLUMNS)]
    line = "".join(cells)
    click.echo(line)
    click.echo("-" * display_width(line))


def print_row(record: Record) -> None:
    """Print one workbook: the unit, its total and grade, how many errors and warnings."""
    number = severities(record.findings)
    total, grade = _outcome(record)
    name = one_line(record.unit_name) or PurePath(record.path).name
    texts = (total, grade, str(number["error"]), str(number["warning"]))
    colours = (None, None, number["error"] and "red", number["warning"] and "yellow")
    cells = (
        click.style(_right(text, width), fg=colour or None)
        for text, (_, width), colour in zip(texts, _COLUMNS, colours, strict=True)
    )
    click.echo(_left(name, _NAME) + "".join(cells))


def _outcome(record: Record) -> tuple[str, str]:
    total = record.total
    if total is None:
        return "无法读取", ""
    if is_blank(record.findings):
        return "空白模板", ""
    undecided = UNDECIDED if total.score is None else ""
    return total_on_record(total), total.grade or undecided


def _left(text: str, width: int) -> str:
    """The text at the left of so many columns; what does not fit is cut, and seen to be."""
    if display_width(text) > width:
        while display_width(text + _CUT) > width:
            text = text[:-1]
        text += _CUT
    return text + " " * (width - display_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text
