"""The words of the report's text that name figures of the workbook."""

from __future__ import annotations

from typing import Literal

from workbook_tools.standard.inputs import Part

Aspect = Literal["budget", "adjusted", "actual"]
Year = Literal["this", "previous"]


class Term(Part, frozen=True, kw_only=True):
    """Words for one thing, and the figures (placeholder names) that it has.

    Which is meant is said by the words around: 预算 or 实际, 本年 or 上年. Where nothing is said it
    is what was spent this year. ``means``: the only figure, whatever is said around. ``adjusted``:
    the budget with the year's changes; beside it a mere 预算 may be either.

    ``column``: the words head a column (全年执行数). Beside another term's words, or behind them,
    they say which of its figures is meant; alone they mean the figure given here. ``as_part``: the
    words are read only beside a column's, or where what they are a part of was named (其中).
    """

    words: tuple[str, ...]
    means: str = ""
    budget: str = ""
    adjusted: str = ""
    actual: str = ""
    previous_budget: str = ""
    previous_actual: str = ""
    column: Aspect | None = None
    as_part: bool = False

    @property
    def figures(self) -> dict[tuple[Aspect, Year], str]:
        """The figures that depend on what is said around, by aspect and year."""
        every: dict[tuple[Aspect, Year], str] = {
            ("actual", "this"): self.actual,
            ("budget", "this"): self.budget,
            ("adjusted", "this"): self.adjusted,
            ("actual", "previous"): self.previous_actual,
            ("budget", "previous"): self.previous_budget,
        }
        return {slot: figure for slot, figure in every.items() if figure}


class Vocabulary(Part, frozen=True, kw_only=True):
    """How the report's text speaks of the workbook's figures; without terms nothing is checked.

    ``elsewhere``: words after which a paragraph may be about others (下属单位, 全县).
    ``uncertain``: words that make the figures of a sentence something else (预计, 人均, 月).
    ``ourselves``: what a text calls its subject, besides 我局 and its name: 本项目.
    ``headings``: what stands above several sections, so that no section ends up under it.
    """

    terms: tuple[Term, ...] = ()
    ourselves: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
