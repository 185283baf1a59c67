"""Our template in other formats: the same numbers and findings, and a copy that is an .xlsx."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import workbook_tools as wt
from tests import lo
from tests.cli.shell import SAMPLES, run
from workbook_tools.conversion.libreoffice import ELSEWHERE

pytestmark = [pytest.mark.libreoffice, pytest.mark.covers, lo.requires_libreoffice]
SENT = {
    "water-2020.xls": "water-2020",
    "水利.xlsx": "water-2020",  # what it holds is an .xls
    "民政.et": "civil-affairs-2020",
    "civil-affairs-2020.ods": "civil-affairs-2020",
}
"""What is sent, and the sample that it is."""
KINDS = [
    SAMPLES / f"{name}.xlsx"
    for name in (
        "xiangtan-2020",  # real figures, most cells blank
        "archives-2020",  # as LibreOffice saved it
        "water-2020",  # written by XlsxWriter
        "own/forestry-2024",
        "own/project-renovation-2024",
    )
]
"""One sample of each kind; each goes through LibreOffice twice."""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same workbooks as departments send them."""
    folder = tmp_path_factory.mktemp("报送")
    made = folder / "made"
    samples = [SAMPLES / f"{name}.xlsx" for name in dict.fromkeys(SENT.values())]
    lo.convert(samples, made, "xls:MS Excel 97", ".xls")
    lo.convert(samples[1:], made, "ods:calc8", ".ods")
    for name, sample in SENT.items():
        suffix = ".ods" if name.endswith(".ods") else ".xls"
        shutil.copy(made / f"{sample}{suffix}", folder / name)
    shutil.rmtree(made)
    return folder


@pytest.mark.parametrize("name", SENT)
def test_it_computes_as_the_xlsx(sent: Path, name: str) -> None:
    assessment = wt.assess(sent / name)
    sample = wt.assess(SAMPLES / f"{SENT[name]}.xlsx")
    assert assessment.evaluation is not None
    assert sample.evaluation is not None
    assert assessment.evaluation.results == sample.evaluation.results
    assert assessment.evaluation.total == sample.evaluation.total
    told = [(one.name, one.sheet, one.cell) for one in assessment.findings]
    assert sorted(told) == sorted(
        [("converted", "", "")] + [(one.name, one.sheet, one.cell) for one in sample.findings]
    )


def test_the_copy_is_an_xlsx_and_the_original_stays(sent: Path, tmp_path: Path) -> None:
    original, copy = sent / "water-2020.xls", tmp_path / "批注" / "water-2020.xls.xlsx"
    before = original.read_bytes()
    first = run("validate", original, "-o", copy.parent, "--all")
    assert first.code == 1
    assert "WB120" in first.out
    assert f"批注副本：{copy}" in first.out
    comment = openpyxl.load_workbook(copy)["人员资产"]["B9"].comment
    assert comment is not None
    assert "在用固定资产" in comment.text
    again = run("validate", original, "-o", copy.parent)
    assert "没有覆盖" not in again.err
    assert original.read_bytes() == before


def test_without_libreoffice_they_are_refused(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ELSEWHERE, "none")
    ran = run("validate", sent, "-o", tmp_path / "批注")
    assert ran.code == 1
    assert ran.out.count("WB111") == len(SENT)
    assert "另存为 .xlsx" in ran.out
    assert not (tmp_path / "批注").exists()


def test_the_summary_takes_them_and_its_cache_knows_them(sent: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache.sqlite"
    args = ("consolidate", sent / "民政.et", sent / "水利.xlsx", "--cache", cache)
    first = run(*args, "-o", tmp_path / "一.xlsx")
    assert "已汇总 2 个单位" in first.out
    again = run(*args, "-o", tmp_path / "二.xlsx")
    assert "2 个工作簿没有改动" in again.err
    assert again.out.replace("二", "一") == first.out


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_every_kind_of_sample_computes_the_same(suffix: str, tmp_path: Path) -> None:
    """All in one call there, and back as the product does, each by itself."""
    filters = {".xls": "xls:MS Excel 97", ".ods": "ods:calc8"}
    for sample, converted in zip(
        KINDS, lo.convert(KINDS, tmp_path, filters[suffix], suffix), strict=True
    ):
        ours, theirs = wt.assess(converted).evaluation, wt.assess(sample).evaluation
        assert ours is not None
        assert theirs is not None
        assert ours.results == theirs.results, sample.name
        assert ours.total == theirs.total, sample.name
