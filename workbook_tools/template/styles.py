"""The look of the workbook: few colours, all of them also told by a border, a word or a mark."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from workbook_tools.standard.inputs import InputType

BODY, HEAD = "宋体", "黑体"
INK, MUTED, LINE = "#1F2933", "#5B6770", "#9AA5B1"
NAVY, PALE_BLUE, BAND = "#1F3A5F", "#E8EEF5", "#F4F6F9"
INPUT, ISSUED, REVIEW, CALCULATED = "#FFF8DC", "#E4EFE0", "#E6E6EA", "#F1F3F5"
GOOD, BAD = "#2F6B3A", "#B3261E"

InputLook = Literal["input", "issued", "review"]
SCORE = "<score>"
"""Stands in a number format for a score, with the decimals that the standard asks for."""
Properties = dict[str, Any]

_NUMBER_FORMATS: dict[InputType, str] = {
    "money": "#,##0.00",
    "count": "0",
    "share": "0.00%",
    # what was typed, 90% too, and all its decimals; #.## would leave a bare point
    "number": "General",
    "score": SCORE,
    "year": "0",
    "date": "yyyy-mm-dd",
    "choice": "General",
    "text": "@",
    "long_text": "General",  # Excel shows ##### for more than 255 characters formatted as text
}
_WORDS: frozenset[InputType] = frozenset({"text", "long_text"})
_AMOUNTS: frozenset[InputType] = frozenset({"money", "number", "share", "count"})

_CELL: Properties = {
    "border": 1,
    "border_color": LINE,
    "valign": "vcenter",
    "text_wrap": True,
    "font_color": INK,
}

STYLES: dict[str, Properties] = {
    "title": {"font_name": HEAD, "font_size": 16, "align": "center", "valign": "vcenter"},
    "about": {"font_color": MUTED, "valign": "vcenter", "text_wrap": True},
    "about_center": {"font_color": MUTED, "valign": "vcenter", "align": "center"},
    "section": {
        "font_name": HEAD,
        "font_size": 11,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "valign": "vcenter",
        "text_wrap": True,
        "indent": 1,
    },
    "header": _CELL | {"bold": True, "align": "center", "bg_color": PALE_BLUE},
    "label": _CELL | {"indent": 1},
    "label_strong": _CELL | {"bold": True, "bg_color": BAND, "indent": 1},
    "center": _CELL | {"align": "center"},
    "center_strong": _CELL | {"align": "center", "bold": True, "bg_color": BAND},
    # at the top: in the middle it would be cut in two where the page ends
    "level": _CELL | {"align": "center", "valign": "top", "bold": True, "bg_color": BAND},
    "running": _CELL | {"font_size": 9, "align": "center", "bg_color": PALE_BLUE},
    "small": _CELL | {"font_size": 9, "indent": 1},
    "help": _CELL | {"font_size": 9, "font_color": MUTED, "indent": 1},
    "points": _CELL | {"align": "center", "num_format": "General"},
    "plain": {"valign": "vcenter", "text_wrap": True, "font_color": INK},
    "name": {"valign": "vcenter", "font_color": INK, "indent": 1},
    "plain_center": {"valign": "vcenter", "align": "center", "font_color": INK},
    "link": {
        "valign": "vcenter",
        "font_color": NAVY,
        "underline": 1,
        "border": 1,
        "border_color": LINE,
    },
    "check": {"font_size": 9, "font_color": MUTED, "valign": "vcenter", "indent": 1},
    "check_header": {"font_size": 9, "font_color": MUTED, "valign": "vcenter", "italic": True},
    "check_rate": {
        "font_size": 9,
        "font_color": MUTED,
        "valign": "vcenter",
        "num_format": "0.00%",
        "align": "left",
        "indent": 1,
    },
    "hidden": {"font_color": MUTED},
    # 1,000,000 %, where somebody filled in 元 for 万元, is shown small rather than as ###
    "rate": _CELL
    | {
        "align": "center",
        "num_format": "0.00%",
        "bg_color": CALCULATED,
        "text_wrap": False,
        "shrink": True,
    },
    "whole_rate": _CELL | {"align": "center", "num_format": "0%", "bg_color": CALCULATED},
    "whole": _CELL | {"align": "center", "num_format": "0", "bg_color": CALCULATED},
    "score": _CELL | {"align": "center", "num_format": SCORE, "bold": True, "bg_color": CALCULATED},
    "amount": _CELL | {"align": "right", "num_format": "#,##0.00", "bg_color": CALCULATED},
    "word": _CELL | {"align": "center", "bold": True, "bg_color": CALCULATED},
    "row_status": _CELL | {"bg_color": CALCULATED, "indent": 1},
    "status": _CELL | {"font_size": 8, "bg_color": CALCULATED, "indent": 1},
    "difference": _CELL
    | {"align": "center", "bg_color": CALCULATED, "num_format": f'"▲"{SCORE};"▼"{SCORE};{SCORE}'},
    "signature": {"valign": "bottom", "font_size": 11, "font_color": INK},
}


LINES = ("border", "border_color", "bg_color")
"""What makes a cell look like one of a form."""


def properties(style: str, places: int) -> Properties:
    """The properties of a named style, with the typeface of the workbook; scores have ``places``.

    ``_bare`` after the name: without lines and fill, for rows that are not in use yet.
    """
    named = STYLES[style.removesuffix("_bare")]
    if style.endswith("_bare"):
        named = {key: value for key, value in named.items() if key not in LINES}
    return {"font_name": BODY, "font_size": 10, **named, **_scores(named, places)}


def _scores(look: Properties, places: int) -> Properties:
    """The number format with the decimals of a score in it; nothing where there is none."""
    code = look.get("num_format")
    # no bare point: 2 under "0." would be "2."
    decimals = f"0.{'0' * places}" if places else "0"
    return {} if code is None else {"num_format": code.replace(SCORE, decimals)}


def fraction(denominator: int) -> Properties:
    """Shows a number that no decimal is equal to as the fraction that it is: 61/3."""
    return {"num_format": f"?/{denominator}"}


@lru_cache(maxsize=256)
def field_properties(kind: InputLook, entry_type: InputType, places: int) -> Properties:
    """The look of a cell that people fill in; only plain inputs are unlocked.

    A score is shown with ``places`` decimals.
    """
    look: Properties = {
        "font_name": BODY,
        "font_size": 10,
        **_CELL,
        "num_format": _NUMBER_FORMATS[entry_type],
        **_alignment(entry_type),
        "valign": "top" if entry_type == "long_text" else "vcenter",
    }
    look |= _scores(look, places)
    match kind:
        case "input":
            return look | {"bg_color": INPUT, "locked": False}
        case "issued":
            return look | {"bg_color": ISSUED}
        case "review":
            # a hatch, so that the bureau's cells stand apart on a black-and-white print too
            return look | {"pattern": 14, "fg_color": "#D3D6DC", "bg_color": "#F4F4F6"}


def _alignment(entry_type: InputType) -> Properties:
    """Words begin at the left, amounts end below each other at the right."""
    if entry_type in _WORDS:
        return {"align": "left", "indent": 1}
    return {"align": "right", "indent": 1} if entry_type in _AMOUNTS else {"align": "center"}
