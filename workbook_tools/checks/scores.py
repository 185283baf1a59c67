"""SC, first part: the department's own scores against the recomputed ones."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from workbook_tools.checks.case import Case
from workbook_tools.checks.claims import SelfScore, claims, reading_of, remedies
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.checks.words import quoted
from workbook_tools.scoring import explain_total, grade
from workbook_tools.standard.contract import YES, check_id
from workbook_tools.standard.known_fields import CLAIMED_GRADE, CLAIMED_TOTAL
from workbook_tools.standard.rules import Checklist

_LOWER, _LOOK = "请按复算得分改为 ", "请核对数据；"
_ADVICE = {"self-score-too-high": _LOWER, "self-score-too-low": _LOOK}
"""How the advice to take our score begins."""
_FIRST = {"self-score-too-high": "再核对得分", "self-score-too-low": "改正以前不要改高得分"}
"""What to do instead, where what it rests on is to be mended first."""


@raises(
    code="SC301",
    name="self-score-too-high",
    severity="error",
    title="自评得分高于复算得分",
    why="按填报的数据和评分标准算不出这么多分，总分和等次会因此虚高。",
    fix="请按复算得分修改，并写明扣分原因；认为数据有误的，先改正数据。",
    example="在职 54 人、编制 50 人，超编 8%，复算得 4.63 分，自评 5 分。",
)
def self_score_too_high(case: Case) -> Iterator[Finding]:
    """More points claimed than the figures give."""
    for claim, ours in _comparable(case):
        if claim.own - ours >= case.standard.tolerances.score:
            yield _differs(case, claim, ours, "self-score-too-high", "高出")


@raises(
    code="SC302",
    name="self-score-too-low",
    severity="warning",
    title="自评得分低于复算得分",
    why="按填报的数据和评分标准可以得更多分，也可能是数据填得不对。",
    fix="请核对数据；数据无误的，可按复算得分修改。",
    example="执行率 100%，复算得 4 分，自评 3 分。",
)
def self_score_too_low(case: Case) -> Iterator[Finding]:
    """Fewer points claimed than the figures give."""
    for claim, ours in _comparable(case):
        if ours - claim.own >= case.standard.tolerances.score:
            yield _differs(case, claim, ours, "self-score-too-low", "低了")


def without_advice(finding: Finding) -> Finding:
    """A score that is not ours, without the advice to take ours: that rests on what is wrong."""
    if finding.name not in _ADVICE:
        return finding
    said, found, _ = finding.message.partition(_ADVICE[finding.name])
    if not found:
        return finding
    message = f"{said}所依据的内容有问题，请先改正，{_FIRST[finding.name]}。"
    return msgspec.structs.replace(finding, message=message)


def _differs(case: Case, claim: SelfScore, ours: Fraction, name: str, word: str) -> Finding:
    own, reading = claim.own, reading_of(case, claim)
    if reading is not None:
        advice = (
            f"自评正是按另一种读法“{reading.label}”计算的得分（{reading.basis.rstrip('。')}），"
            "采用哪种读法由财政部门确定。"
        )
    elif claim.indicator in case.contradicted:
        advice = f"所用的数与其他数矛盾，请先改正数据，{_FIRST[name]}。"
    elif own > ours:
        also = ""
        if claim.reason is not None and claim.reason.entry.blank and own == claim.most:
            # or SC305 would come with the next version
            also = f"，并在 {claim.reason.entry.cell} 写明扣分原因"
        advice = f"{_LOWER}{case.score(ours)}{also}；数据有误的请先改正数据。"
    else:
        advice = f"{_LOOK}数据无误的，可改为 {case.score(ours)}。"
    return make_at(
        claim.slot,
        name,
        f"为 {case.score(own)} 分，复算为 {case.score(ours)} 分，"
        f"{word} {case.score(abs(own - ours))} 分。计算：{claim.explain()}。{advice}",
        severity="warning" if reading is not None else None,
        expected=case.score(ours),
        actual=case.score(own),
    )


@raises(
    code="SC303",
    name="self-score-out-of-range",
    severity="error",
    title="自评得分超出分值范围",
    why="任何指标的得分都在 0 分和该指标分值之间。",
    fix="请改为 0 到分值之间的数。",
    example="分值 5 分的指标自评 8 分。",
)
def self_score_out_of_range(case: Case) -> Iterator[Finding]:
    """Points below 0 or above the weight."""
    beyond = [
        (claim.slot, claim.own, claim.most, claim.ours)
        for claim in claims(case)
        if claim.own != claim.most and not 0 <= claim.own <= claim.most
    ]
    for result in case.evaluation.results.values():
        if (field := f"self_{result.indicator}") in case.fields:
            slot = case.slot(field)
            if slot.entry.problem == "out-of-range":
                beyond.append((slot, Fraction(slot.entry.raw), result.weight, result.score))
    for slot, own, most, score in beyond:
        weight = case.score(most)
        ours = "" if score is None else f"，复算为 {case.score(score)} 分"
        yield make_at(
            slot,
            "self-score-out-of-range",
            f"为 {case.score(own)} 分，应在 0 到分值 {weight} 分之间{ours}。请改正。",
            expected=f"0–{weight}",
            actual=case.score(own),
        )


@raises(
    code="SC304",
    name="self-score-unsupported",
    severity="error",
    title="自评得分没有数据支撑",
    why="计算该指标所需的数据没有填或不能用，自评得分无从核实，复算时该项暂不计分。",
    fix="请补填所缺的数据，改正不能用的数据；确实没有数据的，不应自评得分。",
    example="满意度自评 5 分，却没有填答卷数，也没有满意率。",
)
def self_score_unsupported(case: Case) -> Iterator[Finding]:
    """Points claimed although there is nothing to compute them from."""
    for claim in claims(case):
        own = claim.own
        if claim.ours is None and 0 < own <= claim.most:
            verbs = remedies(case, claim)
            yield make_at(
                claim.slot,
                "self-score-unsupported",
                f"为 {case.score(own)} 分，但{claim.explain()}，暂不计分。"
                f"请{'和'.join(verbs)}数据。",
                expected=f"{'、'.join(verbs)}数据后复算",
                actual=case.score(own),
            )


@raises(
    code="SC305",
    name="deduction-without-reason",
    severity="warning",
    title="扣分没有写明原因",
    why="自评低于满分，应当说明扣在哪里，便于复核和整改。",
    fix="请在“扣分原因”一栏写明。",
    example="分值 4 分，自评 3.97 分，扣分原因空白。",
)
def deduction_without_reason(case: Case) -> Iterator[Finding]:
    """A self score below the weight without a word of why."""
    for claim in claims(case):
        own, most, reason = claim.own, claim.most, claim.reason
        if reason is not None and reason.entry.blank and 0 <= own < most:
            yield make_at(
                reason,
                "deduction-without-reason",
                f"没有填写：分值 {case.score(most)} 分，自评 {case.score(own)} 分，"
                f"扣了 {case.score(most - own)} 分（{claim.slot.entry.cell}）。请写明扣分原因。",
                expected="应填写",
            )


@raises(
    code="SC309",
    name="total-differs",
    severity="error",
    title="自评总分对不上",
    why="报告公布的自评总分应等于各项自评得分之和，也应与按数据复算的总分一致。",
    fix="请先改正各项自评得分，再按合计填写自评总分。",
    example="各项自评合计 96.50 分，自评总分填 98 分。",
)
def total_differs(case: Case) -> Iterator[Finding]:
    """The claimed total against the sum of the self scores and the recomputed total."""
    claimed = case.submission.number(CLAIMED_TOTAL) if CLAIMED_TOTAL in case.fields else None
    if claimed is None:
        return
    slot, tolerance = case.slot(CLAIMED_TOTAL), case.standard.tolerances.score
    own, ours = case.evaluation.self_total, case.evaluation.total
    computed = _total_in_words(case)
    if own is not None and abs(claimed - own) >= tolerance:
        most = slot.spec.max
        beyond = most is not None and own > most
        yield make_at(
            slot,
            "total-differs",
            f"为 {case.score(claimed)} 分，计分表各项自评得分合计为 {case.score(own)} 分"
            f"{'（超过满分）' if beyond else ''}，"
            f"相差 {case.score(abs(claimed - own))} 分；{computed}。请核对各项自评得分和总分。",
            expected="各项自评得分改正后的合计" if beyond else case.score(own),
            actual=case.score(claimed),
        )
    elif not ours.low - tolerance < claimed < ours.high + tolerance:
        nearest, bound = (ours.high, "不高于 ") if claimed > ours.high else (ours.low, "不低于 ")
        yield make_at(
            slot,
            "total-differs",
            f"为 {case.score(claimed)} 分，{computed}，"
            f"相差 {case.score(abs(claimed - nearest))} 分，原因见计分表各项。"
            "请改正各项自评得分后重新合计。",
            severity="warning",
            expected=f"{bound if ours.score is None else ''}{case.score(nearest)}",
            actual=case.score(claimed),
        )


@raises(
    code="SC310",
    name="grade-differs",
    severity="error",
    title="评价等次对不上",
    why="等次由总分决定，与总分不符的等次不能采用。",
    fix="请按总分对照等次标准改正。",
    example="自评总分 88 分应为“良”，填成“优”。",
)
def grade_differs(case: Case) -> Iterator[Finding]:
    """The claimed grade against that of the claimed total and that of the recomputed total."""
    claimed = case.submission.text(CLAIMED_GRADE) if CLAIMED_GRADE in case.fields else ""
    if not claimed:
        return
    slot, standard = case.slot(CLAIMED_GRADE), case.standard
    total = case.submission.number(CLAIMED_TOTAL) if CLAIMED_TOTAL in case.fields else None
    total = case.evaluation.self_total if total is None else total
    ours = case.evaluation.total.grade
    if total is not None and claimed != (due := grade(standard, total)):
        yield make_at(
            slot,
            "grade-differs",
            f"为“{claimed}”，自评总分 {case.score(total)} 分对应“{due}”。请改正。",
            expected=due,
        )
    elif ours is not None and claimed != ours:
        yield make_at(
            slot,
            "grade-differs",
            f"为“{claimed}”，{_total_in_words(case)}，对应“{ours}”。请核对总分后重新评定。",
            severity="warning",
            expected=ours,
        )


@raises(
    code="SC311",
    name="evidence-missing",
    severity="info",
    title="回答“是”没有写依据",
    why="没有制度名称、文号或凭证号，复核时无法确认。",
    fix="请在“依据”一栏写明制度名称、文号、网址或凭证号。",
    example="“已建立资产管理制度”选“是”，依据空白。",
)
def evidence_missing(case: Case) -> Iterator[Finding]:
    """Items answered 是 without a basis: one finding per indicator, at the first such item."""
    for indicator in case.standard.indicators:
        if not isinstance(indicator.rule, Checklist):
            continue
        bare = [
            number
            for number, _ in enumerate(indicator.rule.items, start=1)
            if case.submission.text(check_id(indicator.id, number)) == YES
            and case.slot(f"basis_{indicator.id}_{number}").entry.blank
        ]
        if bare:
            numbers = "、".join(str(number) for number in bare)
            yield make_at(
                case.slot(f"basis_{indicator.id}_{bare[0]}"),
                "evidence-missing",
                f"没有填写：{quoted(indicator.title)}第 {numbers} 项回答“是”，没有写明依据。"
                "请补填制度名称、文号等。",
                expected="应填写",
            )


@raises(
    code="SC312",
    name="na-claimed",
    severity="info",
    title="申报不涉及",
    why="申报不涉及的指标按满分计，是否成立由财政部门复核。",
    fix="单位请写明理由；财政部门请在复核栏填写意见。",
    example="档案馆申报“生态效益”不涉及。",
)
def na_claimed(case: Case) -> Iterator[Finding]:
    """An indicator that the department claims does not apply, for the bureau to review."""
    for result in case.evaluation.results.values():
        if result.claimed_na:
            counted = f"按满分 {case.score(result.weight)} 分计"
            if case.standard.not_applicable == "spread":
                counted = f"{case.score(result.weight)} 分按比例分摊到其他指标"
            reason = case.submission.text(f"na_reason_{result.indicator}")
            stated = f"理由：{reason.rstrip('。')}。" if reason.strip() else ""
            yield make_at(
                case.slot(f"na_{result.indicator}"),
                "na-claimed",
                f"：单位申报不涉及，{counted}，待财政部门复核。{stated}",
            )


@raises(
    code="SC313",
    name="na-without-reason",
    severity="warning",
    title="申报不涉及没有写理由",
    why="没有理由，财政部门无法判断该指标是否真的不涉及。",
    fix="请写明理由，如“2020 年新组建单位，没有上年数”。",
    example="“结转结余控制率”选了不涉及，理由空白。",
)
def na_without_reason(case: Case) -> Iterator[Finding]:
    """A claim of 不涉及 without a reason."""
    for result in case.evaluation.results.values():
        if result.claimed_na:
            slot = case.slot(f"na_reason_{result.indicator}")
            if not slot.entry.raw.strip():
                yield make_at(
                    slot,
                    "na-without-reason",
                    f"没有填写：{quoted(case.titles[result.indicator])}申报了不涉及。请写明理由。",
                    expected="应填写",
                )


def _comparable(case: Case) -> Iterator[tuple[SelfScore, Fraction]]:
    """The claims that are possible and are not exactly ours, where there is a score of ours."""
    for claim in claims(case):
        if claim.ours is not None and claim.differs:
            yield claim, claim.ours


def _total_in_words(case: Case) -> str:
    total, how = case.evaluation.total, explain_total(case.evaluation)
    if total.score is not None:
        return f"复算总分为 {case.score(total.score)} 分{f'（{how}）' if how else ''}"
    return f"复算总分在 {case.score(total.low)} 到 {case.score(total.high)} 分之间"
