"""Every kind of finding from a case told in cases.yaml, in both directions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.checks.builder import Change, cell_of, findings
from workbook_tools.checks import Finding, kind
from workbook_tools.standard.severity import Severity


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    at: str = ""
    severity: Severity | None = None
    says: list[Any] = []
    expected: str | None = None
    actual: str | None = None

    @property
    def place(self) -> tuple[str, str]:
        if self.at.startswith("<"):
            return self.at.strip("<>"), ""
        return cell_of(self.at) if self.at else ("", "")


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    change: Change
    finds: list[Expected]
    only: list[str] = []


CASES = msgspec.yaml.decode(Path(__file__).with_name("cases.yaml").read_bytes(), type=list[Case])


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.name, finding.sheet, finding.cell, finding.severity


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    found = [
        finding
        for finding in findings(case.change)
        if finding.name != "erratum" and (not case.only or finding.name in case.only)
    ]
    wanted = [(one.name, *one.place, one.severity or kind(one.name).severity) for one in case.finds]
    assert sorted(_key(one) for one in found) == sorted(wanted), "\n".join(map(str, found))
    for one in case.finds:
        finding = next(each for each in found if _key(each)[:3] == (one.name, *one.place))
        for words in one.says:
            assert str(words) in finding.message, finding.message
        if one.expected is not None:
            assert finding.expected == one.expected
        if one.actual is not None:
            assert finding.actual == one.actual


def test_a_clean_department_gives_the_errata_and_nothing_else() -> None:
    found = findings(Change())
    assert [(one.name, one.field) for one in found] == [
        ("erratum", "procurement_execution"),
        ("erratum", "actual_completion"),
    ]
    assert [(one.sheet, one.cell) for one in found] == [
        cell_of("score_procurement_execution"),
        cell_of("score_actual_completion"),
    ]
