"""A desk's data as one archive and back: whole or not at all, and any damage is told."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.shell import CLEAN, run
from tests.desk.office import Office, upload
from tests.desk.visiting import Page, arrived, name_of

pytestmark = [pytest.mark.slow, pytest.mark.covers]

DATABASE, SUMS = "desk.sqlite", "SHA256SUMS"


@pytest.fixture
def codes(office: Office) -> dict[str, str]:
    """The access codes of a round in which one department has handed in."""
    office.begin(office.bureau())
    unit = office.department("208001")
    upload(unit, CLEAN)
    unit.post("/unit/versions/1/hand-in")
    return office.codes


def backed_up(tmp_path: Path) -> Path:
    target = tmp_path / "备份.zip"
    ran = run("desk", "backup", tmp_path / "data", "-o", target)
    assert ran.code == 0, ran.err
    return target


def repacked(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """The archive with some files changed, added or left out."""
    with zipfile.ZipFile(source) as archive:
        content = {name: archive.read(name) for name in archive.namelist()} | change
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return target


def test_a_desk_from_a_backup_is_the_same(
    office: Office, codes: dict[str, str], tmp_path: Path
) -> None:
    backup = backed_up(tmp_path)  # while the desk runs
    upload(office.department("402001"), CLEAN)  # comes too late for it
    place = tmp_path / "恢复" / "data"
    assert run("desk", "restore", backup, "-o", place).code == 0
    assert "没有问题" in run("desk", "check", place).out
    restored = Office(place)
    restored.codes = codes
    assert "已提交" in Page(restored.department("208001").get("/unit")).text
    copy = restored.department("208001").get("/unit/versions/1/copy")
    assert zipfile.is_zipfile(io.BytesIO(copy.content))
    assert "未报送" in Page(restored.department("402001").get("/unit")).text
    restored.hall.close()


def test_the_bureau_downloads_it_and_the_list_proves_it(
    office: Office, codes: dict[str, str], tmp_path: Path
) -> None:
    bureau = office.bureau()
    answer = arrived(bureau, bureau.post("/bureau/backup"))
    assert name_of(answer).startswith("收件台备份 ")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        lines = [line.split("  ") for line in archive.read(SUMS).decode().splitlines()]
        listed = {name: digest for digest, name in lines}
        assert set(listed) == set(archive.namelist()) - {SUMS}
        for name, digest in listed.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    kept = {path.name for path in (tmp_path / "data" / "originals").rglob("*.*")}
    assert kept == {name.rpartition("/")[2] for name in listed} - {DATABASE}


@pytest.mark.parametrize(
    "damage",
    ["changed", "database", "missing", "more", "foreign", "no list", "cut", "no zip"],
)
def test_a_damaged_backup_leaves_nothing(
    codes: dict[str, str], tmp_path: Path, damage: str
) -> None:
    backup, broken = backed_up(tmp_path), tmp_path / "broken.zip"
    with zipfile.ZipFile(backup) as archive:
        original = next(name for name in archive.namelist() if name.startswith("originals/"))
        sums, database = archive.read(SUMS), archive.read(DATABASE)
    if damage == "cut":
        broken.write_bytes(backup.read_bytes()[:-5000])
    elif damage == "no zip":
        broken.write_bytes(CLEAN.read_bytes()[:100])
    else:
        evil = b"evil"
        line = f"{hashlib.sha256(evil).hexdigest()}  ../evil.txt\n".encode()
        changes: dict[str, dict[str, bytes | None]] = {
            "changed": {original: evil},
            "database": {DATABASE: database + bytes(4096)},
            "missing": {original: None},
            "more": {"evil.txt": evil},
            "foreign": {"../evil.txt": evil, SUMS: sums + line},
            "no list": {SUMS: None},
        }
        repacked(backup, broken, changes[damage])
    (tmp_path / "new").mkdir()
    place = tmp_path / "new" / "data"
    ran = run("desk", "restore", broken, "-o", place)
    assert ran.code == 2
    assert "没有恢复" in ran.err
    assert not list((tmp_path / "new").iterdir())
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_restore_takes_no_place_of_others(codes: dict[str, str], tmp_path: Path) -> None:
    backup, place = backed_up(tmp_path), tmp_path / "there"
    place.mkdir()
    assert run("desk", "restore", backup, "-o", place).code == 0  # empty: nobody's
    before = sorted(place.rglob("*"))
    ran = run("desk", "restore", backup, "-o", place)
    assert ran.code == 2
    assert "不是空文件夹" in ran.err
    assert sorted(place.rglob("*")) == before
    again = run("desk", "backup", place, "-o", backup)
    assert again.code == 2
    assert "已经存在" in again.err


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("changed original", "与它的 SHA-256 不符"),
        ("lost original", "缺少原件"),
        ("changed schema", "结构被改动过"),
        ("no such row", "指向不存在的内容"),
    ],
)
def test_check_tells_what_is_wrong(
    office: Office, codes: dict[str, str], tmp_path: Path, damage: str, told: str
) -> None:
    office.hall.store.close()
    data = tmp_path / "data"
    original = next((data / "originals").rglob("*.xlsx"))
    if damage == "changed original":
        original.chmod(0o600)
        original.write_bytes(b"other")
    elif damage == "lost original":
        original.unlink()
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as database:
        if damage == "changed schema":
            database.execute("DROP TRIGGER event_remains")
        elif damage == "no such row":
            database.execute("UPDATE version SET unit = 99")
    ran = run("desk", "check", data)
    assert ran.code == 1
    assert told in ran.out
    refused = run("desk", "backup", data, "-o", tmp_path / "b.zip")
    assert refused.code == 2
    assert told in refused.err
    assert not (tmp_path / "b.zip").exists()


def test_a_folder_that_is_no_desks_is_refused(tmp_path: Path) -> None:
    for command in ("backup", "check"):
        ran = run("desk", command, tmp_path)
        assert ran.code == 2
        assert "不是收件台的数据文件夹" in ran.err
