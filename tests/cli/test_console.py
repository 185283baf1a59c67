"""Consoles: GBK, colours, width, progress bars, pipes, hostile text, Ctrl-C."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import broken
from tests.cli.shell import (
    CLEAN,
    SAMPLES,
    WATER,
    XIANGTAN,
    command_line,
    environment,
    on_terminal,
    run,
)
from workbook_tools.cli.terminal import display_width

pytestmark = [pytest.mark.slow, pytest.mark.covers]

INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from workbook_tools.cli import main; main()"
)
"""The command line, whatever the test run itself does about interrupts."""


def test_everything_can_be_read_on_a_gbk_console(tmp_path: Path) -> None:
    process = subprocess.run(
        command_line("validate", CLEAN, WATER, XIANGTAN, "--all"),
        capture_output=True,
        env=environment({"PYTHONIOENCODING": "gbk"}),
        check=False,
    )

    assert process.returncode == 1
    text = process.stdout.decode("gbk")
    assert text.replace("\r\n", "\n") == run("validate", CLEAN, WATER, XIANGTAN, "--all").out
    assert "?" not in text


def test_what_gbk_lacks_is_shown_as_a_question_mark_and_kept_in_json(tmp_path: Path) -> None:
    path = tmp_path / "民政局.xlsx"
    broken.type_in(CLEAN, path, {"in_unit_name": "𠮷安县😀"})
    gbk = environment({"PYTHONIOENCODING": "gbk"})

    text, document = (
        subprocess.run(
            command_line("validate", path, "--format", form),
            capture_output=True,
            env=gbk,
            check=False,
        )
        for form in ("text", "json")
    )

    assert text.stdout.decode("gbk").startswith("● ?安县?  ")
    assert text.stderr == b""
    assert json.loads(document.stdout.decode("gbk"))["workbooks"][0]["unit_name"] == "𠮷安县😀"


def test_colours_only_on_a_terminal_and_without_no_color() -> None:
    _, colourful = on_terminal(["validate", WATER])
    _, plain = on_terminal(["validate", WATER], NO_COLOR="1")

    assert "\x1b[31m错误\x1b[0m SC309" in colourful
    assert "\x1b[31m" not in plain
    assert "错误 SC309" in plain
    assert "\x1b" not in run("validate", WATER).out


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_findings_are_wrapped_to_the_terminal_with_a_hanging_indent(columns: int) -> None:
    _, shown = on_terminal(["validate", XIANGTAN, WATER, "--all"], columns, NO_COLOR="1")
    piped = run("validate", XIANGTAN, WATER, "--all").out

    shown_lines = as_left_on_the_screen(shown)
    findings = [line for line in shown_lines if line.startswith("    ")]
    further = [line for line in findings if line.startswith("     ")]
    assert len(further) > 50
    assert all(line.startswith(" " * 15) for line in further)
    assert max(map(display_width, findings)) <= columns
    joined = "".join(line.strip() for line in findings).replace(" ", "")
    assert joined == "".join(
        line.strip() for line in piped.splitlines() if line.startswith("    ")
    ).replace(" ", "")


def test_results_go_into_the_file_while_a_bar_is_shown_on_the_terminal(tmp_path: Path) -> None:
    code, shown = on_terminal(["validate", CLEAN, WATER], out=tmp_path / "结果.txt")

    assert code == 1
    assert (tmp_path / "结果.txt").read_text(encoding="utf-8") == run("validate", CLEAN, WATER).out
    assert "校验 ■" in shown
    assert "●" not in shown
    assert as_left_on_the_screen(shown)[-1] == ""


def test_bar_and_results_share_a_terminal() -> None:
    """The bar stands below what was told last, and is gone in the end."""
    _, shown = on_terminal(["validate", CLEAN, WATER], columns=1000, NO_COLOR="1")

    assert "校验 ■" in shown
    left = "\n".join(as_left_on_the_screen(shown))
    assert "■" not in left
    assert [line.strip() for line in left.splitlines() if line.startswith(("●", "共"))] == [
        line
        for line in run("validate", CLEAN, WATER).out.splitlines()
        if line.startswith(("●", "共"))
    ]


def as_left_on_the_screen(shown: str) -> list[str]:
    """What a terminal still shows when later text has been written over earlier."""
    lines = []
    for line in shown.split("\n"):
        left = ""
        for text in line.split("\r"):
            left = text + left[len(text) :] if text.strip() else left[:0]
        lines.append(left)
    return lines


def test_no_bar_where_stderr_is_no_terminal() -> None:
    process = subprocess.run(
        command_line("validate", CLEAN, WATER),
        capture_output=True,
        env=environment({}),
        check=False,
    )
    assert process.stderr == b""
    assert b"\x1b" not in process.stdout


def test_a_dozen_say_how_far_they_are_where_stderr_is_no_terminal(tmp_path: Path) -> None:
    for number in range(12):
        shutil.copy(CLEAN, tmp_path / f"{number}.xlsx")
    process = subprocess.run(
        command_line("validate", tmp_path, "--no-cache"),
        capture_output=True,
        env=environment({"PYTHONIOENCODING": "utf-8"}),
        check=False,
    )
    lines = process.stderr.decode().splitlines()
    assert lines == ["校验 3/12", "校验 6/12", "校验 9/12", "校验 12/12"]


def test_text_of_a_workbook_cannot_reach_into_the_terminal(tmp_path: Path) -> None:
    """Neither by escape sequences nor by turning the direction of writing."""
    path = tmp_path / "a\x1b[2J.xlsx"
    evil = "民政局\x9b2J\u202e\u2028\x7f"
    broken.type_in(CLEAN, path, {"in_unit_name": evil, "in_claimed_grade": evil})
    (tmp_path / "~$\x1b[31m.xlsx").write_bytes(b"")

    ran = run("validate", tmp_path, "--all", "-o", tmp_path / "a\x1bb")
    said = ran.out + ran.err
    failed = run("validate", tmp_path / "no\x1b[2J.xlsx").err

    assert "民政局" in said
    assert "略过" in said
    assert all(c.isprintable() or c == "\n" for c in said + failed)


def test_reader_of_a_pipe_may_leave_early() -> None:
    process = subprocess.Popen(
        command_line("validate", SAMPLES / "*.xlsx", "--all"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read().decode().splitlines()
    assert [line for line in told if not line.startswith("校验 ")] == []
    process.stderr.close()
    process.wait()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_ends_with_a_sentence(jobs: str, tmp_path: Path) -> None:
    """The run cannot be over when it comes: more is told than a pipe holds."""
    folder = tmp_path / "报送"
    folder.mkdir()
    shutil.copy(XIANGTAN, folder / "0.xlsx")
    for number in range(1, 40):
        os.link(folder / "0.xlsx", folder / f"{number}.xlsx")
        shutil.copy(XIANGTAN, folder / f"{number}b.xlsx")
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "validate", str(folder), "--all", "-j", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline().decode()
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    assert first.startswith("● 湘潭县")
    assert process.returncode == 130
    last = err.decode().splitlines()[-1]  # after lines that tell how far it was
    assert re.fullmatch(r"错误：已中止：校验了 \d+ 个工作簿，其余的没有做。", last)
    assert "个工作簿：" not in out.decode(errors="replace")


WROTE = {
    "validate": r"写好 (\d+) 个副本，都是完整的",
    "report": r"写好 (\d+) 份报告，都是完整的",
    "template": r"已生成 (\d+) 份填报模板",
}


@pytest.mark.parametrize("task", WROTE)
def test_what_an_interrupt_tells_is_what_is_on_disk(task: str, tmp_path: Path) -> None:
    """Workers are ahead of what was told by then."""
    folder, out, count = tmp_path / "报送", tmp_path / "写好", 60
    folder.mkdir()
    for number in range(count):
        shutil.copy(XIANGTAN, folder / f"{number}.xlsx")
    rows = [f"{number:03},某县单位{number}" for number in range(200)]
    roster = tmp_path / "名册.csv"
    roster.write_text("\n".join(["unit_code,unit_name", *rows]), encoding="utf-8")
    given = ["--roster", str(roster)] if task == "template" else [str(folder)]
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, task, *given, "-o", str(out), "-j", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while len(written(out)) < 3 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        told_here, err = process.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130
    told = re.search(WROTE[task], (told_here + err).decode())
    assert told
    assert 3 <= int(told[1]) == len(written(out))


def written(folder: Path) -> list[Path]:
    return [one for one in folder.glob("*.*") if not one.name.startswith(".~")]


def test_failure_of_our_own_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **more: object) -> None:
        raise KeyError("by us")

    monkeypatch.setattr("workbook_tools.jobs.validating.gather", fails)

    ran = run("validate", CLEAN)

    assert ran.code == 2
    assert ran.out == ""
    assert "程序自身出错（KeyError：'by us'）" in ran.err
