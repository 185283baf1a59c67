"""A shipped standard that is kept says what its file says, and is not taken for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_tools.files.caches import cache_folder
from workbook_tools.standard import (
    compiled,
    list_standards,
    load_standard,
    loader,
    standard_hash,
    standard_text,
)


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_TOOLS_CACHE", str(tmp_path / "cache" / "outcomes.sqlite"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a standard that is kept."""
    path = tmp_path / "project-2020.yaml"
    path.write_bytes(standard_text("project-2020"))
    compiled.keep(path, load_standard("project-2020"))
    return path


@pytest.mark.parametrize("name", list_standards())
def test_it_says_the_same(name: str, tmp_path: Path) -> None:
    standard = load_standard(name)
    for place in (cache_folder() / "standards").glob("*"):
        place.unlink()
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(standard_text(name))

    assert compiled.kept(path) is None
    compiled.keep(path, standard)
    again = compiled.kept(path)

    assert again is not None
    assert again is not standard
    assert standard_hash(again) == standard_hash(standard)
    assert [(one, getattr(again, one)) for one in again.__struct_fields__] == [
        (one, getattr(standard, one)) for one in standard.__struct_fields__
    ]


def test_not_that_of_a_file_that_has_changed(file: Path) -> None:
    assert compiled.kept(file) is not None

    file.write_bytes(file.read_bytes() + b"# \n")

    assert compiled.kept(file) is None


def test_not_that_of_another_version_of_the_program(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "model.py").write_text("class Standard: ...\n")
    monkeypatch.setattr(compiled, "_ROOM", sources)

    assert compiled.kept(file) is None


@pytest.mark.parametrize("content", [b"", b"\x93", b"\x92\xc0\xc0", b"not ours", b"\xc1"])
def test_what_is_broken_is_not_there(file: Path, content: bytes) -> None:
    (kept,) = (cache_folder() / "standards").iterdir()
    kept.write_bytes(content)

    assert compiled.kept(file) is None


def test_nothing_is_kept_where_nothing_can_be_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("WORKBOOK_TOOLS_CACHE", str(tmp_path / "taken" / "outcomes.sqlite"))

    compiled.keep(file, load_standard("project-2020"))

    assert compiled.kept(file) is None


def test_a_shipped_standard_is_kept_when_it_was_read() -> None:
    loader._load_shipped.cache_clear()
    first = load_standard("project-2020")

    (file,) = (cache_folder() / "standards").iterdir()
    assert file.name == "project-2020.msgpack"
    assert file.stat().st_size < len(standard_text("project-2020"))

    loader._load_shipped.cache_clear()
    again = load_standard("project-2020")
    assert again is not first
    assert standard_hash(again) == standard_hash(first)
