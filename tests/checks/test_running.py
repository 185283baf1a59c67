"""The order of findings, and what is left out of them, of checks that are written here."""

from __future__ import annotations

import msgspec
import pytest

from tests.checks.builder import SHEETS, Change, evaluated
from tests.checks.facts import told_at
from workbook_tools.checks import check, running
from workbook_tools.checks.finding import Finding
from workbook_tools.standard.severity import Severity


def finding(
    name: str, cell: str = "B2", sheet: str = SHEETS[1], severity: Severity = "error"
) -> Finding:
    return told_at(name, sheet, cell, severity=severity, message=name)


def checked(monkeypatch: pytest.MonkeyPatch, *found: Finding) -> list[Finding]:
    """What is told where one check finds the first of these, and another the others."""
    each = {"first": lambda _: found[:1], "others": lambda _: found[1:]}
    monkeypatch.setattr(running, "checks", lambda: each)
    return check(*evaluated(Change()))


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(
            [
                finding("of the file", "", "", "info"),
                finding("of the first sheet", "", SHEETS[0]),
                finding("in its first cell", "A1", SHEETS[0]),
                finding("of the second sheet", "", SHEETS[1]),
                finding("in it", "A1", SHEETS[1]),
                finding("of a sheet that is not there", "A1", "没有"),
            ],
            id="sheets",
        ),
        pytest.param(
            [
                finding("a", "B2"),
                finding("b", "C2"),
                finding("c", "AA2"),
                finding("d", "A3"),
                finding("e", "A10"),
            ],
            id="rows, then columns",
        ),
        pytest.param(
            [
                finding("d", severity="error"),
                finding("a", severity="warning"),
                finding("b", severity="warning"),
                finding("c", severity="info"),
            ],
            id="the worst, then by code",
        ),
    ],
)
def test_the_order(monkeypatch: pytest.MonkeyPatch, order: list[Finding]) -> None:
    assert checked(monkeypatch, *order[::-1]) == order


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (finding("unnamed-row"), False),
        (finding("deduction-without-reason"), False),
        (finding("evidence-missing"), False),
        (finding("na-without-reason"), False),
        (finding("unnamed-row", "B3"), True),
        (finding("unnamed-row", "B2", SHEETS[2]), True),
        (finding("not-a-number"), True),
    ],
)
def test_blanks_where_something_is_to_be_written(
    monkeypatch: pytest.MonkeyPatch, other: Finding, told: bool
) -> None:
    names = {one.name for one in checked(monkeypatch, finding("only-blanks"), other)}
    assert names == {other.name} | ({"only-blanks"} if told else set())


@pytest.mark.parametrize("field", ["expected", "actual", "message"])
def test_a_text_that_nobody_would_read(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    texts = ["字" * 2999, "字" * 3000, "字" * 3000 + "终"]
    found = [
        msgspec.structs.replace(finding(str(number)), **{field: text})
        for number, text in enumerate(texts)
    ]
    told = checked(monkeypatch, *found)
    assert told[:2] == found[:2]
    assert getattr(told[2], field) == f"{'字' * 3000}……（共 3001 个字符）"
    assert msgspec.structs.replace(told[2], **{field: texts[2]}) == found[2]
