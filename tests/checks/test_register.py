"""The register is whole: no kind untested, no foreign code, no document out of date."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, evaluated, findings
from tests.checks.test_cases import CASES
from tests.checks.test_own_rows import ROW_CASES
from tests.submissions import submission as submission_of
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
    registry,
)
from workbook_tools.checks.case import Case
from workbook_tools.checks.catalogue import FAMILIES
from workbook_tools.checks.relation_kinds import RELATION_KINDS
from workbook_tools.scoring import evaluate
from workbook_tools.standard import load_standard
from workbook_tools.standard.tables import FindingName
from workbook_tools.submission import SubmissionRefused

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


@pytest.mark.slow
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


@pytest.mark.slow
def test_findings_come_in_the_order_of_the_workbook(all_findings: list[list[Finding]]) -> None:
    sheets = ["", *(sheet.title for sheet in STANDARD.sheets)]
    for found in all_findings:
        places = [(sheets.index(one.sheet), int(re.sub(r"\D", "", one.cell) or 0)) for one in found]
        assert places == sorted(places)
    assert any(len({one.sheet for one in found}) > 2 for found in all_findings)


@pytest.mark.slow
def test_messages_name_the_cell_and_end_as_sentences(all_findings: list[list[Finding]]) -> None:
    for finding in (one for found in all_findings for one in found):
        assert finding.message.endswith("。"), finding.message
        assert "None" not in finding.message
        assert "Fraction" not in finding.message
        assert "。。" not in finding.message
        if finding.cell and finding.name not in ("erratum", "required-blank"):
            assert finding.cell in finding.message, finding.message


@pytest.mark.slow
def test_findings_are_the_same_every_time_and_travel(all_findings: list[list[Finding]]) -> None:
    again = [findings(case.change) for case in CASES]
    assert again == all_findings
    assert pickle.loads(pickle.dumps(again)) == again


def test_the_document_is_current() -> None:
    written = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert written == findings_markdown(), "写入 findings_markdown() 的结果即可"


A_KIND: dict[str, Any] = {
    "code": "XC999",
    "name": "of-a-test",
    "severity": "warning",
    "title": "试验",
    "why": "试验一下。",
    "fix": "不用改。",
    "example": "没有。",
}


def _on_a_register_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_KINDS", "_CHECKS"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))


def test_a_kind_is_on_the_register_as_it_was_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    _on_a_register_of_its_own(monkeypatch)
    declared = registry.declare(**A_KIND)
    assert msgspec.structs.asdict(declared) == A_KIND
    assert kind("of-a-test") is kind("xc999") is declared
    assert "of-a-test" not in checks()


def test_a_check_stays_the_function_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    _on_a_register_of_its_own(monkeypatch)

    def nothing(_case: Case) -> Iterator[Finding]:
        yield from ()

    assert registry.raises(**A_KIND)(nothing) is nothing
    assert checks()["of-a-test"] is nothing
    assert msgspec.structs.asdict(kind("of-a-test")) == A_KIND


@pytest.mark.parametrize("taken", [{"code": "IN201"}, {"name": "required-blank"}])
def test_codes_and_names_are_each_used_once(
    taken: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _on_a_register_of_its_own(monkeypatch)
    with pytest.raises(AssertionError, match="registered twice"):
        registry.declare(**{**A_KIND, **taken})


def test_kinds_are_listed_by_family_and_number() -> None:
    codes = [one.code for one in kinds()]
    assert list(dict.fromkeys(one[:2] for one in codes)) == list(FAMILIES)
    assert codes == sorted(codes, key=lambda one: (list(FAMILIES).index(one[:2]), one))


def test_a_standard_that_names_an_unknown_kind_for_rows_is_not_passed_over() -> None:
    standard = load_standard("national-2020")
    (table,) = standard.tables
    wrong = msgspec.structs.replace(table.row_checks[-1], finding="no-such-finding")
    tables = (msgspec.structs.replace(table, row_checks=(*table.row_checks, wrong)),)
    made = submission_of({}, {}, msgspec.structs.replace(standard, tables=tables))
    with pytest.raises(UnknownFindingError, match="no-such-finding"):
        check(made, evaluate(made))


@pytest.mark.parametrize(
    ("field", "expected", "actual", "compared"),
    [
        ("staff_quota", "60", "62", ("60", "62")),
        ("meta_standard_hash", "a" * 64, "b" * 64, ("", "")),
        ("score_x", "=ROUND(in_a,2)", "=ROUND(B5,2)", ("公式", "=ROUND(B5,2)")),
        ("score_x", "in_a", "=A1", ("in_a", "=A1")),
    ],
)
def test_what_people_compare_are_no_digests_and_no_formulas_of_names(
    field: str, expected: str, actual: str, compared: tuple[str, str]
) -> None:
    finding = make("required-blank", "。", field=field, expected=expected, actual=actual)
    assert finding.compared == compared


@pytest.mark.parametrize("longer", [False, True])
def test_what_nobody_would_read_of_a_text_is_left_out(longer: bool) -> None:
    text = "长" * (3001 if longer else 3000)
    found = findings(Change(fields={"staff_quota": text}))
    (told,) = [one for one in found if one.name == "not-a-number"]
    assert told.actual == (f"{text[:3000]}……（共 3001 个字符）" if longer else text)
    assert told.expected
    assert "共 " in told.message or not longer
