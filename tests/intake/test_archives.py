"""Workbooks in zip archives, as offices send them and as nobody should."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from tests.cli.shell import CLEAN, WATER, run, tree
from tests.consolidation.records import consolidation, record
from workbook_tools.intake.sources import Sources, find_workbooks, opened

CONTENT = CLEAN.read_bytes()


class Chinese(zipfile.ZipInfo):
    """An entry whose name is in GBK and does not say so, as Windows in China writes it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("gb18030"), 0


class Unmarked(zipfile.ZipInfo):
    """An entry whose name is in UTF-8 and does not say so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode(), 0


def zipped(path: Path, *entries: zipfile.ZipInfo | str, content: bytes = CONTENT) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            archive.writestr(entry, content)
    return path


def found(path: Path, room: Path) -> Sources:
    room.mkdir()
    return find_workbooks([path], room)


def inside(sources: Sources, archive: Path) -> list[str]:
    places = [Path(sources.shown(path)) for path in sources.workbooks]
    return [place.relative_to(archive).as_posix() for place in places]


def reasons(sources: Sources) -> dict[str, str]:
    return {item.path.name: item.reason for item in (*sources.passed_over, *sources.unreadable)}


@pytest.mark.parametrize("kind", [zipfile.ZipInfo, Chinese, Unmarked])
def test_chinese_names_come_out_whoever_wrote_them(
    kind: type[zipfile.ZipInfo], tmp_path: Path
) -> None:
    names = ["农业局/自评表10.xlsx", "农业局/自评表2.xlsx", "镕基镇〇一.xlsx"]
    archive = zipped(tmp_path / "报送.zip", *(kind(name) for name in names))
    sources = found(archive, tmp_path / "room")
    assert inside(sources, archive) == [names[1], names[0], names[2]]
    assert [path.read_bytes() for path in sources.workbooks] == [CONTENT] * 3
    assert sources.workbooks[0].name == "自评表2.xlsx"


def test_backslashes_are_slashes(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("甲.xlsx")
    entry.filename = "农业局\\甲.xlsx"
    archive = zipped(tmp_path / "a.zip", entry)
    assert inside(found(archive, tmp_path / "room"), archive) == ["农业局/甲.xlsx"]


def test_no_name_reaches_out_of_the_folder(tmp_path: Path) -> None:
    names = ["../逃.xlsx", "a/../../逃2.xlsx", "/绝对.xlsx", "C:\\盘.xlsx", "..\\反.xlsx"]
    archive = zipped(tmp_path / "a.zip", *names, "好.xlsx", "CON.xlsx", "甲:乙.xlsx")
    room = tmp_path / "room"
    sources = found(archive, room)
    assert sorted(path.name for path in sources.workbooks) == ["_CON.xlsx", "好.xlsx", "甲_乙.xlsx"]
    assert all(path.resolve().is_relative_to(room) for path in sources.workbooks)
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "room"}
    assert sum("之外" in reason for reason in reasons(sources).values()) == 5


def test_what_is_no_workbook_is_listed_and_nested_archives_are_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "内.zip", "里面.xlsx").read_bytes()
    summary = consolidation(record("1")).write(tmp_path / "汇总.xlsx").read_bytes()
    archive = tmp_path / "外.zip"
    with zipfile.ZipFile(archive, "w") as opened_archive:
        opened_archive.writestr("内.zip", inner)
        opened_archive.writestr("汇总.xlsx", summary)
        for name in (
            "~$甲.xlsx",
            "__MACOSX/._甲.xlsx",
            "说明.docx",
            "旧.xls",
            "甲.xlsx",
            "甲.XLSX",
        ):
            opened_archive.writestr(name, CONTENT)
    sources = found(archive, tmp_path / "room")
    assert inside(sources, archive) == ["旧.xls", "甲.xlsx"]
    told = reasons(sources)
    assert set(told) == {
        "内.zip", "汇总.xlsx", "~$甲.xlsx", "._甲.xlsx", "说明.docx", "甲.XLSX",
    }  # fmt: skip
    assert {item.path.name for item in sources.unreadable} == {"内.zip", "甲.XLSX"}
    assert "压缩包" in told["内.zip"]
    assert "汇总表" in told["汇总.xlsx"]
    assert "同名" in told["甲.XLSX"]


def test_bombs_passwords_and_damage_are_told_and_stop_nobody(tmp_path: Path) -> None:
    zipped(tmp_path / "炸弹.zip", "炸.xlsx", content=b"\0" * (4 << 20))
    locked = zipped(tmp_path / "密码.zip", "锁.xlsx")
    data = bytearray(locked.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    locked.write_bytes(data)
    damaged = zipped(tmp_path / "损坏.zip", "坏.xlsx")
    data = bytearray(damaged.read_bytes())
    data[2000:2100] = b"\xff" * 100
    damaged.write_bytes(data)
    whole = zipped(tmp_path / "半截.zip", "半.xlsx")
    whole.write_bytes(whole.read_bytes()[:5000])
    zipped(tmp_path / "好.zip", "好.xlsx")
    sources = found(tmp_path, tmp_path / "room")
    assert [path.name for path in sources.workbooks] == ["好.xlsx"]
    told = reasons(sources)
    assert "压缩比" in told["炸.xlsx"]
    assert "密码" in told["锁.xlsx"]
    assert "损坏" in told["坏.xlsx"]
    assert "没有传完或已损坏" in told["半截.zip"]


def test_limits_of_number_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zipped(tmp_path / "a.zip", "1.xlsx", "2.xlsx")
    monkeypatch.setattr("workbook_tools.intake.archives.MOST_ENTRIES", 1)
    assert "超过上限 1 个" in reasons(found(archive, tmp_path / "1"))["a.zip"]
    monkeypatch.setattr("workbook_tools.intake.archives.MOST_ENTRIES", 2)
    monkeypatch.setattr("workbook_tools.intake.archives.LARGEST_IN_ALL", len(CONTENT))
    assert "上限" in reasons(found(archive, tmp_path / "2"))["a.zip"]
    monkeypatch.setattr("workbook_tools.intake.archives.LARGEST_IN_ALL", 2 * len(CONTENT))
    monkeypatch.setattr("workbook_tools.intake.archives.LARGEST", len(CONTENT) - 1)
    assert "上限" in reasons(found(archive, tmp_path / "3"))["1.xlsx"]


def test_archive_that_the_disk_cannot_take_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zipped(tmp_path / "a.zip", "1.xlsx", "2.xlsx")
    nearly_full = SimpleNamespace(free=10**6)
    monkeypatch.setattr("workbook_tools.intake.archives.shutil.disk_usage", lambda _: nearly_full)
    assert "磁盘只剩 0 MB" in reasons(found(archive, tmp_path / "room"))["a.zip"]
    assert list((tmp_path / "room").iterdir()) == []


def test_nothing_is_left_when_it_is_over(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", "1.xlsx")
    with opened([archive]) as sources:
        (path,) = sources.workbooks
        assert path.exists()
    assert not path.exists()


def test_validate_addresses_members_and_keeps_their_folders_in_the_copies(tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    archive = zipped(
        folder / "农业.zip", Chinese("农业局/自评:表.xlsx"), "二.xlsx", content=WATER.read_bytes()
    )
    (folder / "民政.xlsx").write_bytes(CONTENT)
    before = tree(folder)
    ran = run("validate", folder, "-o", tmp_path / "批注", "--format", "json")
    assert ran.code == 1
    records = json.loads(ran.out)["workbooks"]
    assert [one["path"] for one in records] == [
        str(archive / "二.xlsx"),
        str(archive / "农业局/自评:表.xlsx"),
        str(folder / "民政.xlsx"),
    ]
    assert sorted(tree(tmp_path / "批注")) == [
        "农业.zip/二.xlsx",
        "农业.zip/农业局/自评_表.xlsx",
        "民政.xlsx",
    ]
    assert tree(folder) == before
    text = run("validate", archive).out
    assert f"{archive}/农业局/自评:表.xlsx" in text


def test_consolidate_names_members_and_makes_no_links_into_archives(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "报送.zip", "民政/自评表.xlsx")
    ran = run("consolidate", archive, "-o", tmp_path / "汇总.xlsx")
    assert ran.code in (0, 1)
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["排名"]
    (name,) = [
        cell for row in sheet.iter_rows() for cell in row if "自评表.xlsx" in str(cell.value)
    ]
    assert name.hyperlink is None
