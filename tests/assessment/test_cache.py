"""Outcomes that are kept: by content, through kills, beside other runs, and never wrong."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.cli.shell import CLEAN, WATER, command_line, environment
from workbook_tools.assessment import gathering
from workbook_tools.assessment.cache import Cache, CacheError
from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.cli.samples import samples_folder
from workbook_tools.consolidation import consolidate
from workbook_tools.files.digests import content_of
from workbook_tools.standard import load_standard

SAMPLES = sorted(samples_folder().glob("*-20*.xlsx"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    for source in SAMPLES[:4]:
        shutil.copy(source, folder)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the workbooks that are really read."""
    names: list[str] = []
    whole: Callable[..., Outcome] = gathering.__dict__["assess_file"]

    def noted(path: Path, *name: str, **more: object) -> Outcome:
        names.append(path.name)
        return whole(path, *name, **more)

    monkeypatch.setattr("workbook_tools.assessment.gathering.assess_file", noted)
    return names


def all_of(folder: Path, base: Path) -> list[Outcome]:
    with Cache(base) as cache:
        return list(gather(sorted(folder.iterdir()), cache=cache))


def test_what_did_not_change_is_not_read_again_and_comes_to_the_same(
    folder: Path, tmp_path: Path, read: list[str]
) -> None:
    first = all_of(folder, tmp_path / "c.sqlite")
    assert len(read) == 5
    read.clear()
    again = all_of(folder, tmp_path / "c.sqlite")
    assert read == ["坏.xlsx"]  # whatever was wrong may be mended: refusals are not kept
    assert [one.record.path for one in again] == [one.record.path for one in first]
    for old, new in zip(first, again, strict=True):
        assert (list(old.record.findings), old.record.scores, old.modified) == (
            list(new.record.findings),
            new.record.scores,
            new.modified,
        )


def test_a_changed_workbook_is_read_and_a_renamed_one_is_not(
    folder: Path, tmp_path: Path, read: list[str]
) -> None:
    all_of(folder, tmp_path / "c.sqlite")
    first, second, *_ = sorted(folder.glob("*-20*.xlsx"))
    shutil.copy(WATER, first)
    second.rename(folder / "改名.xlsx")
    read.clear()
    outcomes = all_of(folder, tmp_path / "c.sqlite")
    assert read == [first.name, "坏.xlsx"]
    assert {Path(one.record.path).name for one in outcomes} == {p.name for p in folder.iterdir()}


def test_another_standard_or_program_is_another_result(
    folder: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of(folder, tmp_path / "c.sqlite")
    read.clear()
    with Cache(tmp_path / "c.sqlite", load_standard()) as cache:
        list(gather([folder / SAMPLES[0].name], cache=cache))
    monkeypatch.setattr("workbook_tools.assessment.cache.program", lambda: "changed")
    with Cache(tmp_path / "c.sqlite") as cache:
        list(gather([folder / SAMPLES[0].name], cache=cache))
    assert read == [SAMPLES[0].name] * 2


def test_other_words_of_the_report_are_another_result(
    folder: Path, tmp_path: Path, read: list[str]
) -> None:
    """Findings hang on them, though no template and no hash of schema 2 does."""
    path, standard = folder / SAMPLES[0].name, load_standard()
    fewer = msgspec.structs.replace(standard.vocabulary, headings=())
    for one in (standard, msgspec.structs.replace(standard, vocabulary=fewer)):
        with Cache(tmp_path / "c.sqlite", one) as cache:
            list(gather([path], cache=cache))

    assert read == [path.name] * 2


def test_a_workbook_saved_while_it_was_read_is_not_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / SAMPLES[0].name
    whole = gathering.__dict__["assess_file"]

    def saved_meanwhile(path: Path, *name: str, **more: object) -> Outcome:
        shutil.copy(WATER, path)
        outcome = whole(path, *name, **more)
        assert isinstance(outcome, Outcome)
        return outcome

    old = content_of(path)
    assert old is not None
    monkeypatch.setattr("workbook_tools.assessment.gathering.assess_file", saved_meanwhile)
    with Cache(tmp_path / "c.sqlite") as cache:
        list(gather([path], cache=cache))
    with Cache(tmp_path / "c.sqlite") as cache:
        assert not cache.knows(old)


@pytest.mark.parametrize("content", [b"not a database, at all" * 99, b"PK\x03\x04"])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的.xlsx"
    path.write_bytes(content)
    with pytest.raises(CacheError, match=r"别的\.xlsx"):
        Cache(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "其他.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE outcome (theirs)")
    before = path.read_bytes()
    with pytest.raises(CacheError, match=r"其他程序"):
        Cache(path)
    assert path.read_bytes() == before


def test_a_cache_that_breaks_midway_stops_nobody(folder: Path, tmp_path: Path) -> None:
    good = all_of(folder, tmp_path / "c.sqlite")
    path = tmp_path / "c.sqlite"
    with path.open("r+b") as file:  # the first page stays: the file opens
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with Cache(path) as cache:
        outcomes = list(gather(sorted(folder.iterdir()), cache=cache))
    assert "出了问题" in cache.trouble
    assert [one.record.total for one in outcomes] == [one.record.total for one in good]


def test_a_summary_that_would_say_the_same_is_left_as_it_is(folder: Path, tmp_path: Path) -> None:
    target, base = tmp_path / "汇总.xlsx", tmp_path / "c.sqlite"

    def again() -> bool:
        before = target.read_bytes() if target.exists() else b""
        with Cache(base) as cache:
            result = consolidate([folder], target, cache=cache)
        assert result.kept == (before == target.read_bytes())
        return result.kept

    assert not again()
    assert again()
    roster = tmp_path / "名册.csv"
    roster.write_text("unit_code,unit_name\n1,甲\n", encoding="utf-8")
    with Cache(base) as cache:
        assert not consolidate([folder], target, cache=cache, roster=roster).kept
    assert not again()  # without the roster it says something else
    (folder / "坏.xlsx").unlink()
    assert not again()
    with target.open("ab") as file:
        file.write(b"somebody's")
    assert not again()  # it is renewed where somebody touched it


def started(folder: Path, base: Path, target: Path) -> subprocess.Popen[bytes]:
    args: list[str | Path] = ["consolidate", folder, "-o", target, "--cache", base, "-j", "2"]
    return subprocess.Popen(
        command_line(*args),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
        start_new_session=True,
    )


def many(folder: Path, number: int) -> None:
    """So many workbooks, each with a content of its own (a byte after the end of the zip)."""
    content = CLEAN.read_bytes()
    for count in range(number):
        comment = f"{count:04}".encode()
        assert content.endswith(b"\0\0")
        (folder / f"{count}.xlsx").write_bytes(content[:-2] + b"\x04\0" + comment)


@pytest.mark.slow
def test_a_killed_run_leaves_a_sound_cache_and_no_summary(tmp_path: Path) -> None:
    folder, base, target = tmp_path / "报送", tmp_path / "c.sqlite", tmp_path / "汇总.xlsx"
    folder.mkdir()
    many(folder, 150)
    process = started(folder, base, target)
    deadline = time.monotonic() + 60
    while kept(base) == 0 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not target.exists()
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]
    left = kept(base)
    assert 0 < left < 150
    second = started(folder, base, target)
    _, err = second.communicate()
    assert second.returncode == 0, err
    assert f"{left} 个工作簿没有改动" in err.decode()
    assert target.exists()
    assert kept(base) == 150


@pytest.mark.slow
def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    folder, base = tmp_path / "报送", tmp_path / "c.sqlite"
    folder.mkdir()
    many(folder, 70)
    runs = [started(folder, base, tmp_path / f"{number}.xlsx") for number in range(2)]
    for one in runs:
        _, err = one.communicate()
        assert one.returncode == 0, err
        assert "出了问题" not in err.decode()
    assert kept(base) == 70


def kept(base: Path) -> int:
    if not base.exists():
        return 0
    connection = sqlite3.connect(base)
    try:
        (number,) = connection.execute("SELECT count(*) FROM outcome").fetchone()
        return int(number)
    except sqlite3.OperationalError:  # not made yet
        return 0
    finally:
        connection.close()
