"""The rules of the house that tools can hold: types, lint, imports, size, no traces of machines."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
"""Lines of a module."""
_TYPE_NAME = re.compile(r"[A-Z]\w*[a-z]\w*")
TRACES = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/|pypi-more|localhost:\d|file:///opt")


def files(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "command",
    [
        ["mypy"],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["lint-imports"],
    ],
    ids=" ".join,
)
def test_tool_has_nothing_to_say(command: list[str]) -> None:
    tool = Path(sys.executable).with_name(command[0])
    run = subprocess.run(
        [str(tool), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_module_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in files("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_no_two_public_types_share_a_name() -> None:
    """Classes, and names of types such as ``Value = Fraction | str``."""
    places = defaultdict(list)
    for path in files("workbook_tools/*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [(one.name, one) for one in ast.walk(tree) if isinstance(one, ast.ClassDef)]
        aliases = [
            (target.id, one)
            for one in tree.body
            if isinstance(one, ast.Assign)
            for target in one.targets
            if isinstance(target, ast.Name) and _TYPE_NAME.fullmatch(target.id)
        ]
        for name, one in (*classes, *aliases):
            if not name.startswith("_"):
                places[name].append(f"{path.relative_to(ROOT)}:{one.lineno}")
    assert len(places) > 350
    assert not {name: where for name, where in places.items() if len(where) > 1}


def test_no_traces_of_a_machine() -> None:
    texts = files("*.py", "*.md", "*.toml", "*.yaml", "*.yml", "*.csv", ".ci/*")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts
        if path.name != "test_house.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if TRACES.search(line)
    ]
    assert not found


def test_no_date_needs_a_locale_that_knows_its_characters() -> None:
    by_the_c_library = re.compile(r"strftime\(|\{[^{}]*:%[^{}]*[^\x00-\x7f{}][^{}]*\}")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files("workbook_tools/*.py", "distribution/*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if by_the_c_library.search(line)
    ]
    assert not found


def test_readmes_link_each_other_and_agree_on_commands() -> None:
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    assert "README.zh-CN.md" in english.splitlines()[0]
    assert "README.md" in chinese.splitlines()[0]
    blocks = re.compile(r"^python3 -m venv .*$", re.MULTILINE)
    assert blocks.findall(english) == blocks.findall(chinese)
    assert len(blocks.findall(english)) == 2


def test_the_wheel_carries_every_sample() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    samples = files("samples/*.xlsx", "samples/roster.csv", "samples/README.md")
    assert sorted(shipped) == sorted(str(path.relative_to(ROOT)) for path in samples)
