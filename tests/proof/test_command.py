"""``standard prove`` from outside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.proof.standards import EXAMPLE, with_indicator
from workbook_tools.cli import prove as command
from workbook_tools.cli import top_level
from workbook_tools.proof import prove
from workbook_tools.standard import Standard

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(top_level, ["standard", "prove", *arguments])


def test_a_table_with_a_line_per_indicator_and_the_verdict(example: Standard) -> None:
    result = run(str(EXAMPLE), "--cases", "12", "--seed", "5")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == f"{example.title}：12 组数据，种子 5"
    for indicator in example.indicators:
        row = next(line for line in lines if line.startswith(f"{indicator.name} "))
        assert row.split()[1:] == ["ironcalc", "12", "12", "0", "0"]
    assert lines[-1] == "结论：一致。"


def test_a_disagreement_is_told_with_the_least_inputs(
    example: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a template in which an unanswered claim of no complaints earns nothing
    broken = with_indicator(example, "complaints", zero="insufficient")
    monkeypatch.setattr(command, "prove", partial(prove, template=broken))

    result = run(str(EXAMPLE), "--cases", "30")

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    start = lines.index(
        "不一致：“投诉办结率”的得分（score_complaints），ironcalc 得 空白，独立复算得 10。"
    )
    assert lines[start + 1 : start + 4] == [
        "  最少的填报数据（其余空白）：",
        "    收到的投诉件数（complaints）= 0",
        "    按期办结的投诉件数（complaints_settled）= 0",
    ]
    assert lines[-1].startswith("结论：不一致，有 ")


def test_no_such_standard_is_wrong_usage(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.yaml"))
    assert result.exit_code == 2
    assert "找不到这个评分标准" in result.stderr
