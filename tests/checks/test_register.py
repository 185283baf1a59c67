"""The register is whole: no kind untested, no foreign code, no document out of date."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, evaluated, findings
from tests.checks.test_cases import CASES
from tests.checks.test_own_rows import ROW_CASES
from workbook_tools.checks import (
    Finding,
    UnknownFindingError,
    check,
    checks,
    findings_markdown,
    kind,
    kinds,
    make,
    refusal,
)
from workbook_tools.checks.case import Case
from workbook_tools.checks.catalogue import FAMILIES
from workbook_tools.checks.relation_kinds import RELATION_KINDS
from workbook_tools.standard.tables import FindingName
from workbook_tools.submission import SubmissionRefused

pytestmark = pytest.mark.slow

REFUSALS = ("not-a-template", "unknown-standard", "encrypted", "unreadable", "not-a-workbook")
RAISED_ELSEWHERE = {*REFUSALS, "counted-twice"}
ROOT = Path(__file__).parents[2]


def test_each_kind_has_a_check_or_is_raised_elsewhere() -> None:
    assert set(checks()) | RAISED_ELSEWHERE == {one.name for one in kinds()}
    assert not set(checks()) & RAISED_ELSEWHERE


def test_the_kinds_that_a_standard_may_name_are_those_of_relations() -> None:
    assert [one.name for one in RELATION_KINDS] == list(get_args(FindingName))


def test_each_kind_that_has_a_check_has_a_case() -> None:
    told = {one.name for case in CASES for one in case.finds}
    told |= {one.name for case in ROW_CASES for one in case.finds}
    assert set(checks()) - told == {"erratum"}  # which every clean workbook gives


def test_each_check_raises_its_own_kind_only() -> None:
    for case in CASES:
        submission, evaluation = evaluated(case.change)
        for name, function in checks().items():
            raised = {finding.name for finding in function(Case(submission, evaluation))}
            assert raised <= {name}, case.name


def test_codes_are_a_family_and_three_digits_counted_without_a_gap() -> None:
    numbers: dict[str, list[int]] = {}
    for one in kinds():
        assert re.fullmatch(r"[A-Z]{2}[1-9]\d\d", one.code)
        numbers.setdefault(one.code[:2], []).append(int(one.code[2:]))
    assert set(numbers) <= set(FAMILIES)
    for found in numbers.values():
        assert found == list(range(found[0], found[0] + len(found)))
        assert found[0] % 100 == 1
    assert kind("SC301").name == "self-score-too-high"


def test_each_kind_says_why_how_and_gives_an_example() -> None:
    for one in kinds():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.name)
        for text in (one.why, one.fix, one.example):
            assert text.endswith("。"), one.code
        assert not one.title.endswith("。")


def test_a_kind_is_found_by_code_in_any_case_and_by_name() -> None:
    assert kind("in201") == kind("IN201") == kind("required-blank")
    with pytest.raises(UnknownFindingError, match="没有编号或名称为“XX999”的问题"):
        kind("XX999")


def test_a_finding_has_the_usual_severity_unless_another_is_given() -> None:
    assert make("counted-twice", "某局与某中心重复。").severity == kind("counted-twice").severity
    assert make("counted-twice", "某局与某中心重复。", severity="info").severity == "info"


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refused_workbook_is_a_finding_about_the_file(name: str) -> None:
    finding = refusal(SubmissionRefused(name, "某.xlsx：读不出来。请重新提交。"))
    assert finding.code == kind(name).code
    assert (finding.severity, finding.sheet, finding.cell) == ("error", "", "")
    assert finding.message == "某.xlsx：读不出来。请重新提交。"


def test_a_standard_that_names_an_unknown_kind_is_not_passed_over() -> None:
    submission, evaluation = evaluated(Change())
    wrong = msgspec.structs.replace(STANDARD.cross_checks[0], finding="no-such-finding")
    standard = msgspec.structs.replace(STANDARD, cross_checks=(wrong,))
    submission = msgspec.structs.replace(submission, standard=standard)
    with pytest.raises(UnknownFindingError, match="no-such-finding"):
        check(submission, evaluation)


@pytest.fixture(scope="module")
def all_findings() -> list[list[Finding]]:
    return [findings(case.change) for case in CASES]


def test_findings_come_in_the_order_of_the_workbook(all_findings: list[list[Finding]]) -> None:
    sheets = ["", *(sheet.title for sheet in STANDARD.sheets)]
    for found in all_findings:
        places = [(sheets.index(one.sheet), int(re.sub(r"\D", "", one.cell) or 0)) for one in found]
        assert places == sorted(places)
    assert any(len({one.sheet for one in found}) > 2 for found in all_findings)


def test_messages_name_the_cell_and_end_as_sentences(all_findings: list[list[Finding]]) -> None:
    for finding in (one for found in all_findings for one in found):
        assert finding.message.endswith("。"), finding.message
        assert "None" not in finding.message
        assert "Fraction" not in finding.message
        assert "。。" not in finding.message
        if finding.cell and finding.name not in ("erratum", "required-blank"):
            assert finding.cell in finding.message, finding.message


def test_findings_are_the_same_every_time_and_travel(all_findings: list[list[Finding]]) -> None:
    again = [findings(case.change) for case in CASES]
    assert again == all_findings
    assert pickle.loads(pickle.dumps(again)) == again


def test_the_document_is_current() -> None:
    written = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert written == findings_markdown(), "写入 findings_markdown() 的结果即可"
