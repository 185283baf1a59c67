"""What is written: where it was asked for and nowhere else, whole or not at all, and said clearly.

Each command that writes is put before the same obstacles.
"""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.shell import CLEAN, WATER, Ran, english, run, tree
from workbook_tools.files.whole import make_folder, whole_file, why, write_failure

ROSTER = Path(__file__).with_name("two-units.csv")


class Writes(NamedTuple):
    """A command that writes, given a folder to write into, and the file that comes first."""

    args: Callable[[Path], list[str | Path]]
    first: str


COMMANDS = {
    "validate": Writes(lambda out: ["validate", WATER, "-o", out], WATER.name),
    "clean": Writes(lambda out: ["clean", WATER, "-o", out / "a.xlsx"], "a.xlsx"),
    "consolidate": Writes(
        lambda out: ["consolidate", WATER, "-o", out / "汇总.xlsx", "--no-cache"], "汇总.xlsx"
    ),
    "consolidate --data": Writes(
        lambda out: ["consolidate", WATER, "-o", out.parent / "汇总.xlsx", "--no-cache",
                     "--data", out / "数据.parquet"], "数据.parquet"
    ),
    "template": Writes(lambda out: ["template", "-o", out / "a.xlsx"], "a.xlsx"),
    "template --roster": Writes(
        lambda out: ["template", "--roster", ROSTER, "-o", out, "--jobs", "1"], "1 甲局.xlsx"
    ),
}  # fmt: skip
each_command = pytest.mark.parametrize("writes", COMMANDS.values(), ids=list(COMMANDS))


def refused(ran: Ran, *words: str) -> None:
    """A clear line in Chinese, no half sentence in English, and the exit code of a failure."""
    assert ran.code == 2, ran
    for one in words:
        assert one in ran.err
    assert "程序自身出错" not in ran.err


@each_command
def test_a_disk_that_is_full_midway(
    writes: Writes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr("workbook_tools.files.whole.os.fsync", full)
    refused(run(*writes.args(out)), "磁盘空间不足")
    assert tree(out) == {}


@pytest.mark.slow
@each_command
def test_a_file_that_excel_holds_open(
    writes: Writes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file in use cannot be replaced."""

    def held(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", str(target))

    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(Path, "replace", held)
    refused(run(*writes.args(out)), "Excel 或 WPS 中打开")
    assert tree(out) == {}


@pytest.mark.slow
@each_command
def test_a_limit_of_the_system_on_the_size_of_files(writes: Writes, tmp_path: Path) -> None:
    """In a process of its own: the kernel itself refuses to write on."""
    out = tmp_path / "out"
    out.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "workbook_tools", *map(str, writes.args(out))],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)),
        check=False,
    )
    refused(Ran(ran.returncode, ran.stdout, ran.stderr), "超过系统允许的大小")
    assert not english(ran.stderr)
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr
    assert tree(out) == {}


@each_command
def test_a_link_in_the_place_of_the_target(writes: Writes, tmp_path: Path) -> None:
    """Neither what it leads to nor the link itself is touched."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere.txt"
    out.mkdir()
    (out / writes.first).symlink_to(elsewhere)
    refused(run(*writes.args(out)))
    assert not elsewhere.exists()
    assert (out / writes.first).is_symlink()


def test_a_folder_that_is_a_link_out_of_the_output(tmp_path: Path) -> None:
    forms, out, elsewhere = (tmp_path / name for name in ("forms", "out", "elsewhere"))
    for folder in (forms / "一股", forms / "二股", out, elsewhere):
        folder.mkdir(parents=True)
    for folder in (forms / "一股", forms / "二股"):
        (folder / "a.xlsx").write_bytes(CLEAN.read_bytes())
    (out / "二股").symlink_to(elsewhere)
    ran = run("validate", forms, "-o", out)
    refused(ran, "链接")
    assert list(elsewhere.iterdir()) == []
    assert (out / "一股" / "a.xlsx").exists()


@each_command
def test_a_folder_that_has_gone(writes: Writes, tmp_path: Path) -> None:
    """validate and template --roster make their folder, the others say that there is none."""
    out = tmp_path / "没有"
    ran = run(*writes.args(out))
    if writes in (COMMANDS["validate"], COMMANDS["template --roster"]):
        assert ran.code in (0, 1)
    else:
        refused(ran, "文件夹")
        assert not out.exists()


@pytest.mark.slow
@each_command
def test_a_name_that_is_too_long(writes: Writes, tmp_path: Path) -> None:
    out = tmp_path / ("长" * 100)
    refused(run(*writes.args(out)), "")
    assert tree(tmp_path) == {} or writes is COMMANDS["consolidate --data"]


@pytest.mark.parametrize("command", ["clean", "consolidate", "template"])
def test_a_file_name_that_is_too_long(command: str, tmp_path: Path) -> None:
    target = tmp_path / f"{'长' * 100}.xlsx"
    source: list[Path] = [] if command == "template" else [WATER]
    refused(run(command, *source, "-o", target), "文件名或路径太长")
    assert tree(tmp_path) == {}


def test_files_that_are_in_the_way_stay(tmp_path: Path) -> None:
    """Each place where a command writes, taken by somebody else's file."""
    taken: list[tuple[list[str | Path], str]] = [
        (["validate", WATER, "-o", tmp_path], WATER.name),
        (["clean", WATER, "-o", tmp_path / "a.xlsx"], "a.xlsx"),
        (["consolidate", WATER, "-o", tmp_path / "汇总.xlsx"], "汇总.xlsx"),
        (["template", "-o", tmp_path / "b.xlsx"], "b.xlsx"),
        (["consolidate", WATER, "-o", tmp_path / "c.xlsx", "--data", tmp_path / "d"], "d"),
    ]
    for args, name in taken:
        (tmp_path / name).write_bytes(b"PAR1 somebody's work")
        refused(run(*args), "没有覆盖")
        assert (tmp_path / name).read_bytes() == b"PAR1 somebody's work"


def test_results_are_never_written_over_what_was_read(tmp_path: Path) -> None:
    form = tmp_path / "a.xlsx"
    form.write_bytes(WATER.read_bytes())
    commands: list[list[str | Path]] = [
        ["validate", form, "-o", tmp_path],
        ["clean", form, "-o", form],
        ["consolidate", form, "-o", form],
    ]
    for args in commands:
        refused(run(*args))
        assert form.read_bytes() == WATER.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.slow
def test_a_list_of_findings_that_is_not_ours_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.consolidation.summary.sheets.findings.MOST_ROWS", 2)
    monkeypatch.setattr(
        "workbook_tools.consolidation.summary.workbook.write_summary.__kwdefaults__",
        {"when": None, "overwrite": False, "most_findings": 2, "most_data": 1000},
    )
    other = tmp_path / "汇总-问题清单.csv"
    other.write_text("我的清单", encoding="utf-8")
    args = ("consolidate", WATER, "-o", tmp_path / "汇总.xlsx", "--no-cache")
    refused(run(*args), "问题清单", "没有覆盖")
    assert tree(tmp_path) == {other.name: "我的清单".encode()}
    other.unlink()
    assert run(*args).code == 1
    assert other.read_bytes().startswith(b"\xef\xbb\xbf")
    assert run(*args).code == 1  # ours is renewed


@pytest.mark.slow
@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_new_files_have_the_usual_rights_and_replaced_ones_keep_theirs(
    mask: int, tmp_path: Path
) -> None:
    before = os.umask(mask)
    try:
        for name, writes in COMMANDS.items():
            out = tmp_path / name
            out.mkdir()
            run(*writes.args(out))
            assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o666 & ~mask}
        copy = tmp_path / "validate" / WATER.name
        copy.chmod(0o640)
        run(*COMMANDS["validate"].args(copy.parent))
        assert copy.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


@pytest.mark.slow
def test_a_file_marked_as_read_only_stays(tmp_path: Path) -> None:
    writes = COMMANDS["consolidate"]
    run(*writes.args(tmp_path))
    summary = tmp_path / writes.first
    content = summary.read_bytes()
    summary.chmod(0o444)
    refused(run("consolidate", CLEAN, "-o", summary, "--no-cache"), "没有写入权限")
    assert summary.read_bytes() == content


@pytest.mark.slow
def test_output_that_nobody_takes(tmp_path: Path) -> None:
    """Standard output on a device that is full."""
    for args in (
        ["validate", WATER],
        ["validate", WATER, "--format", "json"],
        ["explain", "WB106"],
    ):
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(
                [sys.executable, "-m", "workbook_tools", *map(str, args)],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        refused(Ran(ran.returncode, "", ran.stderr), "磁盘空间不足")
        assert "Traceback" not in ran.stderr


def test_a_whole_file_or_none(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with suppress(KeyboardInterrupt), whole_file(target) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert tree(tmp_path) == {"a": b"old"}
    with whole_file(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert tree(tmp_path) == {"a": b"new"}


def test_folders_are_made_below_a_folder_only(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b", within=tmp_path / "a")
    (tmp_path / "a" / "out").symlink_to(tmp_path)
    (tmp_path / "a" / "in").symlink_to(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "in", within=tmp_path / "a")
    with pytest.raises(OSError, match="link"):
        make_folder(tmp_path / "a" / "out" / "c", within=tmp_path / "a")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "配额"),
        (errno.EROFS, "只读"),
        (errno.EFBIG, "大小"),
        (errno.EIO, "U 盘"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.ELOOP, "链接"),
        (errno.EACCES, "Excel"),
        (errno.ENOENT, "不存在"),
        (errno.EISDIR, "文件夹"),
        (errno.EEXIST, "不是文件夹"),
        (errno.EBADF, os.strerror(errno.EBADF)),
    ],
)
def test_each_error_of_the_file_system_in_words(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert words in why(error)
    assert write_failure(Path("甲.xlsx"), error) == f"甲.xlsx 写不进去：{why(error)}"
