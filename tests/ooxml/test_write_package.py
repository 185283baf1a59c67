"""Writing a package: raw copies, whole or nothing, never onto the source, the same bytes always."""

from __future__ import annotations

import io
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from tests.ooxml.write_books import SheetSpec, build, contents
from workbook_tools.ooxml.package import Package
from workbook_tools.ooxml.splice import Draft, Edits, combined, edited, write_package


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return build(tmp_path / "源.xlsx", [SheetSpec(features=("image",)), SheetSpec()])


def _compressed(path: Path) -> dict[str, bytes]:
    package = Package.open(path)
    return {name: package.raw(name) for name in package.names}


def test_unchanged_entries_keep_their_compressed_bytes(source: Path, tmp_path: Path) -> None:
    # Stored without compression: writing anew would deflate them.
    plain = tmp_path / "stored.xlsx"
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents(source).items():
            archive.writestr(name, content)
    target = tmp_path / "target.xlsx"
    edits = Edits(
        {"xl/theme/theme1.xml": b"<new/>", "xl/added.xml": b"<a/>"}, frozenset({"docProps/app.xml"})
    )
    write_package(Package.open(plain), target, edits)
    before, after = _compressed(plain), _compressed(target)
    assert list(after) == [*(n for n in before if n != "docProps/app.xml"), "xl/added.xml"]
    for name in before.keys() - {"xl/theme/theme1.xml", "docProps/app.xml"}:
        assert after[name] == before[name]
    assert contents(target)["xl/theme/theme1.xml"] == b"<new/>"
    assert contents(target)["xl/added.xml"] == b"<a/>"
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None


def test_entries_keep_their_times_and_attributes(source: Path, tmp_path: Path) -> None:
    dated = tmp_path / "dated.xlsx"
    with zipfile.ZipFile(dated, "w") as archive:
        for name, content in contents(source).items():
            info = zipfile.ZipInfo(name, (2024, 2, 29, 13, 37, 42))
            info.external_attr = 0o640 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    write_package(Package.open(dated), tmp_path / "t.xlsx", Edits({"xl/workbook.xml": b"<w/>"}))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        for info in archive.infolist():
            assert info.date_time == (2024, 2, 29, 13, 37, 42)
            assert info.external_attr == 0o640 << 16


def test_a_streamed_archive_with_data_descriptors(source: Path, tmp_path: Path) -> None:
    class Pipe(io.FileIO):
        """A file that cannot seek, as when a program streams its output."""

        def tell(self) -> int:
            raise OSError("a pipe")

        def seekable(self) -> bool:
            return False

    streamed = tmp_path / "streamed.xlsx"
    with Pipe(streamed, "w") as pipe, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents(source).items():
            archive.writestr(name, content)
    with zipfile.ZipFile(streamed) as archive:
        assert all(info.flag_bits & 8 for info in archive.infolist())
    write_package(Package.open(streamed), tmp_path / "t.xlsx", Edits({"xl/workbook.xml": b"<w/>"}))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert not any(info.flag_bits & 8 for info in archive.infolist())
    assert contents(tmp_path / "t.xlsx") == {**contents(source), "xl/workbook.xml": b"<w/>"}


def test_same_arguments_same_bytes(source: Path, tmp_path: Path) -> None:
    edits = Edits({"xl/workbook.xml": b"<w/>", "b.xml": b"<b/>", "a.xml": b"<a/>"})
    for name in ("1.xlsx", "2.xlsx"):
        write_package(Package.open(source), tmp_path / name, edits)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_never_onto_the_source(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    link = tmp_path / "link.xlsx"
    link.symlink_to(source)
    for target in (source, link):
        with pytest.raises(shutil.SameFileError, match="不能覆盖原文件"):
            write_package(Package.open(source), target, Edits({"xl/workbook.xml": b""}))
    assert source.read_bytes() == before


def test_a_failure_leaves_the_old_target_and_no_litter(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "target.xlsx"
    target.parent.mkdir()
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        write_package(Package.open(source), target, Edits())
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file mode bits")
def test_the_new_file_has_ordinary_rights(source: Path, tmp_path: Path) -> None:
    write_package(Package.open(source), tmp_path / "t.xlsx", Edits())
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    assert stat.S_IMODE((tmp_path / "t.xlsx").stat().st_mode) == stat.S_IMODE(
        ordinary.stat().st_mode
    )


def test_edits_one_after_another(source: Path) -> None:
    package = Package.open(source)
    first = Edits({"a.xml": b"1", "b.xml": b"1"}, frozenset({"docProps/app.xml"}))
    second = Edits({"b.xml": b"2"}, frozenset({"a.xml", "docProps/core.xml"}))
    total = combined(package, first, second)
    assert total == Edits({"b.xml": b"2"}, frozenset({"docProps/app.xml", "docProps/core.xml"}))
    stepwise = edited(edited(package, first), second)
    assert edited(package, total).names == stepwise.names


def test_taking_back_is_no_edit(source: Path) -> None:
    package = Package.open(source)
    app = package.read("docProps/app.xml")
    away = Edits({"xl/workbook.xml": b""}, frozenset({"docProps/app.xml"}))
    back = Edits({"xl/workbook.xml": package.read("xl/workbook.xml"), "docProps/app.xml": app})
    assert not combined(package, away, back)


def test_a_draft_reads_what_was_written(source: Path) -> None:
    draft = Draft(Package.open(source))
    draft.drop("docProps/app.xml")
    draft.write("new.xml", b"<new/>")
    attempt = draft.copy()
    attempt.write("DOCPROPS/APP.XML", b"<app/>")
    attempt.drop("new.xml")
    assert (draft.has("docProps/app.xml"), attempt.has("docProps/app.xml")) == (False, True)
    assert draft.read("new.xml") == b"<new/>"
    assert "new.xml" in draft.names()
    assert draft.edits() == Edits({"new.xml": b"<new/>"}, frozenset({"docProps/app.xml"}))
    assert attempt.edits() == Edits({"docProps/app.xml": b"<app/>"})
