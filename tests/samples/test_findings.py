"""Each sample gives exactly the findings that its data lists: none missing, none besides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from samples.data import HERE, Expected, Sample, expected_of, load_samples, values_of
from samples.places import Places, place_of, places_in
from workbook_tools.assessment import assess
from workbook_tools.checks import Finding
from workbook_tools.standard import load_standard
from workbook_tools.standard.contract import fields

STANDARD = load_standard()
SAMPLES = load_samples()
EVERYWHERE = ("ST601", "erratum")

Mark = tuple[str, str, str, str]
"""What finding, of which severity, on which sheet, in which cell."""


@cache
def found_in(stem: str) -> tuple[Finding, ...]:
    return assess(HERE / f"{stem}.xlsx").findings


def mark(finding: Finding) -> Mark:
    name = f"{finding.code} {finding.name}"
    return name, finding.severity, finding.sheet, finding.cell


@cache
def places(stem: str) -> Places:
    return places_in(HERE / f"{stem}.xlsx")


def listed(one: Expected, stem: str) -> Mark:
    return one.finding, one.severity, *place_of(one.at, places(stem), STANDARD)


def without(findings: Iterable[Finding], *names: str) -> list[Finding]:
    return [one for one in findings if one.name not in names]


@pytest.mark.parametrize("stem", SAMPLES)
def test_exactly_the_listed_findings(stem: str) -> None:
    sample = SAMPLES[stem]
    findings = without(found_in(stem), "erratum")
    if not sample.invented:
        findings = without(findings, "required-blank", "self-score-unsupported")

    assert sorted(mark(one) for one in findings) == sorted(
        listed(one, stem) for one in expected_of(sample)
    )


@pytest.mark.parametrize("stem", SAMPLES)
def test_each_listed_finding_shows_both_figures(stem: str) -> None:
    sample = SAMPLES[stem]
    found = {mark(one): one for one in found_in(stem)}
    for one in expected_of(sample):
        finding = found[listed(one, stem)]
        if one.expected is not None:
            assert finding.expected == one.expected, finding.message
        if one.actual is not None:
            assert finding.actual == one.actual, finding.message
        for text in one.says:
            assert text in finding.message


@pytest.mark.parametrize("stem", SAMPLES)
def test_the_errata_are_told_in_every_sample(stem: str) -> None:
    errata = [one.field for one in found_in(stem) if (one.code, one.name) == EVERYWHERE]

    assert errata == ["procurement_execution", "actual_completion"]


def needed(sample: Sample) -> set[str]:
    """What a complete report would hold besides what the published one gives."""
    given = {one for one, value in values_of(sample, STANDARD).items() if value is not None}
    required = {one.id for one in fields(STANDARD).values() if one.required and not one.preset}
    blank = required - given
    return blank | {"tasks", "kpis", "survey_responses"}  # of the survey one figure speaks for all


def test_every_gap_of_the_report_of_xiangtan_is_told() -> None:
    findings = found_in("xiangtan-2020")
    sample = SAMPLES["xiangtan-2020"]
    blank = [one.field for one in findings if one.name == "required-blank"]

    assert sorted(blank) == sorted(needed(sample))
    assert len(blank) == sample.blank == 70
    unsupported = [one.field for one in findings if one.name == "self-score-unsupported"]
    assert unsupported == [
        f"self_{one.id}" for one in STANDARD.indicators if one.id != "budget_completion"
    ]
    assert len(unsupported) == sample.unsupported == 26


def test_every_gap_of_the_report_of_shaodong_is_told() -> None:
    """All self scores are blank: one finding, at the first of them, says so."""
    sample = SAMPLES["shaodong-2019"]
    blank = [one.field for one in found_in("shaodong-2019") if one.name == "required-blank"]
    others = {f"self_{one.id}" for one in STANDARD.indicators[1:]}

    assert sorted(blank) == sorted(needed(sample) - others)
    assert len(blank) == sample.blank == 88
