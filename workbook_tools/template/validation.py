"""The rule, the prompt and the error message that Excel attaches to an input cell."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from workbook_tools.standard.contract import Entered
from workbook_tools.standard.inputs import DATES
from workbook_tools.standard.naming import stated
from workbook_tools.template.filling import TemplateError

_TITLE, _MESSAGE, _LIST = 32, 255, 255  # the most characters that Excel takes
_LARGEST = Fraction(10) ** 12
_TEXT, _LONG_TEXT = 500, 30_000
_KINDS = {
    "money": "金额",
    "count": "整数",
    "share": "比率",
    "number": "数字",
    "score": "分数",
    "year": "年份",
}


@lru_cache(maxsize=1024)
def validation(entry: Entered) -> Mapping[str, Any]:
    """The options of XlsxWriter's ``data_validation`` for an input."""
    rule, error = _rule(entry)
    prompt = entry.help + (f"\n来源：{entry.source}" if entry.source else "")
    return rule | {
        "input_title": _cut(entry.label, _TITLE),
        "input_message": _cut(prompt or error, _MESSAGE),
        "error_title": "填写有误",
        "error_message": _cut(f"{entry.label}：{error}", _MESSAGE),
    }


def _rule(entry: Entered) -> tuple[dict[str, Any], str]:
    match entry.type:
        case "choice":
            source = [str(choice) for choice in entry.choices]
            if len(",".join(source)) > _LIST:
                raise TemplateError(f"{entry.id}：选项合计超过 {_LIST} 个字符，Excel 放不下")
            return {
                "validate": "list",
                "source": source,
            }, f"请从下拉列表中选择：{'、'.join(source)}。"
        case "date":
            low, high = DATES
            return (
                {"validate": "date", "criteria": "between", "minimum": low, "maximum": high},
                "请按日期填写，如 2021-03-15。",
            )
        case "text" | "long_text":
            longest = _TEXT if entry.type == "text" else _LONG_TEXT
            return (
                {"validate": "length", "criteria": "<=", "value": longest},
                f"最多 {longest} 个字。",
            )
        case "count" | "year":
            return _between(entry, "integer")
        case "money" | "share" | "number" | "score":
            return _between(entry, "decimal")


def _between(entry: Entered, validate: str) -> tuple[dict[str, Any], str]:
    low = -_LARGEST if entry.min is None else entry.min
    high = _LARGEST if entry.max is None else entry.max
    rule = {
        "validate": validate,
        "criteria": "between",
        "minimum": _plain(low),
        "maximum": _plain(high),
    }
    unit = f"（单位：{entry.unit}）" if entry.unit else ""
    what = f"{_KINDS[entry.type]}{unit}"
    if entry.min is None and entry.max is None:
        bounds = ""
    elif entry.max is None:
        bounds = f"，不小于 {_shown(entry, low)}"
    elif entry.min is None:
        bounds = f"，不大于 {_shown(entry, high)}"
    else:
        bounds = f"，在 {_shown(entry, low)} 到 {_shown(entry, high)} 之间"
    return rule, f"请填写{what}{bounds}；只填数字，不带单位、空格和逗号。"


def _plain(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _shown(entry: Entered, value: Fraction) -> str:
    return f"{stated(value * 100)}%" if entry.type == "share" else stated(value)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
