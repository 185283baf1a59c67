"""Every command of the manual does what its line says, in the order in which they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
from pathlib import Path

import pytest

from docs.manual.chapters import CHAPTERS, rows, tree
from tests.cli.shell import SAMPLES, run
from tests.desk.running import desk
from tests.desk.test_tls import certificate

(PAGE,) = (path for path in CHAPTERS if path.name == "8-commands.md")
(TABLE,) = (rows(block) for block in tree(PAGE).children if block.type == "table")
COMMANDS = [shlex.split(command) for _, command in TABLE[1:]]
REPORT = "示例县水利局（虚构）2020年度部门整体支出绩效自评报告\n\n本年支出合计9,786.30万元。\n"


def is_a_server(command: list[str]) -> bool:
    """Whether it serves until somebody ends it."""
    return command[1:] == ["desk"] or "--serve" in command


def free_port() -> str:
    with socket.socket() as asked:
        asked.bind(("", 0))
        return str(asked.getsockname()[1])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the commands name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBOOK_TOOLS_CACHE", str(tmp_path / "cache" / "outcomes.sqlite"))
    sent = tmp_path / "报送"
    sent.mkdir()
    shutil.copyfile(SAMPLES / "water-2020.xlsx", sent / "某局.xlsx")
    shutil.copyfile(SAMPLES / "civil-affairs-2020.xlsx", sent / "民政局.xlsx")
    shutil.copyfile(SAMPLES / "roster.csv", tmp_path / "名册.csv")
    county = tmp_path / "各县报送" / "甲县"
    county.mkdir(parents=True)
    shutil.copyfile(SAMPLES / "civil-affairs-2020.xlsx", county / "民政局.xlsx")
    (tmp_path / "旧报告.txt").write_text(REPORT, encoding="utf-8")
    keys = tmp_path / "keys"
    keys.mkdir()
    whole = b"".join(part.read_bytes() for part in certificate(keys))
    (tmp_path / "证书.pem").write_bytes(whole)
    return tmp_path


@pytest.mark.slow
def test_every_command_does_what_its_line_says(place: Path) -> None:
    for program, *args in COMMANDS:
        assert program == "workbook-tools"
        if not is_a_server([program, *args]):
            ran = run(*args)
            assert ran.code in (0, 1), (args, ran.err)  # 1: the samples have errors
            continue
        with desk(place, *args[1:], "--port", free_port()) as running:
            assert running.process.poll() is None, args
            assert re.search(r"https?://127\.0\.0\.1:[0-9]+/", running.first), args
            assert running.end()[0] == 0
    made = {
        "自评模板.xlsx",
        "汇总.xlsx",
        "总报告.docx",
        "还原.xlsx",
        "自评.xlsx",
        "备份.zip",
        "归档.zip",
    }
    assert made <= {path.name for path in place.iterdir()}
    assert len(list((place / "下发").glob("*.xlsx"))) == 13
    assert {path.name for path in (place / "批注").glob("*")} == {"某局.xlsx", "民政局.xlsx"}
    assert len(list((place / "报告").glob("*.docx"))) == 2
    assert (place / "恢复").is_dir()


def test_there_are_commands_for_all_that_the_table_names() -> None:
    assert len(COMMANDS) == 23
    assert {command[1] for command in COMMANDS} >= {"template", "validate", "consolidate", "desk"}
