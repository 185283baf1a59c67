"""The folder for Windows: what is in it, and that the same comes out twice."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from distribution import parts, windows
from distribution.targets import TARGETS
from tests.distribution.wine import requires_wine
from tests.test_house import ROOT, files

MOST = 25_000_000
"""Bytes that the zip may have."""
pytestmark = [pytest.mark.slow, requires_wine]


def test_the_same_comes_out_twice(packed: Path, tmp_path: Path) -> None:
    assert windows.make(tmp_path).read_bytes() == packed.read_bytes()


def test_it_is_small_enough_to_be_sent(packed: Path) -> None:
    assert packed.stat().st_size <= MOST


def test_everything_is_listed_with_its_sum(folder: Path) -> None:
    lines = (folder / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS.txt" and "__pycache__" not in path.parts
    }
    assert listed == found


def test_every_part_has_its_licence(folder: Path) -> None:
    licensed = {path.name.rpartition("-")[0] for path in (folder / "许可证").iterdir()}
    asked = {line.split("==")[0].replace("-", "_") for line in parts.pinned(TARGETS["windows"])}
    assert licensed == {name.lower() for name in asked} | {"Python", "workbook_tools"}
    assert all(any(path.iterdir()) for path in (folder / "许可证").iterdir())


def test_pandas_and_numpy_are_left_out(folder: Path) -> None:
    packages = {path.name for path in (folder / "python" / "Lib" / "site-packages").iterdir()}
    assert {"workbook_tools", "click", "uvicorn"} <= packages
    assert not packages & {"pandas", "numpy", "dateutil", "cffi", "pytz", "tzdata"}


def test_the_package_is_whole(folder: Path) -> None:
    site = folder / "python" / "Lib" / "site-packages"
    missing = [
        path.relative_to(ROOT)
        for path in files("workbook_tools/*")
        if not (site / path.relative_to(ROOT)).is_file()
    ]
    assert not missing


def test_what_is_double_clicked_is_read_by_cmd(folder: Path) -> None:
    programs = sorted(folder.glob("*.bat"))
    assert [path.name for path in programs] == [
        "workbook-tools.bat",
        "启动.bat",
        "收件台.bat",
        "校验.bat",
    ]
    for path in programs:
        content = path.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n")
        before, chcp, _ = content.partition(b"chcp 936")
        assert before.isascii(), path.name  # until then, cmd reads by the code page that it has
        assert chcp or content.isascii(), path.name
        content.decode("gbk")


def test_the_explanation_is_the_same_in_both_encodings(folder: Path) -> None:
    text = (folder / "说明.txt").read_bytes().decode("utf-8-sig")
    assert (folder / "说明-GBK.txt").read_bytes().decode("gbk") == text
    assert not re.search(r"[{}]", text)
    assert all(path.name in text for path in folder.glob("*.bat"))
    assert "只供测试，不要分发" in text
