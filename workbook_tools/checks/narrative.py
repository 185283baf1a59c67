"""NA: figures in the report's text that contradict the sheets or each other.

Only what :mod:`workbook_tools.narrative` is certain of becomes a finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.narrative.comparing import Disagreement
from workbook_tools.standard.placeholders import nearest, placeholders


@raises(
    code="NA501",
    name="amount-differs",
    severity="error",
    title="文字中的数与表中不一致",
    why="自评报告公开后，读者看到的是文字；文字与表格、合计与分项各说各的，整份报告都不可信。",
    fix="请对照原始资料改正文字或表格中的一处；也可在文字中写 {名称}，由程序填入表中的数。",
    example="文字写“基本支出1,040.08万元”，而“预算执行”表中基本支出为 1,004.08 万元。",
)
def amount_differs(case: Case) -> Iterator[Finding]:
    """Amounts and counts that are not those of the sheets, or do not add up in the text."""
    return _of_kind(case, "amount", "amount-differs")


@raises(
    code="NA502",
    name="share-differs",
    severity="error",
    title="文字中的占比或增减幅度算不出来",
    why="占比和增减幅度由两个数相除得到，与这两个数对不上的，必有一处是错的。",
    fix="请按文中或表中的两个数重新计算，并改正错的一处。",
    example="基本支出 1,004.08 万元、支出合计 3,975.53 万元，文字写“占 26.25%”，应为 25.26%。",
)
def share_differs(case: Case) -> Iterator[Finding]:
    """Shares, rates and changes that the two figures do not give."""
    return _of_kind(case, "share", "share-differs")


@raises(
    code="NA503",
    name="figure-misnamed",
    severity="warning",
    title="文字中的名称与所列分项不符",
    why="名称相近的费用往往不是一回事。名称写错，读者会按错的口径理解这个数。",
    fix="请核对这个数究竟是什么：名称写错的改名称，数写错的改数。",
    example="文字写“公用经费3.52万元”，所列分项却是公务接待费等，相加正好是这个数。",
)
def figure_misnamed(case: Case) -> Iterator[Finding]:
    """A figure whose parts are those of another, and add up to it."""
    return _of_kind(case, "name", "figure-misnamed")


@raises(
    code="NA504",
    name="placeholder-unknown",
    severity="error",
    title="文字中的引用名称不存在",
    why="生成报告时，花括号里的名称会换成表中的数；名称写错就换不了，会原样留在报告里。",
    fix="请对照“填报说明”里的引用名称改正；不是引用的，请去掉花括号。",
    example="文字写“支出{本年支出总计}”，应为 {本年支出合计}。",
)
def placeholder_unknown(case: Case) -> Iterator[Finding]:
    """Names in braces that stand for nothing."""
    for slot, unknown in case.unknown_placeholders:
        for name in unknown:
            close = nearest(case.standard, name)
            meant = f"是否想写 {{{close.word}}}？" if close else ""
            yield make_at(
                slot,
                "placeholder-unknown",
                f"引用了不存在的名称 {{{name}}}，报告中无法换成数字。{meant}"
                "可用的名称见“填报说明”。",
                expected=f"{{{close.word}}}" if close else "",
                actual=f"{{{name}}}",
            )


def _of_kind(case: Case, kind: str, name: str) -> Iterator[Finding]:
    for slot, text, found in case.disagreements:
        if found.kind == kind:
            yield told_of(case, slot, text, found, name)


def told_of(
    case: Case, slot: Slot, text: str, found: Disagreement, name: str = "amount-differs"
) -> Finding:
    """What is told of a figure in a text that cannot be right."""
    return make_at(
        slot,
        name,
        f"写“{_quoted(text, found)}”，{_reason(case, found)}",
        severity=None if found.certain else "warning",
        expected=found.right,
        actual=found.said,
    )


def _quoted(text: str, found: Disagreement) -> str:
    return text[found.start : found.end].strip(" \u3000“”")


def _reason(case: Case, found: Disagreement) -> str:
    places = "、".join(_place(case, figure) for figure in found.figures)
    if found.kind == "name":
        what = f"“{found.said}”".replace("““", "“").replace("””", "”")
        return (
            f"但其中所列的都是{found.right}的分项，相加正好等于这个数：{found.because}"
            f"（{places}）。名称写错的请改名称，{what}写错的请改数。"
        )
    if not found.because:
        label = placeholders(case.standard)[found.figures[0]].label
        return f"而{places}（{label}）为 {found.right}。请核对，改正错的一处。"
    if places:
        return f"按表中的数计算应为 {found.right}：{found.because}（{places}）。请核对。"
    return f"应为 {found.right}：{found.because}。请核对。"


def _place(case: Case, figure: str) -> str:
    """Where a figure of the workbook stands: “预算执行”B14."""
    submission, placeholder = case.submission, placeholders(case.standard)[figure]
    prefix = {"quantity": "calc_", "measure": "value_", "self_total": "total_self"}
    name = prefix.get(placeholder.source, "") + placeholder.of
    found = submission.entries.get(figure) or submission.stored.get(name)
    return f"“{found.sheet}”{found.cell}" if found else "表中"
