"""A finished round in one file, and what is said years later of one that somebody changed."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

import workbook_tools as wt
from tests.cli.shell import SAMPLES, run
from workbook_tools.standard import standard_text

ON = datetime.date(2021, 6, 30)
_TEXT = Path(__file__).with_name("tampering.yaml").read_text(encoding="utf-8")
_CASES = yaml.safe_load(_TEXT.replace("VERSION", wt.__version__))


def sent(folder: Path) -> Path:
    """What two departments sent, one below a folder, and a list that is no workbook."""
    (folder / "乡镇").mkdir(parents=True)
    shutil.copy(SAMPLES / "civil-affairs-2020.xlsx", folder / "民政局.xlsx")
    shutil.copy(SAMPLES / "transport-2020.xlsx", folder / "乡镇" / "交通局.xlsx")
    (folder / "名单.csv").write_text("名单", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("archive")
    return wt.write_archive([sent(room / "报送")], room / "归档.zip", on=ON).path


def changed(archive: Path, target: Path, change: Mapping[str, Any], *, sums: bool) -> Path:
    """The archive with some files changed, its list of digests as it was or made anew."""
    with zipfile.ZipFile(archive) as old:
        files = {info.filename: old.read(info) for info in old.infolist()}
    for place, how in change.items():
        if how.get("gone"):
            del files[place]
        elif "put" in how:
            files[place] = how["put"].encode()
        else:
            before, after = how["old"].encode(), how["new"].encode()
            assert before in files[place]
            files[place] = files[place].replace(before, after, 1)
    if sums:
        del files["SHA256SUMS"]
        files["SHA256SUMS"] = "".join(
            f"{hashlib.sha256(content).hexdigest()}  {place}\n" for place, content in files.items()
        ).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for place, content in files.items():
            new.writestr(place, content)
    return target


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_what_somebody_changed_is_told(case: dict[str, Any], archive: Path, tmp_path: Path) -> None:
    registered = hashlib.sha256(archive.read_bytes()).hexdigest()
    other = changed(archive, tmp_path / "归档.zip", case["change"], sums=case.get("sums", False))

    ran = run("archive", "check", other)
    strict = run("archive", "check", other, "--sha256", registered, "--no-compute")

    for piece in case["told"]:
        assert piece in ran.out
    assert [ran.code == 0, strict.code == 0] == case["holds"]
    assert f"与登记的 {registered} 不符" in strict.out


def test_one_that_nobody_touched_holds(archive: Path, tmp_path: Path) -> None:
    registered = hashlib.sha256(archive.read_bytes()).hexdigest()
    ran = run("archive", "check", archive, "--sha256", registered.upper())
    assert ran.code == 0
    assert "√ 没有改动：各文件的 SHA-256 都相符，整个文件与登记的一致。" in ran.out
    assert "√ 结果相同：由原件重新计算 2 份" in ran.out
    assert "×" not in ran.out
    told = json.loads(run("archive", "check", archive, "--format", "json").out)
    assert (told["kind"], told["holds"], told["departments"]) == ("archive-check", True, 2)
    assert (told["faults"], told["differences"], told["versions"]) == ([], [], [])
    assert told["sha256"] == registered
    other = changed(
        archive,
        tmp_path / "另.zip",
        {"结果.json": {"old": '"score": "4.85"', "new": '"score": "5"'}},
        sums=True,
    )
    (difference,) = wt.check_archive(other).differences
    assert isinstance(difference, wt.ArchiveDifference)
    assert (difference.indicator, difference.then, difference.now) == (
        "satisfaction",
        "5.00",
        "4.85",
    )
    checked = wt.check_archive(archive, recompute=False)
    assert isinstance(checked, wt.ArchiveCheck)
    assert (checked.holds, checked.departments) == (True, None)


def test_what_is_in_it_is_what_was_sent_and_what_is_known_of_it(
    archive: Path, tmp_path: Path
) -> None:
    room = archive.parent
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
        times = {info.filename: info.date_time for info in opened.infolist()}
    for name in ("民政局.xlsx", "乡镇/交通局.xlsx", "名单.csv"):
        assert (tmp_path / "原件" / name).read_bytes() == (room / "报送" / name).read_bytes()
    assert times["目录.xlsx"][:3] == (2021, 6, 30)
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)

    rows = list(openpyxl.load_workbook(tmp_path / "目录.xlsx")["目录"].iter_rows(min_row=4))
    listed = [[rows[n][column].value for column in (2, 3, 5, 7)] for n in range(3)]
    assert listed == [
        ["示例县民政局（虚构）", 98.61, "优", "民政局.xlsx"],
        ["示例县交通运输局（虚构）", 97.66, "优", "乡镇/交通局.xlsx"],
        [None, None, None, "名单.csv"],
    ]
    for row, place in zip(rows, ("民政局.xlsx", "乡镇/交通局.xlsx", "名单.csv"), strict=True):
        content = (tmp_path / "原件" / place).read_bytes()
        assert row[10].value == hashlib.sha256(content).hexdigest()
    link = rows[1][8].hyperlink
    assert link is not None
    assert link.target == "批注副本/乡镇/交通局.xlsx"
    assert (tmp_path / "批注副本/乡镇/交通局.xlsx").is_file()

    links = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["排名"]
    targets = {cell.hyperlink.target for row in links.iter_rows() for cell in row if cell.hyperlink}
    assert targets == {"批注副本/民政局.xlsx", "批注副本/乡镇/交通局.xlsx"}
    results = json.loads((tmp_path / "结果.json").read_text(encoding="utf-8"))
    assert [one["points"] for one in results["departments"]] == ["98.61", "97.66"]
    assert str(room) not in (tmp_path / "结果.json").read_text(encoding="utf-8")
    note = (tmp_path / "说明.txt").read_text(encoding="utf-8-sig")
    assert "归档日期：2021年6月30日" in note
    assert "计入汇总：2 个单位；交来的文件：3 个" in note


def test_the_same_round_gives_the_same_bytes_wherever_it_stands(
    archive: Path, tmp_path: Path
) -> None:
    moved = shutil.copytree(archive.parent / "报送", tmp_path / "别处" / "报送")
    ran = run("archive", moved, "-o", tmp_path / "又.zip", "--on", "2021-06-30", "-j", "2")
    assert ran.code == 0
    again = tmp_path / "又.zip"
    assert again.read_bytes() == archive.read_bytes()
    assert f"SHA-256：{hashlib.sha256(again.read_bytes()).hexdigest()}" in ran.out


def test_what_is_archived_beside_and_how_it_is_told(tmp_path: Path) -> None:
    folder = sent(tmp_path / "报送")
    shutil.make_archive(str(folder / "水利局"), "zip", SAMPLES, "water-2020.xlsx")
    (folder / "坏.xlsx").write_bytes(b"broken")
    (tmp_path / "通报.docx").write_bytes(b"report")
    roster = SAMPLES / "roster.csv"
    target = folder / "归档.zip"  # among the originals, of which it is none
    args = (folder, "-o", target, "--roster", roster, "--also", tmp_path / "通报.docx")
    told = json.loads(run("archive", *args, "--on", "2021-06-30", "--format", "json").out)
    assert (told["kind"], told["departments"], told["originals"], told["copies"]) == (
        "archive",
        3,
        5,
        3,
    )
    with zipfile.ZipFile(target) as opened:
        names = opened.namelist()
        index = opened.extract("目录.xlsx", tmp_path)
    assert told["files"] == len(names)
    assert {"附件/通报.docx", "名册/roster.csv", "原件/水利局.zip"} <= set(names)
    assert "批注副本/水利局.zip/water-2020.xlsx" in names
    cells = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(index)["目录"].iter_rows()
    ]
    digest = hashlib.sha256((folder / "水利局.zip").read_bytes()).hexdigest()
    assert [row[10] for row in cells if row[7] == "水利局.zip/water-2020.xlsx"] == [digest]
    assert any(row[7] == "坏.xlsx" and "无法读取" in str(row[9]) for row in cells)
    assert run("archive", "check", target).code == 0


def test_of_two_the_newer_counts_years_later_too(tmp_path: Path) -> None:
    """The file's time belongs to the result; a copy that carries no times would lose it."""
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, seconds in (("甲.xlsx", 1_600_000_000), ("乙.xlsx", 1_600_000_001)):
        shutil.copy(SAMPLES / "civil-affairs-2020.xlsx", folder / name)
        with zipfile.ZipFile(folder / name, "a") as package:
            package.writestr("docProps/extra.txt", name)  # not the same content
        os.utime(folder / name, (seconds, seconds))
    path = wt.write_archive([folder], tmp_path / "归档.zip", on=ON).path
    checked = wt.check_archive(path)
    assert checked.holds, [*checked.faults, *checked.differences]
    with zipfile.ZipFile(path) as opened:
        (department,) = json.loads(opened.read("结果.json"))["departments"]
    assert department["path"] == "原件/乙.xlsx"


def test_a_standard_of_ones_own_is_in_it(tmp_path: Path) -> None:
    """It says what the round was scored by, also where the shipped one is another today."""
    text = standard_text().decode("utf-8")
    own = tmp_path / "标准.yaml"
    rule = "rule: {kind: at_most, limit: 0.15, "
    assert rule in text
    own.write_text(text.replace(rule, rule.replace("0.15", "0.2"), 1), encoding="utf-8")
    folder = sent(tmp_path / "报送")
    ran = run("archive", folder, "-o", tmp_path / "归档.zip", "--standard", own)
    assert ran.code == 0
    checked = run("archive", "check", tmp_path / "归档.zip")
    assert checked.code == 0
    assert "内容不同；复算用的是归档里的那一份。" in checked.out
    assert "指标“结转结余控制率”：取数或计分的写法不同。" in checked.out


def test_what_cannot_be_archived_or_is_no_archive(archive: Path, tmp_path: Path) -> None:
    stands = tmp_path / "有.zip"
    stands.write_bytes(b"x")
    assert "已经存在，没有覆盖" in run("archive", SAMPLES, "-o", stands).err
    (tmp_path / "空").mkdir()
    ran = run("archive", tmp_path / "空", "-o", tmp_path / "空.zip")
    assert (ran.code, "没有找到要归档的文件" in ran.err) == (2, True)
    assert not (tmp_path / "空.zip").exists()
    for content in (b"x", (SAMPLES / "water-2020.xlsx").read_bytes()):
        stands.write_bytes(content)
        with pytest.raises(wt.NotAnArchiveError, match=r"^有\.zip"):
            wt.check_archive(stands)
    later = changed(
        archive,
        tmp_path / "后.zip",
        {"归档.json": {"old": '"schema": 1', "new": '"schema": 2'}},
        sums=True,
    )
    assert "是更新版本的本工具归档的" in run("archive", "check", later).err
    assert isinstance(wt.write_archive([sent(tmp_path / "报送")], tmp_path / "新.zip"), wt.Archived)
