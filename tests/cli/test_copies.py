"""``validate -o`` and ``clean``: copies appear whole, and nothing of anybody's is overwritten."""

from __future__ import annotations

import errno
import os
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli import broken
from tests.cli.shell import CLEAN, SAMPLES, WATER, run, tree

TIME = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder of workbooks as departments sent them, some in a subfolder."""
    folder = tmp_path / "报送"
    (folder / "乡镇").mkdir(parents=True)
    shutil.copy(WATER, folder / "水利局.xlsx")
    shutil.copy(CLEAN, folder / "乡镇" / "民政局.xlsx")
    return folder


def test_copies_are_written_and_originals_stay(sent: Path, tmp_path: Path) -> None:
    before = tree(sent)

    ran = run("validate", sent, "-o", tmp_path / "批注")

    assert ran.code == 1
    assert tree(sent) == before
    assert set(tree(tmp_path / "批注")) == {"水利局.xlsx", "乡镇/民政局.xlsx"}
    assert f"批注副本：{tmp_path / '批注' / '水利局.xlsx'}" in ran.out
    note = openpyxl.load_workbook(tmp_path / "批注" / "水利局.xlsx")["基本信息"]["B19"].comment
    assert note is not None
    assert "91.37" in note.text
    assert "85.35" in note.text


@pytest.mark.slow
def test_copies_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    for jobs in "1", "2":
        assert run("validate", SAMPLES, "-o", tmp_path / jobs, "-j", jobs).code == 1

    filled = {path.relative_to(SAMPLES) for path in SAMPLES.glob("*.xlsx")}
    names = [
        {path.relative_to(tmp_path / jobs) for path in (tmp_path / jobs).rglob("*.xlsx")}
        for jobs in "12"
    ]
    assert names[0] == names[1] >= filled
    for name in names[0]:
        alone, together = (_parts(tmp_path / jobs / name) for jobs in "12")
        assert {part: TIME.sub(b"", content) for part, content in together.items()} == {
            part: TIME.sub(b"", content) for part, content in alone.items()
        }


def test_output_folder_may_lie_inside_the_folder_and_be_used_again(sent: Path) -> None:
    run("validate", sent, "-o", sent / "批注")
    once = set(tree(sent))

    ran = run("validate", sent, "-o", sent / "批注")

    assert ran.code == 1
    assert set(tree(sent)) == once
    assert ran.err.count("略过 ") == 2
    assert "共 2 个工作簿" in ran.out


@pytest.mark.parametrize("paths", [["."], ["水利局.xlsx"], [".", "乡镇"]])
def test_copies_are_never_written_over_originals(
    paths: list[str], sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sent)
    before = tree(sent)

    ran = run("validate", *paths, "-o", ".")

    assert ran.code == 2
    assert "副本不能写在原件所在的文件夹" in ran.err
    assert ran.out == ""
    assert tree(sent) == before


def test_copy_of_ours_is_brought_up_to_date(tmp_path: Path) -> None:
    for _ in range(2):
        assert run("validate", WATER, "-o", tmp_path).code == 1
    assert _notes(tmp_path)["water-2020.xlsx"]


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)], ids=["", "--overwrite"])
@pytest.mark.parametrize("spoil", [broken.a_letter, broken.another_workbook, None])
def test_somebody_elses_file_is_not_overwritten(
    spoil: broken.Spoil | None, overwrite: tuple[str, ...], tmp_path: Path
) -> None:
    """Not even another department's workbook, made from the same template."""
    there = tmp_path / "water-2020.xlsx"
    if spoil:
        spoil(there)
    else:
        shutil.copy(CLEAN, there)
    before = there.read_bytes()

    ran = run("validate", WATER, CLEAN, "-o", tmp_path, *overwrite)

    assert ran.code == 2
    assert there.read_bytes() == before
    assert f"{there} 已经存在，而且不是本工具生成的批注副本，没有覆盖" in ran.err
    assert "civil-affairs-2020.xlsx" in tree(tmp_path)


def test_copy_that_somebody_worked_in_is_overwritten_only_if_asked_to(tmp_path: Path) -> None:
    run("validate", WATER, "-o", tmp_path)
    copy = tmp_path / WATER.name
    broken.type_in(copy, copy, {"in_claimed_total": 85.35})
    before = copy.read_bytes()

    kept = run("validate", WATER, "-o", tmp_path)
    assert kept.code == 2
    assert "可能有人改过" in kept.err
    assert "--overwrite" in kept.err
    assert copy.read_bytes() == before

    assert run("validate", WATER, "-o", tmp_path, "--overwrite").code == 1
    assert _notes(tmp_path)[WATER.name]
    assert copy.read_bytes() != before


def _in_use(*args: object, **kwargs: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _full(*args: object, **kwargs: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("method", "fault", "words"),
    [("replace", _in_use, "正在 Excel 或 WPS 中打开"), ("replace", _full, "磁盘空间不足")],
    ids=["open in Excel", "disk full"],
)
def test_target_that_cannot_be_written(
    method: str,
    fault: object,
    words: str,
    sent: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "批注"
    run("validate", sent, "-o", out)
    before = tree(out)
    monkeypatch.setattr(Path, method, fault)

    ran = run("validate", sent, "-o", out)

    assert ran.code == 2
    assert ran.err.count(words) == 2
    assert str(out / "水利局.xlsx") in ran.err
    assert "共 2 个工作簿" in ran.out
    assert tree(out) == before


def test_output_folder_that_is_a_file(sent: Path, tmp_path: Path) -> None:
    file = tmp_path / "批注"
    file.write_text("注意", encoding="utf-8")

    assert run("validate", sent, "-o", file).code == 2
    below = run("validate", sent, "-o", file / "今年")

    assert below.code == 2
    assert "不是文件夹" in below.err
    assert file.read_text(encoding="utf-8") == "注意"


def test_clean_gives_back_every_part_of_the_original(tmp_path: Path) -> None:
    for original in sorted(SAMPLES.glob("*.xlsx"))[:4]:
        run("validate", original, "-o", tmp_path)

        ran = run("clean", tmp_path / original.name, "-o", tmp_path / "还原.xlsx")

        assert ran.code == 0
        assert ran.out == f"已还原：{tmp_path / '还原.xlsx'}\n"
        assert _parts(tmp_path / "还原.xlsx") == _parts(original)
        assert _parts(tmp_path / original.name) != _parts(original)
        (tmp_path / "还原.xlsx").unlink()


def test_clean_refuses_what_it_cannot_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, letter = tmp_path / "民政局.xlsx", tmp_path / "坏.xlsx"
    shutil.copy(CLEAN, copy)
    broken.a_letter(letter)
    before = tree(tmp_path)

    over_itself = run("clean", copy, "-o", copy)
    unreadable = run("clean", letter, "-o", tmp_path / "还原.xlsx")
    no_folder = run("clean", copy, "-o", tmp_path / "没有" / "还原.xlsx")
    no_file = run("clean", tmp_path / "没有.xlsx", "-o", tmp_path / "还原.xlsx")
    monkeypatch.setattr(Path, "replace", _in_use)
    in_use = run("clean", copy, "-o", tmp_path / "还原.xlsx")

    assert {ran.code for ran in (over_itself, unreadable, no_folder, no_file, in_use)} == {2}
    assert "已经存在" in over_itself.err
    assert "坏.xlsx" in unreadable.err
    assert "所在文件夹不存在" in no_folder.err
    assert "没有.xlsx" in no_file.err
    assert "正在 Excel 或 WPS 中打开" in in_use.err
    assert tree(tmp_path) == before


def _notes(folder: Path) -> dict[str, dict[str, str]]:
    """By workbook and cell, the notes that openpyxl reads."""
    return {
        path.name: {
            f"{sheet.title}!{cell.coordinate}": cell.comment.text
            for sheet in openpyxl.load_workbook(path)
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment is not None
        }
        for path in sorted(folder.glob("*.xlsx"))
    }


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
