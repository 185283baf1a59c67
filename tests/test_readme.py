"""The READMEs' Python does what they say, and both say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


def _blocks(name: str) -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))


def _last_value(code: str, names: dict[str, Any]) -> object:
    """Run the code as a console would; the value of its last line."""
    *before, last = ast.parse(code).body
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(before, []), "README", "exec"), names)
    return eval(compile(ast.Expression(last.value), "README", "eval"), names)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_what_stands_below_the_code_is_what_it_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    value: object = None
    compared = 0
    for language, text in _blocks(name):
        if language == "python":
            value = _last_value(text, names)
        elif value is not None:
            assert repr(value) == text.rstrip("\n")
            compared += 1
    assert compared == 1
    assert str(names["evaluation"].results["budget_completion"].score) == "4"


def test_both_have_the_same_code() -> None:
    english, chinese = (
        [re.sub(r"\s+#.*|\w+\.xlsx\", r", "", text) for _, text in _blocks(name)]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
