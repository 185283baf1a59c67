"""What a score table claims, put into the entries where it is certain."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.wording import is_blank, plain
from workbook_tools.standard.contract import NOT_APPLICABLE, YES, own_from_rows
from workbook_tools.standard.known_fields import CLAIMED_TOTAL
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import stated
from workbook_tools.standard.report_form import NA_REASON


class ScoreClaim:
    """What a report claims for one indicator, put into the entries where it is certain."""

    def __init__(self, entries: Entries, indicator: Indicator, source: Source) -> None:
        self._entries, self._indicator, self._source = entries, indicator, source

    def put(
        self,
        points: Fraction | None,
        score: Fraction | None,
        reason: str = "",
        evidence: str = "",
    ) -> None:
        """Fill the self-score and the words beside it, unless the report gives other points."""
        indicator, entries = self._indicator, self._entries
        if points is not None and points != indicator.weight:
            entries.refuse(
                self._source,
                f"报告中“{indicator.title}”的分值与评分标准（{stated(indicator.weight)} 分）不同，"
                "没有填，请核对是否用的同一评分标准。",
            )
            return
        if score is not None and own_from_rows(indicator):
            entries.refuse(self._source, f"“{indicator.title}”的自评得分由表中各行相加，没有填。")
        elif score is not None and score > indicator.weight:
            entries.refuse(
                self._source,
                f"{stated(score)} 高于“{indicator.title}”的分值（{stated(indicator.weight)} 分）"
                "，不会是自评得分，没有填。",
            )
        elif score is not None:
            entries.put(f"self_{indicator.id}", score, self._source)
        told = {"reason": reason, "evidence": evidence}
        if indicator.may_be_na and reason == NOT_APPLICABLE:
            told = {"na": YES, "evidence": evidence}
        elif indicator.may_be_na and reason.startswith(NA_REASON):
            told = {"na": YES, "na_reason": reason.removeprefix(NA_REASON), **told}
            del told["reason"]
        for role, text in told.items():
            if not is_blank(text) and plain(text) != "无":
                entries.put(f"{role}_{indicator.id}", text.strip(), self._source)


def put_total(entries: Entries, points: Fraction | None, total: Fraction, source: Source) -> None:
    """Fill the claimed total, unless the points beside it are not the standard's."""
    whole = sum((one.weight for one in entries.standard.indicators), Fraction(0))
    if CLAIMED_TOTAL not in entries.fields:
        entries.refuse(source, "评分标准中没有“自评总分”这一项。")
    elif points is not None and points != whole:
        entries.refuse(source, f"合计的分值与评分标准的总分（{stated(whole)} 分）不同，没有填。")
    else:
        entries.put(CLAIMED_TOTAL, total, source)


def not_one(candidates: tuple[Indicator, ...]) -> str:
    """Why a name in a score table stands for no indicator."""
    if candidates:
        return "有几项指标同名，看不出属于哪个二级指标，没有填自评得分。"
    return "评分标准中这个二级指标下没有这项指标，没有填自评得分。"
