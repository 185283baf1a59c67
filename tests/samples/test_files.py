"""The files in samples/ are what their data says, and are labelled as what they are."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from samples.build import README, filling_of, formulas_by_name, results_in
from samples.data import HERE, ROSTER, issued_to, load_samples
from samples.describe import describe
from samples.places import places_in
from workbook_tools.consolidation import read_roster
from workbook_tools.standard import load_standard
from workbook_tools.submission import read_submission
from workbook_tools.template import build_template

STANDARD = load_standard()
SAMPLES = load_samples()
BUILT = [stem for stem, one in SAMPLES.items() if one.saved_by == "xlsxwriter"]
SAVED_BY_LIBREOFFICE = [stem for stem in SAMPLES if stem not in BUILT]
INVENTED = [stem for stem, one in SAMPLES.items() if one.invented]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    build_template(STANDARD, path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_file_has_its_data_and_the_other_way_round() -> None:
    assert {path.stem for path in HERE.glob("*.xlsx")} == set(SAMPLES)


@pytest.mark.parametrize("stem", BUILT)
def test_a_built_sample_is_a_fresh_build_with_its_results(
    stem: str, template: Path, tmp_path: Path
) -> None:
    sample, path = SAMPLES[stem], HERE / f"{stem}.xlsx"
    originals = formulas_by_name(template)
    filling = filling_of(sample, STANDARD, originals, results_in(path), saved=True)
    again = tmp_path / path.name

    build_template(STANDARD, again, issued_to(sample, STANDARD), filling)

    assert parts(again) == parts(path)


@pytest.mark.parametrize("stem", BUILT)
def test_a_built_sample_carries_results(stem: str) -> None:
    results = results_in(HERE / f"{stem}.xlsx").values()

    assert sum(isinstance(one, int | float) for one in results) > 50


@pytest.mark.parametrize("stem", SAVED_BY_LIBREOFFICE)
def test_some_samples_are_as_libreoffice_saved_them(stem: str) -> None:
    assert b"LibreOffice" in parts(HERE / f"{stem}.xlsx")["docProps/app.xml"]
    assert len(SAVED_BY_LIBREOFFICE) >= 3


@pytest.mark.parametrize("stem", INVENTED)
def test_an_invented_department_says_so_in_its_name(stem: str) -> None:
    name = read_submission(HERE / f"{stem}.xlsx").text("unit_name")

    assert name.startswith("示例县")
    assert name.endswith("（虚构）")
    assert len(INVENTED) >= 8


def test_the_published_reports_are_the_only_real_ones() -> None:
    assert set(SAMPLES) - set(INVENTED) == {"xiangtan-2020", "shaodong-2019"}


def test_the_roster_lists_the_invented_departments_and_one_that_never_reported() -> None:
    listed = {row.unit_code: row.unit_name for row in read_roster(ROSTER, STANDARD).rows}
    reported = {
        str(SAMPLES[stem].inputs["unit_code"]): SAMPLES[stem].inputs["unit_name"]
        for stem in INVENTED
    }

    assert reported.items() < listed.items()
    assert set(listed) - set(reported) == {"310001"}


def test_the_roster_opens_in_excel() -> None:
    """Without the mark at its beginning Excel takes UTF-8 for the local code page."""
    assert ROSTER.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_readme_is_made_from_the_data(template: Path) -> None:
    assert README.read_text(encoding="utf-8") == describe(SAMPLES, STANDARD, places_in(template))
