"""The fields that programs look for: they are of types that programs can read."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.standard.known_fields import (
    KNOWN_FIELDS,
    PARENT_CODE,
    SCOPE,
    UNIT_CODE,
    UNIT_NAME,
)
from workbook_tools.standard.lint_ids import entries
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Problem, StandardFile

_MISSED = {
    UNIT_NAME: "模板和汇总表中没有单位名称",
    UNIT_CODE: "汇总时不能按编码查重，也不能与名册核对",
}


def types(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """A known field is of a type that programs can read."""
    for path, entry in entries(standard):
        known = KNOWN_FIELDS.get(entry.id)
        if known is not None and entry.type not in known.types:
            yield source.problem(
                (*path, "type"),
                f"{entry.id!r} 是程序认得的填报项（{known.use}），"
                f"type 应为 {' 或 '.join(known.types)}，实际是 {entry.type}；"
                "另有用途的请换一个 id",
            )


def scope(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """The choice that means "with subordinates" is one of those of ``scope``, and is named."""
    ids = {entry.id for entry in standard.inputs}
    for number, entry in enumerate(standard.inputs):
        path = ("inputs", number, "with_subordinates")
        if entry.with_subordinates and entry.id != SCOPE:
            yield source.problem(path, f"with_subordinates 只用于 id 为 {SCOPE} 的填报项")
        elif entry.with_subordinates and entry.with_subordinates not in entry.choices:
            allowed = "、".join(map(str, entry.choices))
            yield source.problem(
                path,
                f"with_subordinates 应为选项之一（{allowed}），实际是 {entry.with_subordinates!r}",
            )
        elif entry.id == SCOPE and not (entry.with_subordinates and PARENT_CODE in ids):
            lacks = "with_subordinates" if not entry.with_subordinates else PARENT_CODE
            yield source.problem(
                ("inputs", number, "id"),
                f"有 {SCOPE} 而没有 {lacks}，汇总时不能剔除已含在上级单位中的数字",
                "warning",
            )


def missed(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Without a unit's name and code there is little to put together."""
    ids = {entry.id for entry in standard.inputs}
    for identity, without in _MISSED.items():
        if identity not in ids:
            yield source.problem(("inputs",), f"没有填报项 {identity!r}，{without}", "warning")


LINTS = (types, scope, missed)
