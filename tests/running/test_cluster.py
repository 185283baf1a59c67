"""Worker processes of a real scheduler, one of which is killed midway."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import CLEAN, SAMPLES, WATER, run
from workbook_tools import consolidate, consolidate_counties
from workbook_tools.consolidation.each_county import consolidate_each, county_folders
from workbook_tools.figures import plain
from workbook_tools.running.bounds import Bounds
from workbook_tools.running.cluster import Cluster, cluster
from workbook_tools.running.lost import Lost

WHEN = datetime.datetime(2021, 4, 2, 9, 30)
COPIES = 5
LocalCluster: Any = import_module("distributed").LocalCluster


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler with two worker processes."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More batches than the workers do at a time, and a file that is no workbook."""
    folder = tmp_path_factory.mktemp("报送")
    for number in range(COPIES):
        for sample in sorted(SAMPLES.glob("*.xlsx")):
            shutil.copy2(sample, folder / f"{sample.stem}-{number}.xlsx")
    (folder / "坏.xlsx").write_bytes(b"not a workbook")
    return folder


def pids(executor: Cluster, count: int) -> set[int]:
    return set(executor.map(process_of, range(count)))


def process_of(_: int) -> int:
    return os.getpid()


def seen(path: Path) -> tuple[str, bytes, float]:
    return str(path), path.read_bytes(), path.stat().st_mtime


@pytest.mark.slow
def test_a_killed_worker_changes_nothing_in_the_result(
    local: Any, folder: Path, tmp_path: Path
) -> None:
    alone, together = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    consolidate([folder], alone, when=WHEN)
    killed: list[int] = []
    told: list[int] = []
    with cluster(local.scheduler_address) as executor:
        before = pids(executor, 20)

        def kill_one(done: int, count: int) -> None:
            told.append(done)
            if not killed:
                killed.append(min(before))
                os.kill(killed[0], signal.SIGKILL)

        consolidate([folder], together, executor=executor, progress=kill_one, when=WHEN)
        after = pids(executor, 20)

    assert len(before) == 2
    assert os.getpid() not in before
    assert killed
    assert killed[0] not in after
    assert told == list(range(1, 14 * COPIES + 2))
    assert together.read_bytes() == alone.read_bytes()


@pytest.mark.slow
def test_each_county_is_a_task_and_a_killed_worker_loses_none(local: Any, tmp_path: Path) -> None:
    """Four counties on two processes, one of which is killed while it has one of them in work."""
    for number in range(4):
        county = tmp_path / "报送" / f"{number}县"
        county.mkdir(parents=True)
        for sample in sorted(SAMPLES.glob("*-2020.xlsx"))[number : number + 2]:
            shutil.copy2(sample, county)
    folders, _ = county_folders(tmp_path / "报送")
    (tmp_path / "本机").mkdir()
    (tmp_path / "多机").mkdir()
    alone = consolidate_each(folders, tmp_path / "本机")
    killed: list[int] = []
    with cluster(local.scheduler_address, shared_folder=True) as executor:
        before = pids(executor, 20)

        def kill_one(done: int, count: int) -> None:
            if not killed:
                killed.append(min(before))
                os.kill(killed[0], signal.SIGKILL)

        together = consolidate_each(
            folders, tmp_path / "多机", executor=executor, progress=kill_one
        )
        after = pids(executor, 20)
    assert len(before) == 2
    assert killed
    assert killed[0] not in after
    assert together.failed == alone.failed == {}
    for here, there in zip(alone.files, together.files, strict=True):
        assert here.name == there.name
        assert here.read_bytes() == there.read_bytes()
    found = run(
        *("consolidate", tmp_path / "报送", "-o", tmp_path / "全省.xlsx"),
        *("--by-county", tmp_path / "再来", "--shared-folder"),
        *("--scheduler", local.scheduler_address, "--format", "json"),
    )
    told = json.loads(found.out)
    assert [one["departments"] for one in told["counties"]] == [2] * 4
    whole = consolidate_counties(alone.files).whole
    assert told["whole"][0]["points"]["count"] == whole.points.count
    assert told["whole"][0]["points"]["total"] == plain(whole.points.total)


def dies_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.slow
def test_what_kills_one_worker_after_another_is_lost_and_the_rest_is_done() -> None:
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as running,
        cluster(running.scheduler_address, bounds=Bounds(20, 0)) as executor,
    ):
        results = list(executor.map(dies_at_seven, range(20), chunksize=4))
    assert isinstance(results.pop(7), Lost)
    assert results == [number for number in range(20) if number != 7]


def waits(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


@pytest.mark.slow
def test_what_is_never_answered_is_lost_and_the_rest_is_done(local: Any) -> None:
    with cluster(local.scheduler_address) as executor:
        results = list(executor.map(waits, [0.0, 12.0, 0.1], timeout=3))
    assert results == [0.0, Lost(stuck=True), 0.1]


def test_files_travel_with_the_task_unless_the_folder_is_shared(local: Any) -> None:
    address = local.scheduler_address
    with cluster(address) as executor:
        (where, content, modified), *_ = executor.map(seen, [CLEAN, WATER])
    assert where != str(CLEAN)
    assert Path(where).name == CLEAN.name
    assert not Path(where).exists()
    assert (content, modified) == (CLEAN.read_bytes(), CLEAN.stat().st_mtime)
    with cluster(address, shared_folder=True) as executor:
        assert next(executor.map(seen, [CLEAN]))[0] == str(CLEAN)


def test_results_come_in_order_and_what_is_not_wanted_any_more_is_not_done(local: Any) -> None:
    def endless() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    with cluster(local.scheduler_address) as executor:
        results = executor.map(abs, endless(), chunksize=3)
        assert [next(results) for _ in range(40)] == list(range(40))


def test_the_command_line_gives_the_same_as_without(local: Any, tmp_path: Path) -> None:
    options: list[str | Path] = [
        "--no-cache",
        "--format",
        "json",
        CLEAN,
        WATER,
        tmp_path / "没有.xlsx",
    ]
    (tmp_path / "没有.xlsx").write_bytes(b"")
    here = run("validate", *options)
    there = run("validate", "--scheduler", local.scheduler_address, *options)
    assert here.code == there.code == 1
    assert str(CLEAN) in there.out
    assert there.out == here.out


def test_workers_with_another_program_are_refused(
    local: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("workbook_tools.running.cluster.program", os.getpid)
    ran = run("validate", "--scheduler", local.scheduler_address, CLEAN)
    assert ran.code == 2
    assert "与本机不同" in ran.err


def test_a_scheduler_without_workers_is_refused() -> None:
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        ran = run("validate", "--scheduler", empty.scheduler_address, CLEAN)
    assert ran.code == 2
    assert "没有工作进程" in ran.err


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "哪里", "http://127.0.0.1:{port}"])
def test_no_scheduler_there(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_tools.running.cluster._PATIENCE", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ran = run("validate", "--scheduler", address.format(port=port), CLEAN)
    assert ran.code == 2
    assert "连不上调度器" in ran.err


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run("consolidate", CLEAN, "-o", "汇总.xlsx", "--scheduler", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "workbook-tools[cluster]" in ran.err


def test_copies_are_not_written_by_a_cluster(tmp_path: Path) -> None:
    ran = run("validate", CLEAN, "-o", tmp_path / "副本", "--scheduler", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "不能与 -o 同时使用" in ran.err
    assert not (tmp_path / "副本").exists()
