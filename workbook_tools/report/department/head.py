"""The head of a report: whether it is a draft, who reports for which year, the table below that."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.checks import Finding
from workbook_tools.figures import money
from workbook_tools.narrative.placeholders import filled
from workbook_tools.presentation.points import score_in_words
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.facts import (
    MONEY_UNIT,
    cell_text,
    quantity,
    sentence,
)
from workbook_tools.report.paper.paper import Paper
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.contract import fields
from workbook_tools.standard.inputs import Input
from workbook_tools.standard.known_fields import (
    CLAIMED_GRADE,
    CLAIMED_TOTAL,
    FINANCE_HEAD,
    FISCAL_YEAR,
    PHONE,
    PREPARED_BY,
    PREPARED_ON,
    UNIT_HEAD,
    UNIT_NAME,
)
from workbook_tools.standard.naming import evaluated
from workbook_tools.standard.sums import compositions

SIGNERS = (UNIT_HEAD, FINANCE_HEAD, PREPARED_BY, PHONE, PREPARED_ON)
"""Inputs that stand in the signature lines, where the standard asks for them."""
_CLAIMS = (CLAIMED_TOTAL, CLAIMED_GRADE)
_WIDE = 14  # characters that half a row holds


def title(evaluation: Evaluation) -> tuple[str, str]:
    """The two lines of the title: who, and for which year."""
    submission = evaluation.submission
    unit = submission.text(UNIT_NAME).strip() or "（未填写单位名称）"
    year = submission.number(FISCAL_YEAR)
    what = evaluated(evaluation.standard)
    return unit, f"{f'{year}年度' if year else ''}{what}绩效自评报告"


def draft_mark(findings: Sequence[Finding]) -> str:
    """What stands on a draft, "" where no error is open."""
    errors = sum(finding.severity == "error" for finding in findings)
    return f"草稿　尚有 {errors} 条错误没有改正，不得作为正式报告报送" if errors else ""


def write_head(paper: Paper, evaluation: Evaluation, mark: str, edition: Edition) -> None:
    """The draft line, the title and the head table."""
    if mark:
        paper.write(mark, "DraftLine")
    for line in title(evaluation):
        paper.write(line, "Title")
    paper.gap()
    paper.pairs(_rows(evaluation, edition))


def _rows(evaluation: Evaluation, edition: Edition) -> list[list[str]]:
    """Short entries two to a row; then the year's budget and the result."""
    submission = evaluation.submission
    short: list[list[str]] = []
    rows: list[list[str]] = []
    for one in _inputs(evaluation):
        if submission.entries[one.id].blank and not (one.required and edition == "working"):
            continue
        text = cell_text(submission.entries[one.id], one.type)
        if one.type == "year" and submission.number(one.id) is not None:
            text += one.unit
        if one.id == UNIT_NAME or len(text) > _WIDE:
            rows.append([one.label, text])
        else:
            short.append([one.label, text])
    while short:
        pair = [cell for entry in short[:2] for cell in entry]
        rows.append(pair if len(pair) == 4 else [*pair, "", ""])
        short = short[2:]
    last = {
        "年度预算金额": _budget(evaluation, edition),
        "评价结果": _result(evaluation, edition),
    }
    return [*rows, *([label, text] for label, text in last.items() if text)]


def _inputs(evaluation: Evaluation) -> list[Input]:
    """The short inputs of the sheet on which the department names itself."""
    inputs = evaluation.standard.inputs
    sheet = next((one.sheet for one in inputs if one.id == UNIT_NAME), inputs[0].sheet)
    elsewhere = (*SIGNERS, *_CLAIMS)
    return [
        one
        for one in inputs
        if one.sheet == sheet and one.type != "long_text" and one.id not in elsewhere
    ]


def _budget(evaluation: Evaluation, edition: Edition) -> str:
    """The first amount that the standard asks for, with what it is made up of.

    "" where it asks for none, and in the formal edition where it was left blank.
    """
    standard = evaluation.standard
    first = next((one for one in fields(standard).values() if one.type == "money"), None)
    if first is None:
        return ""
    for composition in compositions(standard):
        if composition.whole == first.id and (said := sentence(evaluation, composition)):
            return said
    value = evaluation.submission.number(first.id)
    name = first.name_in_words
    if value is None:
        if edition == "formal" and evaluation.submission.entries[first.id].blank:
            return ""
        return f"{name}：{quantity(evaluation, first.id, first.type)}"
    return f"{name} {money(value)} {MONEY_UNIT}。"


def _result(evaluation: Evaluation, edition: Edition) -> str:
    """What the department claims and, in the working edition, what we and the bureau find.

    "" in the formal edition where it claims nothing.
    """
    submission, known = evaluation.submission, fields(evaluation.standard)
    claimed = [
        f"{known[one].name_in_words} {cell_text(submission.entries[one], known[one].type)}"
        f"{known[one].unit if submission.number(one) is not None else ''}"
        for one in _CLAIMS
        if one in known and (edition == "working" or not submission.entries[one].blank)
    ]
    found = [recomputed(evaluation)] if edition == "working" else []
    said = [*claimed, *found]
    return "；".join(said) + "。" if said else ""


def recomputed(evaluation: Evaluation) -> str:
    """The recomputed total and, where it is given, the reviewed one, in words."""
    places = evaluation.standard.rounding.places
    total, review = evaluation.total, evaluation.review
    if total.score is not None:
        said = f"复算得分 {score_in_words(total.score, places)} 分，等次“{total.grade}”"
    else:
        low, high = (score_in_words(one, places) for one in (total.low, total.high))
        grade = f"等次“{total.grade}”" if total.grade else "资料不全，等次待定"
        said = f"复算总分在 {low} 至 {high} 分之间，{grade}"
    if review is None or review.score is None:
        return said
    reviewed = score_in_words(review.score, places)
    return f"{said}；财政复核得分 {reviewed} 分，等次“{review.grade}”"


def narrative(evaluation: Evaluation, field: str) -> str:
    """What the department wrote in a field, with its figures put in; "" when blank."""
    return filled(evaluation.submission.text(field), evaluation)
