"""The vocabulary of the report's text: words used once, figures that are there."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.standard.contract import fields
from workbook_tools.standard.inputs import NUMBER_TYPES
from workbook_tools.standard.model import Standard
from workbook_tools.standard.placeholders import placeholders
from workbook_tools.standard.problems import Path, Problem, StandardFile

_FIGURES = ("means", "budget", "adjusted", "actual", "previous_budget", "previous_actual")


def figures(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """Every term names numbers of the workbook, of one unit."""
    known = placeholders(standard)
    for number, term in enumerate(standard.vocabulary.terms):
        path: Path = ("vocabulary", "terms", number)
        named = {key: name for key in _FIGURES if (name := getattr(term, key))}
        if not named:
            yield source.problem(path, f"没有写明这些词指哪个数，可用的键：{'、'.join(_FIGURES)}")
        if "means" in named and len(named) > 1:
            yield source.problem((*path, "means"), "means 不能与其他数并用")
        if term.column and (term.column, "this") not in term.figures:
            yield source.problem((*path, "column"), f"没有写明 {term.column} 指哪个数")
        units = set()
        for key, name in named.items():
            placeholder = known.get(name)
            if placeholder is None:
                why = "不是输入项、派生量或得分"
                if name in fields(standard):
                    why = "不是可以引用的数字"
                yield source.problem((*path, key), f"{name!r} {why}")
            elif placeholder.kind not in NUMBER_TYPES:
                yield source.problem((*path, key), f"{name!r} 不是数字（{placeholder.kind}）")
            else:
                units.add((placeholder.kind == "share", placeholder.unit))
        if len(units) > 1:
            yield source.problem(path, "这些数的单位不同，应分开写")


def words(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """No word is empty or means two things."""
    vocabulary = standard.vocabulary
    first: dict[str, Path] = {}
    listed: list[tuple[Path, tuple[str, ...]]] = [
        (("vocabulary", "terms", number, "words"), term.words)
        for number, term in enumerate(vocabulary.terms)
    ]
    listed.append((("vocabulary", "ourselves"), vocabulary.ourselves))
    listed.append((("vocabulary", "elsewhere"), vocabulary.elsewhere))
    listed.append((("vocabulary", "uncertain"), vocabulary.uncertain))
    for path, group in listed:
        if not group and path[1] == "terms":
            yield source.problem(path, "words 至少写一个词")
        for place, word in enumerate(group):
            where = (*path, place)
            if word.strip() != word or len(word) < 1 + (path[1] == "terms"):
                yield source.problem(where, f"词 {word!r} 太短，或前后有空格")
            elif word in first:
                line = source.problem(first[word], "").line
                yield source.problem(where, f"词 {word!r} 重复：第 {line} 行已经用过")
            first.setdefault(word, where)


LINTS = (figures, words)
