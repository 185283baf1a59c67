"""What is said of the total and of the whole: bounds, points beside the hundred, identity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workbook_tools.standard.known_fields import UNIT_CODE
from workbook_tools.standard.lint_ids import entries
from workbook_tools.standard.lint_rows import rules_of
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Path, Problem, StandardFile
from workbook_tools.standard.rules import Rows


def caps(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """The bands of a cap go up, and so do the totals that they allow."""
    for number, cap in enumerate(standard.caps):
        path: Path = ("caps", number, "bands")
        if not cap.bands:
            yield source.problem(path, "bands 至少写一档")
        for place, (lower, upper) in enumerate(pairwise(cap.bands), start=1):
            if upper.upper <= lower.upper:
                yield source.problem((*path, place, "upper"), "各档的 upper 应从小到大")
            if upper.at_most < lower.at_most:
                yield source.problem((*path, place, "at_most"), "指标值越高，总分的上限不应越低")


def adjustments(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Every case gives or takes points, altogether up to a positive most."""
    for number, one in enumerate(standard.adjustments):
        path: Path = ("adjustments", number)
        if one.each == 0:
            yield source.problem((*path, "each"), "每件的分数不能为 0：加分写正数，扣分写负数")
        if one.most <= 0:
            yield source.problem((*path, "most"), "most 应大于 0，扣分也写正数")


def identity(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """What names a workbook are inputs that are words."""
    known = {entry.id: entry.type for _, entry in entries(standard)}
    for number, name in enumerate(standard.identity):
        if name not in known and ("identity",) in source.lines:
            yield source.problem(("identity", number), f"identity 中的 {name!r} 不是输入项")
        elif known.get(name, "text") not in ("text", "choice", "year"):
            yield source.problem(("identity", number), f"identity 中的 {name!r} 应为文字")
    if not standard.identity or len(set(standard.identity)) < len(standard.identity):
        yield source.problem(("identity",), "identity 至少写一个输入项，且不能重复")


def weighed_by(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """What means are weighed by is an amount that people fill in."""
    known = {entry.id: entry.type for _, entry in entries(standard)}
    name = standard.weighed_by
    if name and known.get(name) != "money":
        yield source.problem(("weighed_by",), f"weighed_by 中的 {name!r} 不是金额填报项")


def schema(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """What only the second version of the schema has, is not said in a file of the first."""
    if standard.schema != 1:
        return
    said: dict[str, object] = {
        "not_applicable": standard.not_applicable != "full",
        "caps": standard.caps,
        "adjustments": standard.adjustments,
        "identity": standard.identity if standard.identity != (UNIT_CODE,) else (),
        "weighed_by": standard.weighed_by,
    }
    for key, value in said.items():
        if value:
            yield source.problem((key,), f"{key} 是 schema 2 的内容，请把开头改为 schema: 2")
    for path, rule in rules_of(standard):
        if isinstance(rule, Rows):
            yield source.problem(path, "规则 rows 是 schema 2 的内容，请把开头改为 schema: 2")


LINTS = (caps, adjustments, identity, weighed_by, schema)
