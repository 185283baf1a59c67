"""Every file of the corpus gets its answer, in bounded time and memory, and stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.shell import english, tree
from tests.hostile.corpus import BUILDERS
from tests.hostile.running import Run, Warm
from tests.hostile.warm import SECONDS

KILOBYTES = 500_000
_CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm() as process:
        yield process


def test_every_file_has_its_answer_in_the_table() -> None:
    assert set(BUILDERS) == set(_CASES)
    assert len(_CASES) >= 60


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if case.get("quick") else [pytest.mark.slow])
        for name, case in _CASES.items()
    ],
)
def test_answer(name: str, warm: Warm, tmp_path: Path) -> None:
    case = _CASES[name]
    file = _built(name, tmp_path)
    before = _content(file)

    run = warm.run(tmp_path, "validate", file, "--format", "json", "--no-cache")

    assert run.status == case.get("exit", 1), run.err
    _bounded(run)
    assert _content(file) == before
    if run.status == 2:
        assert case["says"] in run.err
        assert not english(run.err)
        return
    workbooks = json.loads(run.out)["workbooks"]
    findings = [finding for workbook in workbooks for finding in workbook["findings"]]
    assert case["code"] in {finding["code"] for finding in findings}
    said = [finding["message"] for finding in findings]
    assert any(case.get("says", "") in one for one in [*said, run.err])
    refused = [one for one in workbooks if one["status"] == "refused"]
    for workbook in refused:
        (finding,) = workbook["findings"]
        assert "请" in finding["message"]
        assert not english(finding["message"])


@pytest.mark.slow
@pytest.mark.parametrize("name", _CASES)
def test_commenting_is_bounded_too(name: str, warm: Warm, tmp_path: Path) -> None:
    file = _built(name, tmp_path)
    before = _content(file)

    run = warm.run(tmp_path, "validate", file, "-o", tmp_path / "批注", "--format", "json")

    assert run.status in (1, 2), run.err
    _bounded(run)
    assert _content(file) == before
    copies = tree(tmp_path / "批注") if (tmp_path / "批注").exists() else {}
    assert all(path.endswith(".xlsx") for path in copies)  # nothing half, nothing elsewhere
    assert {path.name for path in tmp_path.iterdir()} <= {"stdout", "stderr", "批注", file.name}


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


def _bounded(run: Run) -> None:
    """The system would have ended it after its seconds; both figures are the system's."""
    assert run.seconds <= SECONDS
    assert run.kilobytes <= KILOBYTES
    assert "Traceback" not in run.err
