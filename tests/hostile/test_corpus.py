"""Every file of the corpus gets its answer, in bounded time and memory, and stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.shell import CLEAN, XIANGTAN, english, run, tree
from tests.hostile.corpus import BUILDERS
from tests.hostile.running import Run, Warm
from tests.hostile.warm import SECONDS

KILOBYTES = 500_000
_CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases.yaml").read_text("utf-8")
)

_QUICK = [name for name, case in _CASES.items() if case.get("quick")]


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm() as process:
        yield process


def test_every_file_has_its_answer_in_the_table() -> None:
    assert set(BUILDERS) == set(_CASES)
    assert len(_CASES) >= 60


@pytest.mark.parametrize("name", _QUICK)
def test_answer(name: str, warm: Warm, tmp_path: Path) -> None:
    _answered(name, warm, _built(name, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("name", _QUICK)
def test_answer_with_comments(name: str, warm: Warm, tmp_path: Path) -> None:
    _commented(warm, _built(name, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in _CASES if name not in _QUICK])
def test_answers(name: str, warm: Warm, tmp_path: Path) -> None:
    file = _built(name, tmp_path)  # which takes longer than both answers
    _answered(name, warm, file)
    _commented(warm, file)


def _answered(name: str, warm: Warm, file: Path) -> None:
    case = _CASES[name]
    before = _content(file)

    ran = warm.run(file.parent, "validate", file, "--format", "json", "--no-cache")

    assert ran.status == case.get("exit", 1), ran.err
    _bounded(ran)
    assert _content(file) == before
    if ran.status == 2:
        assert case["says"] in ran.err
        assert not english(ran.err)
        return
    workbooks = json.loads(ran.out)["workbooks"]
    findings = [finding for workbook in workbooks for finding in workbook["findings"]]
    assert case["code"] in {finding["code"] for finding in findings}
    said = [finding["message"] for finding in findings]
    assert any(case.get("says", "") in one for one in [*said, ran.err])
    refused = [one for one in workbooks if one["status"] == "refused"]
    for workbook in refused:
        (finding,) = workbook["findings"]
        assert "请" in finding["message"]
        assert not english(finding["message"])


def _commented(warm: Warm, file: Path) -> None:
    before, output = _content(file), file.parent / "批注"

    ran = warm.run(file.parent, "validate", file, "-o", output, "--format", "json")

    assert ran.status in (1, 2), ran.err
    _bounded(ran)
    assert _content(file) == before
    copies = tree(output) if output.exists() else {}
    assert all(path.endswith(".xlsx") for path in copies)  # nothing half, nothing elsewhere
    assert {path.name for path in file.parent.iterdir()} <= {"stdout", "stderr", "批注", file.name}


@pytest.mark.slow
def test_all_in_one_folder_leave_the_others_in_peace(tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for number, name in enumerate(_QUICK):
        suffix = "zip" if name.startswith("archive") else "xlsx"
        BUILDERS[name](folder / f"{number}.{suffix}")
    for sample in (CLEAN, XIANGTAN):
        (folder / sample.name).write_bytes(sample.read_bytes())
    before = tree(tmp_path)

    ran = run("consolidate", folder, "-o", tmp_path / "汇总.xlsx", "-j", "2", "--no-cache")

    assert ran.code == 1
    assert "已汇总 3 个单位" in ran.out  # those two, and the one that the crafted files are made of
    assert {k: v for k, v in tree(tmp_path).items() if k != "汇总.xlsx"} == before


def _built(name: str, folder: Path) -> Path:
    file = folder / ("坏.zip" if name.startswith("archive") else "坏.xlsx")
    BUILDERS[name](file)
    return file


def _content(file: Path) -> object:
    """What must stay: the bytes of a file, the files of a folder, where a link leads."""
    if file.is_symlink():
        return file.readlink()
    if file.is_dir():
        return tree(file)
    return file.read_bytes() if file.is_file() else None


def _bounded(ran: Run) -> None:
    """The system would have ended it after its seconds; both figures are the system's."""
    assert ran.seconds <= SECONDS
    assert ran.kilobytes <= KILOBYTES
    assert "Traceback" not in ran.err
