"""Below the indicators: totals, grades, subtotals, notes, signatures and derived quantities."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_tools.standard.contract import SCORE_SHEET_ID, fields, full_score
from workbook_tools.standard.model import Grade, Indicator, Level
from workbook_tools.standard.naming import stated
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.scale import held_against
from workbook_tools.standard.tables import Count, Mean
from workbook_tools.template.blank import blank_numbers
from workbook_tools.template.book import TemplatePage
from workbook_tools.template.bounds import CapCells, adjustment_name, cap_name
from workbook_tools.template.expressions import literal
from workbook_tools.template.filling import StoredResult
from workbook_tools.template.labels import held_against_in_words, in_words
from workbook_tools.template.own_rows import groups
from workbook_tools.template.quantities import (
    Names,
    calculated_name,
    quantity_formula,
    scale_name,
)
from workbook_tools.template.score_columns import PRINTED, Col, width
from workbook_tools.template.totals import level_range, subtotal, total_formulas
from workbook_tools.template.wrap import Wrapped, row_height

Levels = Iterable[tuple[Level, Level, tuple[Indicator, ...]]]
_QUANTITY_STYLES: dict[type, str] = {Count: "whole", Mean: "rate"}


def write_foot(page: TemplatePage, row: int, about: str, levels: Levels) -> int:
    """Write all that stands below the indicators; gives the row after what is printed.

    ``about``: the line that says what the sheet is for.
    """
    foot = _Foot(page, row)
    foot.totals()
    foot.subtotals(list(levels))
    foot.notes(about)
    foot.signatures()
    printed = foot.row
    foot.quantities()
    foot.scales()
    return printed


class _Foot:
    def __init__(self, page: TemplatePage, row: int) -> None:
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
        places = self.standard.rounding.places
        count = len(self.standard.indicators)
        self._begin("合计", "")
        weight = sum(one.weight for one in self.standard.indicators)
        most = sum(full_score(one, places) for one in self.standard.indicators)
        page.number(self.row, Col.WEIGHT, weight, "points")
        self._result(Col.SELF, "total_self", "score")
        self._result(Col.SCORE, "total_score", "score")
        both = "AND(ISNUMBER(total_score),ISNUMBER(total_self))"
        text = f'IF({both},ROUND(total_self-total_score,{places}),"")'
        page.formula(self.row, Col.DIFFERENCE, text, "difference")
        lacking = f'"尚有 "&({count}-COUNT(list_score))&" 项指标资料不全，暂无合计"'
        text = f'IF(COUNT(list_score)={count},"全部指标已有得分",{lacking})'
        blank = f"尚有 {count} 项指标资料不全，暂无合计"
        page.formula(self.row, Col.REASON, text, "label", blank=blank)
        self._result(Col.REVIEW, "total_review", "score")
        self.row += 1

        self._begin("评价等次", _grades_in_words(grades))
        self._result(Col.SELF, "grade_self", "word")
        self._result(Col.SCORE, "grade_score", "word")
        self._result(Col.REVIEW, "grade_review", "word")
        self.row += 1

        self._begin("最低得分和等次", "资料不全的指标按 0 分计")
        self._result(Col.SCORE, "total_low", "score", blank=0)
        self._result(Col.DIFFERENCE, "grade_low", "word", blank=grades[-1].name)
        self.row += 1

        self._begin("最高得分和等次", "资料不全的指标按满分计；两个等次相同，等次才能确定")
        self._result(Col.SCORE, "total_high", "score", blank=float(most))
        self._result(Col.DIFFERENCE, "grade_high", "word", blank=grades[0].name)
        self.row += 1
        self._bounds()
        self.row += 1

    def _bounds(self) -> None:
        """The points beside the hundred, and what holds the total down, each in a row."""
        bounds = CapCells(self.standard, self.page.book.issued)
        rows = [
            (one.label, one.basis, "加减分", adjustment_name(one), bounds.adjustment(one))
            for one in self.standard.adjustments
        ]
        rows += [
            (one.label, one.basis, "总分上限", cap_name(one), bounds.cap(one))
            for one in self.standard.caps
        ]
        for label, basis, kind, name, text in rows:
            self._begin(label, basis)
            self.page.formula(self.row, Col.SCORE, text, "score", name=name, feeds=True)
            self.page.text(self.row, Col.DIFFERENCE, kind, "center")
            self.row += 1

    def _begin(self, label: str, words: str) -> None:
        """Begin a row of totals, framed across the paper also where nothing stands."""
        page = self.page
        page.text(self.row, Col.TOP, label, "center_strong", Col.NAME)
        for column in (Col.WEIGHT, Col.SELF, Col.SCORE, Col.DIFFERENCE):
            page.text(self.row, column, "", "center")
        page.text(self.row, Col.REASON, words, "label")
        page.height(self.row, row_height(Wrapped(words, width(Col.REASON, PRINTED)), least=24))

    def subtotals(self, levels: list[tuple[Level, Level, tuple[Indicator, ...]]]) -> None:
        page, places = self.page, self.standard.rounding.places
        for column, text, last in (
            (Col.TOP, "分级小计", Col.NAME),
            (Col.WEIGHT, "分值", -1),
            (Col.SELF, "自评得分", -1),
            (Col.SCORE, "系统得分", -1),
            (Col.DIFFERENCE, "得分率", -1),
            (Col.REASON, "所含指标", -1),
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
        name = f"subtotal_{level.id}"
        text = subtotal(level_range(level.id, "self"), len(own), places)
        page.formula(row, Col.SELF, text, "score")
        text = subtotal(level_range(level.id), len(own), places)
        page.formula(row, Col.SCORE, text, "score", name=name, feeds=True)
        rate = f'IF(ISNUMBER({name}),{name}/{literal(level.weight)},"")'
        page.formula(row, Col.DIFFERENCE, rate, "rate")
        page.text(row, Col.REASON, words, "label")
        page.height(row, row_height(Wrapped(words, width(Col.REASON, PRINTED)), least=20))
        self.row += 1

    def _groups(self, rule: Rows) -> None:
        """The parts of a department's own indicators, with the points that it gave them."""
        page = self.page
        table = next(one for one in self.standard.tables if one.id == rule.table)
        words = f"“{table.label}”表中这一类的各行相加"
        for group in groups(self.standard, rule):
            page.text(self.row, Col.TOP, f"　　　{group.choice}", "label", Col.NAME)
            page.formula(self.row, Col.WEIGHT, group.points, "points")
            page.text(self.row, Col.REASON, words, "label")
            page.formula(self.row, Col.SCORE, group.score, "score")
            page.formula(self.row, Col.SELF, group.own, "score")
            points, score = (page.cell(self.row, column) for column in (Col.WEIGHT, Col.SCORE))
            both = f"AND(ISNUMBER({points}),ISNUMBER({score}))"
            rate = f'IF({both},IF({points}>0,{score}/{points},""),"")'
            page.formula(self.row, Col.DIFFERENCE, rate, "rate")
            height = row_height(Wrapped(words, width(Col.REASON, PRINTED)), least=20)
            page.height(self.row, height)
            self.row += 1

    def notes(self, about: str) -> None:
        page, standard = self.page, self.standard
        notes = [
            f"{about}自评得分和系统得分不同的，请核对数据或说明原因。",
            f"依据：{standard.basis}。得分保留 {standard.rounding.places} 位小数，四舍五入。",
        ]
        titles = {one.id: one.title for one in standard.indicators}
        notes += [
            f"关于“{titles[one.indicator]}”：{one.contradiction}{one.ruling}"
            for one in standard.errata
        ]
        for number, text in enumerate(notes, start=1):
            text = f"注{number}：{text}"
            page.text(self.row, 0, text, "plain", PRINTED)
            page.height(self.row, row_height(Wrapped(text, width(Col.TOP, PRINTED)), least=17))
            self.row += 1

    def signatures(self) -> None:
        page = self.page
        for texts in (
            ("单位负责人（签字）：", "财务负责人（签字）："),
            ("填报人（签字）：", "日期：　　　　年　　月　　日（单位公章）"),
        ):
            for text, column, last in zip(
                texts, (Col.TOP, Col.SCORE), (Col.SELF, PRINTED), strict=True
            ):
                page.text(self.row, column, text, "signature", last)
            page.height(self.row, 38)
            self.row += 1
        self.row += 1
        for field in fields(self.standard).values():
            if field.sheet == SCORE_SHEET_ID and field.role == "input":
                page.text(self.row, Col.TOP, f"{field.label}（财政填）", "label", Col.NAME)
                page.text(self.row, Col.WEIGHT, field.help, "label", Col.DIFFERENCE)
                page.field(self.row, Col.REASON, field, kind="review")
                page.height(self.row, 24)
                self.row += 1

    def quantities(self) -> None:
        """The derived quantities, each with the way it came about; on the screen only."""
        standard = self.standard
        name_of, known = Names(standard, self.page.book.issued), blank_numbers(standard)
        self._calculated("自动汇总的数据（供核对，不打印）", ("数据", "单位", "数值", "怎样得来"))
        for one in standard.derived:
            value = known[one.id]
            self._calculation(
                (one.label, one.unit, in_words(standard, one)),
                quantity_formula(one, name_of),
                calculated_name(one.id),
                _QUANTITY_STYLES.get(type(one), "amount"),
                "" if value is None else float(value),
            )

    def scales(self) -> None:
        """Whether each amount is in 万元, as far as the others tell; on the screen only."""
        standard, issued = self.standard, self.page.book.issued
        scale, name_of = standard.tolerances.scale, Names(standard, issued)
        told = [one for one in fields(standard).values() if name_of.in_yuan(one.id)]
        if scale is None or not told:
            return
        times = stated(scale.times)
        title = f"金额单位的核对：达到所对照金额 {times} 倍的疑似按元填写，不参与计分（不打印）"
        self._calculated(title, ("金额", "单位", "核对结果", "与哪些金额对照"))
        for one in told:
            words = held_against_in_words(standard, held_against(standard, one.id, issued))
            self._calculation(
                (one.name_in_words, one.unit, words),
                name_of.scale(one.id),
                scale_name(one.id),
                "center",
            )

    def _calculated(self, title: str, heads: tuple[str, str, str, str]) -> None:
        """Begin a list of what the sheet works out beside the scores."""
        page = self.page
        self.row += 1
        page.text(self.row, 0, title, "section", PRINTED)
        page.height(self.row, 21)
        self.row += 1
        places = ((Col.TOP, Col.NAME), (Col.WEIGHT, -1), (Col.SELF, Col.SCORE))
        for text, (column, last) in zip(
            heads, (*places, (Col.DIFFERENCE, Col.REASON)), strict=True
        ):
            page.text(self.row, column, text, "header", last)
        self.row += 1

    def _calculation(
        self,
        texts: tuple[str, str, str],
        formula: str,
        name: str,
        style: str,
        blank: StoredResult = "",
    ) -> None:
        """A line of that list: the label, the unit and the words stand around the formula."""
        page, (label, unit, words) = self.page, texts
        page.text(self.row, Col.TOP, label, "label", Col.NAME)
        page.text(self.row, Col.WEIGHT, unit, "center")
        page.text(self.row, Col.DIFFERENCE, words, "help", Col.REASON)
        page.formula(
            self.row,
            Col.SELF,
            formula,
            style,
            name=name,
            feeds=True,
            blank=blank,
            last_column=Col.SCORE,
        )
        height = row_height(
            Wrapped(words, width(Col.DIFFERENCE, Col.REASON), 9),
            Wrapped(label, width(Col.TOP, Col.NAME)),
            least=20,
        )
        page.height(self.row, height)
        self.row += 1


def _grades_in_words(grades: tuple[Grade, ...]) -> str:
    *upper, last = grades
    parts = [f"{stated(one.at_least)}分及以上为{one.name}" for one in upper]
    return "，".join([*parts, f"其余为{last.name}"])
