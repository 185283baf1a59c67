"""Help and usage errors are Chinese, whatever Click says; the reference is generated from them."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from tests.cli.shell import CLEAN, command_line, english, run
from workbook_tools import __version__
from workbook_tools.cli import chinese, top_level
from workbook_tools.cli.reference import cli_markdown
from workbook_tools.cli.terminal import display_width

REFERENCE = Path(__file__).parents[2] / "docs" / "cli.md"

USAGE: dict[str, tuple[list[str], str]] = {
    "no such command": (["valdate"], "没有命令 valdate"),
    "no such subcommand": (["standard", "shwo"], "没有命令 shwo"),
    "no such option": (["validate", "--fromat", "json", "."], "没有选项 --fromat"),
    "no path": (["validate"], "缺少参数"),
    "no output": (["consolidate", "."], "缺少选项"),
    "no output file": (["template"], "缺少选项"),
    "option without value": (["validate", ".", "-o"], "-o 后面要跟一个值"),
    "flag with value": (["validate", "--all=3", "."], "--all 后面不跟值"),
    "format": (["validate", ".", "--format", "xml"], "“xml”不可用"),
    "jobs zero": (["validate", ".", "-j", "0"], "0 不在允许的范围"),
    "jobs no number": (["validate", ".", "-j", "两个"], "“两个”不是数字"),
    "too many": (["clean", "填好.xlsx", "b.xlsx", "-o", "c.xlsx"], "多出了参数"),
    "no such file": (["validate", "没有.xlsx"], "找不到“没有.xlsx”"),
    "no file of the pattern": (["validate", "*.et"], "没有与“*.et”相符的文件"),
    "nothing in the folder": (["validate", "空"], "没有找到要校验的工作簿"),
    "no such file to clean": (["clean", "没有.xlsx", "-o", "c.xlsx"], "不存在：没有.xlsx"),
    "folder to clean": (["clean", "空", "-o", "c.xlsx"], "空 是文件夹"),
    "template into a folder": (["template", "-o", "空"], "空 是文件夹"),
    "no such standard": (["validate", "填好.xlsx", "--standard", "湖北"], "找不到这个评分标准"),
    "show no such standard": (["standard", "show", "湖北"], "找不到这个评分标准"),
    "check no such standard": (["standard", "check", "湖北"], "没有名为“湖北”的标准"),
    "no such code": (["explain", "SC999"], "SC999"),
    "no such roster": (
        ["consolidate", ".", "-o", "c.xlsx", "--roster", "无.csv"],
        "不存在：无.csv",
    ),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_ends_with_2_and_says_why(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    args, words = USAGE[case]
    (tmp_path / "空").mkdir()
    shutil.copy(CLEAN, tmp_path / "填好.xlsx")
    monkeypatch.chdir(tmp_path)

    ran = run(*args)

    assert ran.code == 2
    assert ran.out == ""
    assert "错误：" in ran.err
    assert words in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["填好.xlsx", "空"]


def commands(group: click.Group, *before: str) -> list[tuple[str, ...]]:
    context = click.Context(group)
    found: list[tuple[str, ...]] = [before]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = (*before, name)
        found += commands(command, *inner) if isinstance(command, click.Group) else [inner]
    return found


@pytest.mark.parametrize("path", commands(top_level), ids=" ".join)
@pytest.mark.parametrize("columns", ["80", "100"])
def test_help_is_chinese_and_fits(
    path: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    ran = run(*path, "--help")

    assert ran.code == 0
    assert ran.err == ""
    assert "用法：" in ran.out
    assert "显示本帮助" in ran.out
    assert "Usage" not in ran.out
    assert max(map(display_width, ran.out.splitlines())) <= int(columns)


def test_without_a_command_the_help_is_shown() -> None:
    ran = run()
    assert ran.code == 2
    assert "命令" in ran.out + ran.err


def test_all_that_click_may_say_of_our_commands_is_translated() -> None:
    """Texts that Click looks up in its modules, but for those of things that we do not use."""
    unused = {
        "deprecated",
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
        "Do you want to continue?",
        "Confirm the action without prompting.",
        "%(prog)s, version %(version)s",
        "Show the version and exit.",
        "env var: {var}",
        "(dynamic)",
        "unknown error",
        "Choice({choices})",
        "Name '{name}' defined twice",
        "Value must be an iterable.",
        "Argument {name!r} takes {nargs} values.",
        "Invalid start character for option ({option})",
        "{value!r} is not a valid UUID.",
        "{name} {filename!r} is not executable.",
    }
    for_programmers = ("Could not determine", "No options defined", "Arguments take", "Boolean")
    other_types = (
        "does not match the format",
        "valid boolean",
        "Takes {nargs} values",
        "{len_type} values",
    )
    said = set()
    for module in chinese._MODULES:
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                said |= {
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                }
    left = {
        text
        for text in said - chinese._WORDS.keys() - unused
        if not any(words in text for words in (*for_programmers, *other_types))
    }
    assert len(said) > 50
    assert left == set()


def test_version_from_outside() -> None:
    process = subprocess.run(
        command_line("--version"), capture_output=True, encoding="utf-8", check=False
    )
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == f"workbook-tools {__version__}\n"


def test_reference_is_current_and_chinese() -> None:
    text = REFERENCE.read_text(encoding="utf-8")

    assert text == cli_markdown()
    assert not english(text.partition("-->")[2])
