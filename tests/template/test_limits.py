"""A standard that Excel's formulas cannot hold is refused, with the line; nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import run
from tests.standard.shipped import SHIPPED, written
from workbook_tools.template.limits import LONGEST_FORMULA, LONGEST_TEXT, excess

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml"
ITEM = "        - {points: 6, text: 财务、合同、资产管理制度齐全}\n"


def test_a_list_of_a_hundred_items(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(ITEM) == 1
    items = (
        f"        - {{points: 0.0625, text: 第{number}条制度已经建立}}\n" for number in range(96)
    )
    path = written(tmp_path, text.replace(ITEM, "".join(items)))
    checked = run("standard", "check", path)
    rule = text.rindex("    rule:\n", 0, text.index(ITEM))
    line = 1 + text[:rule].count("\n")
    assert checked.code == 1
    assert f"第 {line} 行：“内部控制”的公式有" in checked.out
    built = run("template", "-o", tmp_path / "t.xlsx", "--standard", path)
    assert built.code == 2
    assert "做不成模板" in built.err
    assert not (tmp_path / "t.xlsx").exists()


@pytest.mark.parametrize("count", [200, 201])
def test_a_label_that_formulas_quote(tmp_path: Path, count: int) -> None:
    old = "    label: 编制数\n"
    assert SHIPPED.count(old) == 1
    path = written(tmp_path, SHIPPED.replace(old, f"    label: {'数' * count}\n"))
    checked = run("standard", "check", path)
    line = 1 + SHIPPED[: SHIPPED.index(old)].count("\n")
    assert checked.code == (count > 200)
    assert (f"第 {line} 行" in checked.out) == (count > 200)


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("1" * (LONGEST_FORMULA - 1), ""),
        ("1" * LONGEST_FORMULA, "8193 个字符"),
        (f'A1&"{"字" * LONGEST_TEXT}"', ""),
        (f'A1&"{"字" * (LONGEST_TEXT + 1)}"', "256 个字符的文字"),
        (f'"a"&"{"字" * 200}"&"b"&"{"字" * 200}"', ""),
    ],
)
def test_the_limits_themselves(formula: str, wrong: str) -> None:
    found = excess(formula)
    assert (wrong in found) if wrong else found == ""
