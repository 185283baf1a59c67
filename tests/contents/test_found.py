"""Whatever a workbook carries is found by its kind, and an ordinary workbook gives none of it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Literal

import openpyxl
import pytest

from tests import lo
from tests.cli.broken import replace_in_part
from tests.cli.shell import CLEAN, SAMPLES, WATER, run
from tests.contents.carriers import CARRIERS, HARMLESS, Carrier, Lead, carrying
from workbook_tools import annotate, clean
from workbook_tools.assessment import Assessment, assess
from workbook_tools.checks import Finding

KINDS = {
    "macros-present",
    "external-links",
    "dde-links",
    "embedded-objects",
    "data-connections",
    "file-hyperlinks",
    "hidden-sheets",
}
TEMPLATE = Path(__file__).parents[2] / "templates" / "score_template.xlsx"


def found_in(path: Path) -> list[Finding]:
    return [one for one in assess(path).findings if one.name in KINDS]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def annotated(source: Path, target: Path) -> Assessment:
    assessment = assess(source)
    assert assessment.evaluation is not None
    annotate(source, target, assessment.findings, assessment.evaluation)
    return assessment


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=list(CARRIERS))
def test_carried_thing_is_found(carrier: Carrier, tmp_path: Path) -> None:
    path = carrying(tmp_path / "a.xlsx", carrier.leads, carrier.parts)
    [finding] = found_in(path)
    assert (finding.name, finding.severity) == (carrier.finds, carrier.severity)
    for words in carrier.says:
        assert words in finding.message


@pytest.mark.parametrize("leads", HARMLESS.values(), ids=list(HARMLESS))
def test_harmless_links_are_no_finding(leads: tuple[Lead, ...], tmp_path: Path) -> None:
    assert found_in(carrying(tmp_path / "a.xlsx", leads)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", [TEMPLATE, *sorted(SAMPLES.glob("*.xlsx"))], ids=lambda p: p.stem)
def test_ordinary_workbook_carries_nothing(path: Path) -> None:
    assert found_in(path) == []


@pytest.mark.slow
@pytest.mark.libreoffice
def test_nor_does_it_when_another_program_saved_it(tmp_path: Path) -> None:
    template, copy = tmp_path / "template.xlsx", tmp_path / "copy.xlsx"
    shutil.copy(TEMPLATE, template)
    annotated(WATER, copy)
    for path in lo.recalculate([template, copy, CLEAN], tmp_path / "saved"):
        assert found_in(path) == []
    book = openpyxl.load_workbook(WATER)
    book.save(tmp_path / "openpyxl.xlsx")
    assert found_in(tmp_path / "openpyxl.xlsx") == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_found_unless_they_are_the_templates(
    state: Literal["hidden", "veryHidden"], tmp_path: Path
) -> None:
    saved, renamed = tmp_path / "saved.xlsx", tmp_path / "renamed.xlsx"
    book = openpyxl.load_workbook(WATER)
    book.create_sheet("底稿").sheet_state = state
    book.create_sheet("可见")
    book["人员资产"].sheet_state = book["校验结果"].sheet_state = state
    book.save(saved)
    replace_in_part(saved, renamed, "xl/workbook.xml", "人员资产", "人员")
    [finding] = found_in(renamed)
    assert (finding.name, finding.actual) == ("hidden-sheets", "底稿")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that carries everything."""
    leads = tuple(lead for one in CARRIERS.values() for lead in one.leads)
    held = {name: part for one in CARRIERS.values() for name, part in one.parts.items()}
    return carrying(tmp_path_factory.mktemp("crowded") / "自评表.xlsx", leads, held, WATER)


def test_none_of_it_gets_into_a_summary(crowded: Path, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    ran = run("consolidate", crowded, "-o", target, "--no-cache")
    assert ran.code == 1
    summary = parts(target)
    assert not [name for name in summary if name.endswith((".bin", ".data", ".docx"))]
    outward = {
        line.partition(b'"')[0].decode()
        for name, part in summary.items()
        if name.endswith(".rels")
        for line in part.split(b'Target="')[1:]
        if b'TargetMode="External"' in line.partition(b">")[0]
    }
    assert {one.partition("#")[0] for one in outward} == {"../crowded0/自评表.xlsx"}
    for words in (b"<f>cmd", b"Provider=", b"Password", b"VB_Name"):
        assert not [name for name, part in summary.items() if words in part]


def test_it_stays_in_the_annotated_copy_as_it_was(crowded: Path, tmp_path: Path) -> None:
    copy, back = tmp_path / "copy.xlsx", tmp_path / "back.xlsx"
    assessment = annotated(crowded, copy)
    assert {one.name for one in assessment.findings} >= KINDS - {"hidden-sheets"}
    clean(copy, back)
    assert parts(back) == parts(crowded)


def test_what_a_connection_says_is_not_told(crowded: Path) -> None:
    ran = run("validate", crowded, "--format", "json")
    assert "数据连接 决算库" in ran.out
    assert "Password" not in ran.out


def test_endless_lists_are_cut(tmp_path: Path) -> None:
    many = tuple(
        Lead("xl/worksheets/sheet3.xml", "x/hyperlink", rf"\\h{n}\{'a' * 500}", external=True)
        for n in range(1500)
    )
    [finding] = found_in(carrying(tmp_path / "a.xlsx", many))
    assert "1000 个" in finding.message
    assert len(finding.message) < 1000
    assert len(finding.actual) < 3000
