"""Below the indicators: totals, grades, subtotals, notes, signatures and derived quantities."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_tools.standard.contract import SCORE_SHEET_ID, fields
from workbook_tools.standard.model import Grade, Indicator, Level
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Count, Mean
from workbook_tools.template.blank import blank_numbers
from workbook_tools.template.book import Page
from workbook_tools.template.bounds import Bounds, adjustment_name, cap_name
from workbook_tools.template.labels import in_words
from workbook_tools.template.own_rows import groups
from workbook_tools.template.quantities import Names, calculated_name, quantity_formula
from workbook_tools.template.score_columns import COLUMNS, Col
from workbook_tools.template.totals import level_range, subtotal, total_formulas
from workbook_tools.template.wrap import Wrapped, row_height

Levels = Iterable[tuple[Level, Level, tuple[Indicator, ...]]]
_QUANTITY_STYLES: dict[type, str] = {Count: "whole", Mean: "rate"}


def write_foot(page: Page, row: int, levels: Levels) -> int:
    """Write all that stands below the indicators; gives the row after what is printed."""
    foot = _Foot(page, row)
    foot.totals()
    foot.subtotals(list(levels))
    foot.notes()
    foot.signatures()
    printed = foot.row
    foot.quantities()
    return printed


class _Foot:
    def __init__(self, page: Page, row: int) -> None:
        self.page, self.row = page, row
        self.standard = page.book.standard
        self.formulas = total_formulas(self.standard)

    def _result(
        self, column: int, name: str, style: str, blank: str | float = "", last: int = -1
    ) -> None:
        text = self.formulas[name]
        self.page.formula(
            self.row, column, text, style, name=name, feeds=True, blank=blank, last_column=last
        )

    def totals(self) -> None:
        page, grades = self.page, self.standard.grades
        weight = sum(one.weight for one in self.standard.indicators)
        page.text(self.row, Col.TOP, "合计", "center_strong", Col.NAME)
        page.number(self.row, Col.WEIGHT, weight, "points")
        page.text(self.row, Col.MEANING, "全部指标都有得分时才有合计", "help", Col.VALUE)
        self._result(Col.SCORE, "total_score", "score")
        self._result(Col.SELF, "total_self", "score")
        both = "AND(ISNUMBER(total_score),ISNUMBER(total_self))"
        text = f'IF({both},ROUND(total_self-total_score,2),"")'
        page.formula(self.row, Col.DIFFERENCE, text, "difference")
        count = len(self.standard.indicators)
        lacking = f'"尚有 "&({count}-COUNT(list_score))&" 项指标资料不全"'
        text = f'IF(COUNT(list_score)={count},"全部指标已有得分",{lacking})'
        blank = f"尚有 {count} 项指标资料不全"
        page.text(self.row, Col.REASON, "", "center", Col.NA_REASON)
        page.formula(self.row, Col.STATUS, text, "status", blank=blank)
        self._result(Col.REVIEW, "total_review", "score")
        page.text(self.row, Col.REVIEW_REASON, "", "center")
        page.height(self.row, 26)
        self.row += 1

        page.text(self.row, Col.TOP, "评价等次", "center_strong", Col.NAME)
        page.text(self.row, Col.WEIGHT, "", "center")
        page.text(self.row, Col.MEANING, _grades_in_words(grades), "help", Col.VALUE)
        self._result(Col.SCORE, "grade_score", "word")
        self._result(Col.SELF, "grade_self", "word")
        page.text(self.row, Col.DIFFERENCE, "", "center", Col.STATUS)
        self._result(Col.REVIEW, "grade_review", "word")
        page.text(self.row, Col.REVIEW_REASON, "", "center")
        page.height(self.row, 26)
        self.row += 1

        page.text(self.row, Col.TOP, "得分区间", "center_strong", Col.NAME)
        page.text(self.row, Col.WEIGHT, "", "center")
        explained = "右边依次为最低（资料不全的按0分计）和最高（按满分计）；两端等次相同才有等次"
        page.text(self.row, Col.MEANING, explained, "help", Col.VALUE)
        self._result(Col.SCORE, "total_low", "score", blank=0)
        self._result(Col.SELF, "total_high", "score", blank=float(weight))
        page.text(self.row, Col.DIFFERENCE, "等次区间", "center_strong", Col.REASON)
        self._result(Col.EVIDENCE, "grade_low", "word", blank=grades[-1].name)
        self._result(Col.NA, "grade_high", "word", blank=grades[0].name)
        page.text(self.row, Col.NA_REASON, "", "center", Col.REVIEW_REASON)
        page.height(self.row, 30)
        self.row += 1
        self._bounds()
        self.row += 1

    def _bounds(self) -> None:
        """The points beside the hundred, and what holds the total down, each in a row."""
        page, bounds = self.page, Bounds(self.standard)
        rows = [
            (one.label, one.basis, "加减分", adjustment_name(one), bounds.adjustment(one))
            for one in self.standard.adjustments
        ]
        rows += [
            (one.label, one.basis, "总分上限", cap_name(one), bounds.cap(one))
            for one in self.standard.caps
        ]
        for label, basis, kind, name, text in rows:
            page.text(self.row, Col.TOP, label, "center_strong", Col.NAME)
            page.text(self.row, Col.WEIGHT, "", "center")
            page.text(self.row, Col.MEANING, basis, "help", Col.VALUE)
            page.formula(self.row, Col.SCORE, text, "score", name=name, feeds=True)
            page.text(self.row, Col.SELF, kind, "center", Col.DIFFERENCE)
            page.text(self.row, Col.REASON, "", "center", Col.REVIEW_REASON)
            width = sum(COLUMNS[column][1] for column in (Col.MEANING, Col.CRITERIA, Col.VALUE))
            page.height(self.row, row_height(Wrapped(basis, width, 9), least=24))
            self.row += 1

    def subtotals(self, levels: list[tuple[Level, Level, tuple[Indicator, ...]]]) -> None:
        page, places = self.page, self.standard.rounding.places
        for column, text, last in (
            (Col.TOP, "分级小计", Col.NAME),
            (Col.WEIGHT, "分值", -1),
            (Col.MEANING, "所含指标", Col.VALUE),
            (Col.SCORE, "系统得分", -1),
            (Col.SELF, "自评得分", -1),
            (Col.DIFFERENCE, "得分率", -1),
        ):
            page.text(self.row, column, text, "header", last)
        page.height(self.row, 22)
        self.row += 1
        for top in dict.fromkeys(top.id for top, _, _ in levels):
            parts = [(second, own) for one, second, own in levels if one.id == top]
            level = next(one for one, _, _ in levels if one.id == top)
            every = [indicator for _, own in parts for indicator in own]
            words = "、".join(second.name for second, _ in parts)
            self._subtotal(level, every, words, places, strong=True)
            for second, own in parts:
                if second is not level:
                    words = "、".join(one.title for one in own)
                    self._subtotal(second, list(own), words, places, strong=False)
                for one in own:
                    if isinstance(one.rule, Rows):
                        self._groups(one.rule)
        self.row += 1

    def _subtotal(
        self, level: Level, own: list[Indicator], words: str, places: int, *, strong: bool
    ) -> None:
        page, row = self.page, self.row
        label = level.name if strong else f"　　{level.name}"
        page.text(row, Col.TOP, label, "label_strong" if strong else "label", Col.NAME)
        page.number(row, Col.WEIGHT, level.weight, "points")
        page.text(row, Col.MEANING, words, "help", Col.VALUE)
        name = f"subtotal_{level.id}"
        text = subtotal(level_range(level.id), len(own), places)
        page.formula(row, Col.SCORE, text, "score", name=name, feeds=True)
        text = subtotal(level_range(level.id, "self"), len(own), places)
        page.formula(row, Col.SELF, text, "score")
        rate = f'IF(ISNUMBER({name}),{name}/{float(level.weight):g},"")'
        page.formula(row, Col.DIFFERENCE, rate, "rate")
        width = sum(COLUMNS[column][1] for column in (Col.MEANING, Col.CRITERIA, Col.VALUE))
        page.height(row, row_height(Wrapped(words, width, 9), least=20))
        self.row += 1

    def _groups(self, rule: Rows) -> None:
        """The parts of a department's own indicators, with the points that it gave them."""
        page = self.page
        table = next(one for one in self.standard.tables if one.id == rule.table)
        words = f"“{table.label}”表中这一类的各行相加"
        for group in groups(self.standard, rule):
            page.text(self.row, Col.TOP, f"　　　{group.choice}", "label", Col.NAME)
            page.formula(self.row, Col.WEIGHT, group.points, "points")
            page.text(self.row, Col.MEANING, words, "help", Col.VALUE)
            page.formula(self.row, Col.SCORE, group.score, "score")
            page.formula(self.row, Col.SELF, group.own, "score")
            points, score = (page.cell(self.row, column) for column in (Col.WEIGHT, Col.SCORE))
            both = f"AND(ISNUMBER({points}),ISNUMBER({score}))"
            rate = f'IF({both},IF({points}>0,{score}/{points},""),"")'
            page.formula(self.row, Col.DIFFERENCE, rate, "rate")
            page.height(self.row, 20)
            self.row += 1

    def notes(self) -> None:
        page, last = self.page, Col.REVIEW_REASON
        width = sum(width for _, width in COLUMNS.values())
        notes = [
            f"依据：{self.standard.basis}。"
            f"得分保留 {self.standard.rounding.places} 位小数，四舍五入。",
            "自评得分由单位填写；系统得分按填报数据自动计算。两者不同的，请核对数据或说明原因。",
        ]
        titles = {one.id: one.title for one in self.standard.indicators}
        notes += [
            f"关于“{titles[one.indicator]}”：{one.contradiction}{one.ruling}"
            for one in self.standard.errata
        ]
        for number, text in enumerate(notes, start=1):
            text = f"注{number}：{text}"
            page.text(self.row, 0, text, "plain", last)
            page.height(self.row, row_height(Wrapped(text, width), least=17))
            self.row += 1
        self.row += 1

    def signatures(self) -> None:
        page = self.page
        blanks = (
            (Col.TOP, "单位负责人（签字）：", Col.MEANING),
            (Col.CRITERIA, "财务负责人（签字）：", Col.VALUE),
            (Col.SCORE, "填报人（签字）：", Col.EVIDENCE),
            (Col.NA, "日期：　　　　年　　月　　日（单位公章）", Col.REVIEW_REASON),
        )
        for column, text, last in blanks:
            page.text(self.row, column, text, "signature", last)
        page.height(self.row, 34)
        self.row += 1
        for field in fields(self.standard).values():
            if field.sheet == SCORE_SHEET_ID and field.role == "input":
                page.text(self.row, Col.TOP, f"{field.label}（财政填）", "label", Col.WEIGHT)
                page.field(self.row, Col.MEANING, field, kind="review")
                page.text(self.row, Col.CRITERIA, field.help, "help")
                page.height(self.row, 22)
                self.row += 1

    def quantities(self) -> None:
        """The derived quantities, each with the way it came about; on the screen only."""
        page, name_of = self.page, Names(self.standard)
        known = blank_numbers(self.standard)
        self.row += 1
        title = "自动汇总的数据（供核对，不打印）"
        page.text(self.row, 0, title, "section", Col.REVIEW_REASON)
        page.height(self.row, 21)
        self.row += 1
        for column, text, last in (
            (Col.TOP, "数据", Col.NAME),
            (Col.WEIGHT, "单位", -1),
            (Col.MEANING, "怎样得来", Col.CRITERIA),
            (Col.VALUE, "数值", -1),
        ):
            page.text(self.row, column, text, "header", last)
        self.row += 1
        for one in self.standard.derived:
            words = in_words(self.standard, one)
            page.text(self.row, Col.TOP, one.label, "label", Col.NAME)
            page.text(self.row, Col.WEIGHT, one.unit, "center")
            page.text(self.row, Col.MEANING, words, "help", Col.CRITERIA)
            value = known[one.id]
            style = _QUANTITY_STYLES.get(type(one), "amount")
            page.formula(
                self.row,
                Col.VALUE,
                quantity_formula(one, name_of),
                style,
                name=calculated_name(one.id),
                feeds=True,
                blank="" if value is None else float(value),
            )
            width = COLUMNS[Col.MEANING][1] + COLUMNS[Col.CRITERIA][1]
            label_width = sum(COLUMNS[column][1] for column in (Col.TOP, Col.SECOND, Col.NAME))
            height = row_height(Wrapped(words, width, 9), Wrapped(one.label, label_width), least=20)
            page.height(self.row, height)
            self.row += 1


def _grades_in_words(grades: tuple[Grade, ...]) -> str:
    *upper, last = grades
    parts = [f"{float(one.at_least):g}分及以上为{one.name}" for one in upper]
    return "，".join([*parts, f"其余为{last.name}"])
