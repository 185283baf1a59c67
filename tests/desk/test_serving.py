"""The command: one desk at a time, ended by its button or by Ctrl-C, leaving nothing behind."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.shell import CLEAN, run
from tests.desk.running import Desk, desk

pytestmark = [pytest.mark.slow, pytest.mark.covers]


def left_behind(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("workbook-tools-*"))


@contextmanager
def entered(running: Desk) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=running.base, headers={"Origin": running.base}, timeout=60
    ) as client:
        assert client.get(running.address, follow_redirects=True).status_code == 200
        yield client


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_and_nothing_is_left(tmp_path: Path, number: int) -> None:
    with desk(tmp_path) as running:
        with entered(running) as client:
            files = [("files", (CLEAN.name, CLEAN.read_bytes()))]
            answer = client.post("/batches", files=files, follow_redirects=True)
            assert answer.status_code == 200
        assert left_behind(tmp_path)
        running.process.send_signal(number)
        code, said, complained = running.ended()
    assert (code, complained) == (0, "")
    assert "收件台已经结束" in said
    assert not left_behind(tmp_path)


def test_the_button_ends_it(tmp_path: Path) -> None:
    with desk(tmp_path) as running:
        with entered(running) as client:
            assert "程序已经结束" in client.post("/end").text
            assert client.get("/static/desk.css").status_code == 200  # for that very page
        code, said, complained = running.ended()
    assert (code, complained) == (0, "")
    assert "收件台已经结束" in said


def test_a_second_start_gives_the_address_of_the_first_and_ends(tmp_path: Path) -> None:
    with desk(tmp_path) as first:
        with desk(tmp_path) as second:
            assert second.address == first.address
            assert "已经在运行" in second.first
            assert second.ended()[0] == 0
        assert first.end()[0] == 0
    with desk(tmp_path) as third:
        assert third.address != first.address
        assert "已经启动" in third.first
        third.end()


def test_one_that_was_killed_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with desk(tmp_path) as first:
        first.process.kill()
        first.process.wait(60)
    with desk(tmp_path) as second:
        assert "已经启动" in second.first
        second.end()


def test_the_key_is_only_this_users(tmp_path: Path) -> None:
    with desk(tmp_path) as running:
        (told,) = tmp_path.rglob("desk.json")
        assert told.stat().st_mode & 0o077 == 0
        assert told.parent.stat().st_mode & 0o077 == 0
        running.end()
    assert not list(tmp_path.rglob("desk.json"))


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with desk(tmp_path) as running:
        port = running.base.rpartition(":")[2]
        ran = run("desk", "--no-browser", "--port", port)
        assert ran.code == 2
        assert f"端口 {port} 已被别的程序占用" in ran.err
        running.end()


@pytest.mark.parametrize("kind", ["alone", "office"])
def test_the_page_is_opened_in_the_browser(kind: str, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    options = ["--serve", str(tmp_path / "data"), "--port", "18487"] if kind == "office" else []
    with desk(tmp_path, *options, browser=browser) as running:
        deadline = time.monotonic() + 60
        while not opened.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert opened.read_text().strip() == running.address
        with entered(running):
            pass
        assert running.end()[0] == 0
