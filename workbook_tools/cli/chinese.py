"""Click's own words in Chinese, and its help wrapped as Chinese is.

Click asks ``gettext`` for a translation of each of its texts, under names ``_`` and ``ngettext``
in its modules. A compiled catalogue would be a binary file chosen by the machine's locale; our
users read Chinese on every machine, so the two names are replaced by a look-up in this table.
Whatever is not in it stays as Click says it.
"""

from __future__ import annotations

from types import ModuleType

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from workbook_tools.cli.terminal import display_width, wrapped_paragraphs

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示本帮助。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "输入 {command} {option} 查看用法。",
    "Missing command.": "没有写明要执行的命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少{param_type}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是否想写 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否想写其中之一：{possibilities}）",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Could not open file {filename!r}: {message}": "打不开文件 {filename}：{message}",
    "Option {name!r} does not take a value.": "选项 {name} 后面不跟值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要跟一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要跟 {nargs} 个值。",
    "Got unexpected extra argument ({args})": "多出了参数：{args}",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数字。",
    "{value} is not in the range {range}.": "{value} 不在允许的范围 {range} 内。",
    "{value!r} is not {choice}.": "“{value}”不可用，只能是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不可用，只能是其中之一：{choices}。",
    "{name} {filename!r} does not exist.": "{name}不存在：{filename}",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，这里需要文件。",
    "{name} {filename!r} is a file.": "{filename} 是文件，这里需要文件夹。",
    "{name} {filename!r} is not readable.": "{name}没有读取权限：{filename}",
    "{name} {filename!r} is not writable.": "{name}没有写入权限：{filename}",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "Aborted!": "已中止。",
}

_MODULES: tuple[ModuleType, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)


def speak_chinese() -> None:
    """Make Click's own messages and help headings Chinese, for this process."""
    for module in _MODULES:
        for name, replacement in (("_", _translated), ("ngettext", _numbered)):
            if hasattr(module, name):
                setattr(module, name, replacement)
    for name, ours in (("wrap_text", wrapped_paragraphs), ("term_len", display_width)):
        setattr(click.formatting, name, ours)


def _translated(text: str) -> str:
    return _WORDS.get(text, text)


def _numbered(one: str, many: str, number: int) -> str:
    return _translated(one if number == 1 else many)
