"""What a person should know about who reported, beside the figures."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Literal

import msgspec

from workbook_tools.intake.roster import RosterRow

NoticeKind = Literal[
    "missing",
    "blank-template",
    "refused",
    "other-standard",
    "other-version",
    "other-year",
    "duplicate",
    "counted-twice",
    "no-code",
    "not-on-roster",
    "code-differs",
    "name-differs",
    "passed-over",
]
NOTICE_NAMES: dict[NoticeKind, str] = {
    "missing": "未报送",
    "blank-template": "空白模板",
    "refused": "无法读取",
    "other-standard": "评分标准不同",
    "other-version": "标准版本不同",
    "other-year": "年度不同",
    "duplicate": "重复报送",
    "counted-twice": "汇总与所属重复",
    "no-code": "未填单位编码",
    "not-on-roster": "名册外单位",
    "code-differs": "单位编码不一致",
    "name-differs": "单位名称不一致",
    "passed-over": "略过的文件",
}
"""What people call each kind, in the order in which they are listed."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something about who reported that a person should know; ``reason`` is a Chinese sentence.

    ``contact``: whom to call, by the roster.
    """

    kind: NoticeKind
    unit_code: str = ""
    unit_name: str = ""
    path: str = ""
    reason: str
    advice: str
    contact: str = ""


def with_contact(notice: Notice, row: RosterRow | None) -> Notice:
    """The notice with whom to call about it, where the roster says so."""
    return msgspec.structs.replace(notice, contact=row.contact) if row else notice


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """By kind; within a kind as they come."""
    order = {kind: number for number, kind in enumerate(NOTICE_NAMES)}
    return tuple(sorted(notices, key=lambda notice: order[notice.kind]))


def common_folder(paths: Iterable[str]) -> str:
    """The folder that holds all files, the current one without any; no links are resolved."""
    folders = {os.path.dirname(os.path.abspath(path)) for path in paths}  # noqa: PTH100, PTH120
    return os.path.commonpath(folders) if folders else os.curdir
