"""The words that may stand in braces: placeholders.txt lists them, a line each."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.placeholders import by_word, meant_by, nearest, placeholders

PAGE = Path(__file__).with_name("placeholders.txt")
HOW = "python -m tests.standard.test_placeholders > tests/standard/placeholders.txt"
STANDARD = load_standard()


def page() -> str:
    """The words of the shipped standard, and what each stands for."""
    lines = []
    for name, one in placeholders(STANDARD).items():
        assert name == one.name
        label = "" if one.label == one.word else f" ({one.label})"
        unit = one.unit and f", {one.unit}"
        of = one.of and f" of {one.of}"
        lines.append(f"{{{one.word}}}{label} {name}: {one.source}{of}, {one.kind}{unit}\n")
    return "".join(lines)


def test_every_word_is_as_written() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), HOW


def _called(standard: Standard, **labels: str) -> Standard:
    inputs = tuple(
        msgspec.structs.replace(one, label=labels[one.id], short="") if one.id in labels else one
        for one in standard.inputs
    )
    return msgspec.structs.replace(standard, inputs=inputs)


def test_words_that_are_taken_are_numbered() -> None:
    """Blanks and full-width signs do not make another word."""
    standard = _called(
        STANDARD, staff_quota="人数(末)", staff_actual="人数（末）", phone="人数 (末)"
    )
    words = [placeholders(standard)[one].word for one in ("phone", "staff_quota", "staff_actual")]
    assert words == ["人数 (末)", "人数(末)2", "人数（末）3"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("编制数", "staff_quota"),
        (" 编制 数 ", "staff_quota"),
        ("staff_quota", "staff_quota"),
        ("本年支出合计", "expenditure_total"),
        ("编制", None),
        ("", None),
    ],
)
def test_a_name_is_a_word_or_an_id(written: str, name: str | None) -> None:
    found = meant_by(STANDARD, written)
    assert (found and found.name) == name
    if found:
        assert by_word(STANDARD)[found.word] == found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("本年支出总计", "expenditure_total"),
        ("本年 支出合 计数", "expenditure_total"),
        ("expenditure_totals", "expenditure_total"),
        ("staff_qota", "staff_quota"),
        ("在岗人员", None),  # 在职人员数 is not near enough
        ("carryover", None),
        ("天气", None),
        ("xyz", None),
    ],
)
def test_a_slip_is_near_what_was_meant(written: str, name: str | None) -> None:
    found = nearest(STANDARD, written)
    assert (found and found.name) == name


if __name__ == "__main__":
    print(page(), end="")
