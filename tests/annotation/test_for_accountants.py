"""What departments read holds nothing that only operators and programs understand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from samples.data import HERE, load_samples
from tests.annotation.reading import notes_in, results_in
from tests.checks.builder import findings
from tests.checks.test_cases import CASES
from tests.report.reading import Read
from workbook_tools.annotation import annotate
from workbook_tools.assessment import Assessment, assess
from workbook_tools.checks import kinds
from workbook_tools.report import write_report
from workbook_tools.standard import list_standards, load_standard
from workbook_tools.template import build_template

pytestmark = pytest.mark.slow

_NOT_FOR_THEM = {
    "id of a field": re.compile(r"(?<!\w)[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\w)", re.ASCII),
    "hash": re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{8,}\b", re.ASCII),
    "reading that is not the rule": re.compile("另一种解读|其他解读"),
    "installer": re.compile(r"\bpip\b", re.ASCII),
    "option": re.compile(r"(?<!\w)--[a-z]", re.ASCII),
    "source file": re.compile(r"\.py\b", re.ASCII),
    "standard": re.compile("|".join(map(re.escape, list_standards()))),
}
SAMPLES = sorted(load_samples())


def strange(text: str) -> list[str]:
    """What stands in a text and is not for accountants."""
    return [
        f"{kind}: {found.group()} in {text[:120]}"
        for kind, pattern in _NOT_FOR_THEM.items()
        for found in pattern.finditer(text)
    ]


@cache
def assessed(stem: str) -> Assessment:
    return assess(HERE / f"{stem}.xlsx")


@pytest.mark.parametrize(
    "text",
    ["reason_priority_spending", "pip install x", "请用 --standard 指定", "a1" * 4, "看 build.py"],
)
def test_such_words_are_seen(text: str) -> None:
    assert strange(text)


@pytest.mark.parametrize("text", ["{本年支出合计}", "“_meta”表", "IronCalc", "A1:B2", "3-5-7"])
def test_others_are_not(text: str) -> None:
    assert strange(text) == []


@pytest.mark.parametrize("name", list_standards())
def test_what_can_be_seen_of_a_template_is_for_accountants(name: str, tmp_path: Path) -> None:
    """Cells of every sheet that is not hidden, prompts and warnings of their rules, headers."""
    build_template(load_standard(name), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    texts = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            hidden = {key for key, one in sheet.column_dimensions.items() if one.hidden}
            texts += [
                str(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None and cell.column_letter not in hidden
            ]
            for rule in sheet.data_validations.dataValidation:
                texts += filter(None, (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error))

    assert len(texts) > 100
    assert [word for text in texts for word in strange(text)] == []


@pytest.mark.parametrize("stem", SAMPLES)
def test_notes_and_the_result_sheet_are_for_accountants(stem: str, tmp_path: Path) -> None:
    assessment, copy = assessed(stem), tmp_path / "copy.xlsx"
    assert assessment.evaluation is not None
    annotate(HERE / f"{stem}.xlsx", copy, assessment.findings, assessment.evaluation)
    head, rows = results_in(copy)

    texts = [*notes_in(copy).values(), *head.values()]
    texts += [str(cell) for row in rows for cell in row]

    assert [word for text in texts for word in strange(text)] == []


@pytest.mark.parametrize("stem", SAMPLES)
def test_the_report_of_a_department_is_for_accountants(stem: str, tmp_path: Path) -> None:
    assessment = assessed(stem)
    assert assessment.evaluation is not None
    report = write_report(assessment.evaluation, tmp_path / "a.docx", findings=assessment.findings)

    assert strange(Read(report).text) == []


def _told() -> Iterator[tuple[str, str]]:
    """Every text of every kind of finding, and of every case of the checks' tests."""
    for kind in kinds():
        yield from ((kind.code, text) for text in (kind.title, kind.why, kind.fix, kind.example))
    for case in CASES:
        for one in findings(case.change):
            yield from ((one.code, text) for text in (one.message, *one.compared))


def test_all_findings_are_for_accountants() -> None:
    assert [(code, words) for code, text in _told() if (words := strange(text))] == []
