"""Put the figures of the workbook where the report's text names them in braces.

``支出{本年支出合计}`` becomes ``支出3,975.53万元``, so that prose cannot drift from the
sheets. The names are those of :mod:`workbook_tools.standard.placeholders`.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from workbook_tools.figures import day, points, shown
from workbook_tools.scoring.model import Evaluation
from workbook_tools.standard.placeholders import Placeholder, meant_by

_BRACES = re.compile(r"[{｛][ \u3000]*([a-z][a-z0-9_]*|[^{}｛｝\n]{1,60}?)[ \u3000]*[}｝]")
"""What could be a name, alone in braces, half- or full-width."""


def names_in(text: str) -> tuple[str, ...]:
    """What stands in braces, in the order of the text, whether or not it is a name of ours."""
    return tuple(_BRACES.findall(text)) if _has_braces(text) else ()


def _has_braces(text: str) -> bool:
    return "{" in text or "｛" in text


def filled(text: str, evaluation: Evaluation) -> str:
    """The text with each known name in braces replaced by its figure, with format and unit.

    Amounts come as ``3,975.53万元``, shares as ``25.26%``, scores as ``96.50分``; a unit that the
    text itself goes on with is not said twice. What was left blank becomes ``〔未填写：label〕``,
    what cannot be had for lack of figures ``〔缺少数据：label〕``. Unknown names stay as they are.
    """
    if not _has_braces(text):
        return text

    def figure(match: re.Match[str]) -> str:
        placeholder = meant_by(evaluation.standard, match[1])
        if placeholder is None:
            return match[0]
        return _written(placeholder, evaluation, text[match.end() :].lstrip(" \u3000"))

    return _BRACES.sub(figure, text)


def _written(placeholder: Placeholder, evaluation: Evaluation, following: str) -> str:
    value = value_of(placeholder, evaluation)
    if value is None:
        blank = (
            placeholder.source == "entry" and evaluation.submission.entries[placeholder.of].blank
        )
        return f"〔{'未填写' if blank else '缺少数据'}：{placeholder.label}〕"
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, str):
        return value
    if placeholder.kind == "share":
        share = shown(value, "share")
        return share.removesuffix("%") if following.startswith(("%", "％")) else share
    exact = placeholder.source == "entry" or placeholder.kind != "score"
    number = (
        shown(value, placeholder.kind)
        if exact
        else points(value, evaluation.standard.rounding.places)
    )
    said = following.startswith(placeholder.unit)
    return number if said else number + placeholder.unit


def value_of(
    placeholder: Placeholder, evaluation: Evaluation
) -> Fraction | str | datetime.date | None:
    """The figure that a name stands for; None where there is none."""
    of = placeholder.of
    match placeholder.source:
        case "entry":
            value = evaluation.submission.entries[of].value
            return None if value == "" else value
        case "quantity":
            return evaluation.quantities[of]
        case "score":
            return evaluation.results[of].score
        case "measure":
            return evaluation.results[of].measure
        case "self":
            return evaluation.own[of]
        case "subtotal":
            return evaluation.subtotals[of]
        case "score_total":
            return evaluation.total.score
        case "grade":
            return evaluation.total.grade
        case "self_total":
            return evaluation.self_total
        case "self_grade":
            return evaluation.self_grade
