"""The score table: one row per indicator, totals, notes, signatures, and the figures behind."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.standard.contract import fields, full_score, own_from_rows
from workbook_tools.standard.inputs import Sheet
from workbook_tools.standard.known_fields import FISCAL_YEAR, UNIT_NAME
from workbook_tools.standard.model import Indicator, Level, Standard
from workbook_tools.standard.naming import stated
from workbook_tools.standard.rules import Rows
from workbook_tools.template.blank import blank_numbers, blank_status
from workbook_tools.template.book import TemplateBook, TemplatePage
from workbook_tools.template.expressions import all_of, full_points, within
from workbook_tools.template.own_rows import own_score
from workbook_tools.template.plan import Tally
from workbook_tools.template.score_columns import COLUMNS, HIDDEN, PRINTED, Col
from workbook_tools.template.score_foot import write_foot
from workbook_tools.template.scores import score_formulas
from workbook_tools.template.styles import BAD, GOOD, InputLook
from workbook_tools.template.totals import (
    HIGHEST,
    REVIEW,
    REVIEWED,
    REVIEWED_HIGHEST,
    SCORES,
    SELF,
    level_range,
)
from workbook_tools.template.wrap import Wrapped, row_height

_KINDS: dict[str, InputLook] = {"review": "review", "review_reason": "review"}
_HEADER = 2
_FIRST = _HEADER + 1
_CENTRED = 2.5  # characters that a centred text has beside one with indent and margins
_ROW = 28.0  # points, the least height of an indicator's row


def by_level(standard: Standard) -> Iterator[tuple[Level, Level, tuple[Indicator, ...]]]:
    """The indicators in the order of the levels: 一级, 二级 and the indicators below it."""
    for top in standard.levels:
        for second in top.children or (top,):
            own = tuple(one for one in standard.indicators if one.level == second.id)
            if own:
                yield top, second, own


def write_score_sheet(book: TemplateBook, sheet: Sheet) -> Tally:
    """Write the score table; its self scores are what a department must fill in."""
    page = TemplatePage(book, sheet.title)
    writer = _ScoreTable(page, sheet)
    writer.write()
    tally = Tally()
    count = len(book.standard.indicators)
    tally.add(count, f"COUNT({SELF})")
    return tally


class _ScoreTable:
    def __init__(self, page: TemplatePage, sheet: Sheet) -> None:
        self.page, self.about = page, sheet
        self.book, self.standard = page.book, page.book.standard
        self.fields = fields(self.standard)
        self.known = blank_numbers(self.standard)
        self.last = _FIRST + len(self.standard.indicators) - 1

    def write(self) -> None:
        page = self.page
        for column, (_, width) in COLUMNS.items():
            page.sheet.set_column(column, column, width)
        for column in HIDDEN:
            page.sheet.set_column(column, column, 9, None, {"hidden": True})
        self._head()
        row = _FIRST
        for top, second, indicators in by_level(self.standard):
            self._levels(row, top, second, len(indicators))
            # several rows have room for the 二级 beside them, one must make it
            beside = _level_text(second) if len(indicators) == 1 else ""
            for indicator in indicators:
                self._indicator(row, indicator, beside)
                row += 1
        self._ranges()
        self._highlights()
        row = write_foot(page, row, self.about.about, by_level(self.standard))
        page.sheet.freeze_panes(_FIRST, Col.NAME + 1)
        page.print_setup(landscape=False, repeat=(_HEADER, _HEADER))
        page.sheet.print_area(0, 0, row - 1, PRINTED)
        page.protect()

    def _head(self) -> None:
        page, last = self.page, PRINTED
        page.text(0, 0, f"{self.standard.title}　{self.about.title}", "title", last)
        page.height(0, 30)
        named = [("单位名称：", UNIT_NAME), ("评价年度：", FISCAL_YEAR)]
        parts = [
            f'"{label}"&IFERROR({self.fields[one].name}&"","")'
            for label, one in named
            if one in self.fields
        ]
        text = '&"　　"&'.join(parts) or '""'
        blank = "　　".join(label for label, one in named if one in self.fields)
        page.formula(1, 0, text, "plain", blank=blank, last_column=last)
        page.height(1, 20)
        for column, (label, _) in COLUMNS.items():
            page.text(_HEADER, column, label, "header")
        for column, label in HIDDEN.items():
            page.text(_HEADER, column, label, "hidden")
        page.height(_HEADER, 36)

    def _levels(self, row: int, top: Level, second: Level, count: int) -> None:
        """Merged cells of 二级 here, of 一级 where its first part begins."""
        self._merged(row, Col.SECOND, count, second)
        self._parts(row, second, count)
        if second is (top.children or (top,))[0]:
            below = {one.id for one in (top, *top.children)}
            whole = sum(one.level in below for one in self.standard.indicators)
            self._merged(row, Col.TOP, whole, top)
            if top is not second:
                self._parts(row, top, whole)

    def _parts(self, row: int, level: Level, count: int) -> None:
        for kind, column in (("score", Col.SCORE), ("self", Col.OWN)):
            self.page.name(level_range(level.id, kind), row, column, row + count - 1, column)

    def _merged(self, row: int, column: int, count: int, level: Level) -> None:
        text = _level_text(level)
        if count == 1:
            self.page.text(row, column, text, "level")
        else:
            self.page.sheet.merge_range(
                row, column, row + count - 1, column, text, self.book.style("level")
            )

    def _indicator(self, row: int, one: Indicator, beside: str) -> None:
        page, identity = self.page, one.id
        formulas = score_formulas(one, self.standard, frozenset(self.page.book.issued))
        page.text(row, Col.NAME, one.title, "label_strong")
        page.number(row, Col.WEIGHT, one.weight, "points")
        page.text(row, Col.MEANING, one.meaning, "small")
        page.text(row, Col.CRITERIA, one.criteria, "small")
        status = blank_status(self.standard, one, self.known)
        for column, name, text, style, blank in (
            (Col.VALUE, f"value_{identity}", formulas.value, "rate", ""),
            (Col.SCORE, f"score_{identity}", formulas.score, "score", ""),
            (Col.STATUS, f"status_{identity}", formulas.status, "status", status),
        ):
            page.formula(row, column, text, style, name=name, feeds=True, blank=blank)
        score, own = f"score_{identity}", f"own_{identity}"
        places = self.standard.rounding.places
        page.formula(
            row,
            Col.DIFFERENCE,
            f'IF(AND(ISNUMBER({score}),ISNUMBER({own})),ROUND({own}-{score},{places}),"")',
            "difference",
        )
        if own_from_rows(one):
            assert isinstance(one.rule, Rows)
            text = own_score(one.rule, places)
            page.formula(row, Col.SELF, text, "score", name=f"self_{identity}", feeds=True)
        typed = []
        for column, role in (
            *(() if own_from_rows(one) else ((Col.SELF, "self"),)),
            (Col.REASON, "reason"),
            (Col.EVIDENCE, "evidence"),
            (Col.NA, "na"),
            (Col.NA_REASON, "na_reason"),
            (Col.REVIEW, "review"),
            (Col.REVIEW_REASON, "review_reason"),
        ):
            field = self.fields.get(f"{role}_{identity}")
            if field is None:
                page.text(row, column, "—", "center")
            else:
                page.field(row, column, field, kind=_KINDS.get(role, "input"))
                typed.append(self.book.typed(field, COLUMNS[column][1]))
        self._hidden(row, one)
        least = row_height(
            Wrapped(one.meaning, COLUMNS[Col.MEANING][1], 9),
            Wrapped(one.criteria, COLUMNS[Col.CRITERIA][1], 9),
            Wrapped(one.title, COLUMNS[Col.NAME][1]),
            Wrapped(beside, COLUMNS[Col.SECOND][1] + _CENTRED),
            least=_ROW,
        )
        height = row_height(Wrapped(status, COLUMNS[Col.STATUS][1], 8), *typed, least=least)
        page.growing(row, height)
        page.strut(row, Col.STRUT, least)

    def _hidden(self, row: int, one: Indicator) -> None:
        """What totals, the range of an incomplete and a reviewed one are added up from."""
        score, ruled = f"score_{one.id}", f"ruled_{one.id}"
        highest, reviewed = f"highest_{one.id}", f"reviewed_{one.id}"
        full, places = one.weight, self.standard.rounding.places
        known, most = float(full_score(one, places)), full_points(full, places)
        for column, name, text, blank in (
            (
                Col.HIGHEST,
                highest,
                f"IF(ISNUMBER({score}),{score},{most})",
                known,
            ),
            (Col.OWN, f"own_{one.id}", self._usable(f"self_{one.id}"), ""),
            (Col.RULED, ruled, self._usable(f"review_{one.id}"), ""),
            (Col.REVIEWED, reviewed, f"IF(ISNUMBER({ruled}),{ruled},{score})", ""),
            (
                Col.REVIEWED_HIGHEST,
                f"reviewed_highest_{one.id}",
                f"IF(ISNUMBER({ruled}),{ruled},{highest})",
                known,
            ),
        ):
            self.page.formula(row, column, text, "hidden", name=name, feeds=True, blank=blank)

    def _usable(self, field: str) -> str:
        """The score that somebody gave, if it is one that the indicator can have."""
        given = self.fields.get(field)  # none where rows of the department's own add up to it
        low, high = (given.min, given.max) if given is not None else (None, None)
        return f'IFERROR(IF({all_of(within(field, low, high))},{field},""),"")'

    def _ranges(self) -> None:
        for name, column in (
            (SCORES, Col.SCORE),
            (SELF, Col.OWN),
            (REVIEW, Col.RULED),
            (HIGHEST, Col.HIGHEST),
            (REVIEWED, Col.REVIEWED),
            (REVIEWED_HIGHEST, Col.REVIEWED_HIGHEST),
        ):
            self.page.name(name, _FIRST, column, self.last, column)

    def _highlights(self) -> None:
        difference = self.page.corner(_FIRST, Col.DIFFERENCE)
        self.page.words_highlighted(
            (_FIRST, Col.DIFFERENCE, self.last, Col.DIFFERENCE),
            {f"AND(ISNUMBER({difference}),{difference}<>0)": BAD},
        )
        status = self.page.corner(_FIRST, Col.STATUS)
        self.page.words_highlighted(
            (_FIRST, Col.STATUS, self.last, Col.STATUS),
            {f'{status}="已计算"': GOOD},
        )


def _level_text(level: Level) -> str:
    return f"{level.name}\n（{stated(level.weight)}分）"
