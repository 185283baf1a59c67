"""The limits of a package can be set, for everybody by the environment, for one by an argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import WATER, run
from tests.hostile.corpus import BUILDERS
from workbook_tools import read_submission
from workbook_tools.ooxml import Limits, LimitsError, Package, PackageError, usual_limits
from workbook_tools.ooxml.limits import VARIABLE
from workbook_tools.submission import SubmissionRefused


def test_usual_limits_are_those_of_the_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert usual_limits() == Limits(200_000_000, 100_000_000, 2000, 200)


def test_environment_changes_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "total=400, entries=4000\nratio=7")
    assert usual_limits() == Limits(total=400_000_000, entries=4000, ratio=7)


@pytest.mark.parametrize(
    "text", ["total", "total=", "total=-1", "total=0", "size=3", "entry=1.5", "total=400MB", "一"]
)
def test_environment_that_cannot_be_understood_ends_the_command(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(LimitsError, match=VARIABLE):
        usual_limits()
    ran = run("validate", WATER)
    assert ran.code == 2
    assert f"{VARIABLE} 中的“{text}”无法识别" in ran.err


def test_limit_of_the_environment_reaches_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "entries=5")
    ran = run("validate", WATER, "--no-cache")
    assert ran.code == 1
    assert "超过上限 5 个" in ran.out


def test_wider_limit_reads_what_the_usual_one_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "多.xlsx"
    BUILDERS["bomb by count"](path)
    with pytest.raises(PackageError, match="超过上限 2000 个"):
        Package.open(path)
    wide = Limits(entries=3000)
    assert len(Package.open(path, wide).names) > 2001
    assert read_submission(path, limits=wide).text("unit_name")
    with pytest.raises(SubmissionRefused, match="超过上限 2000 个"):
        read_submission(path)
    monkeypatch.setenv(VARIABLE, "entries=3000")
    assert read_submission(path).text("unit_name")
