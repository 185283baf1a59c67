"""Packages spelled otherwise than ours, and a formula that is not there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import workbook_tools
from tests.cli.shell import WATER
from tests.ooxml.write_books import contents, rewrite
from workbook_tools.checks import Finding
from workbook_tools.ooxml import Package, PackageError, open_workbook

TYPES = "[Content_Types].xml"


def found(path: Path) -> list[Finding]:
    return list(workbook_tools.assess(path).findings)


def renamed(source: Path, target: Path, name: Callable[[str], str]) -> None:
    """The package with other names of entries; the relationships stay."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(name(info.filename)), old.read(info))


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [info.orig_filename for info in archive.infolist()]


def there_and_back(source: Path, folder: Path) -> Path:
    """Annotated and cleaned again."""
    known = workbook_tools.assess(source)
    assert known.evaluation
    done = workbook_tools.annotate(source, folder / "1.xlsx", known.findings, known.evaluation)
    assert done.noted > 0
    assert not done.not_noted
    workbook_tools.clean(folder / "1.xlsx", folder / "2.xlsx")
    return folder / "2.xlsx"


def test_entries_with_backslashes(tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    renamed(WATER, path, lambda name: name.replace("/", "\\"))

    assert found(path) == found(WATER)
    back = there_and_back(path, tmp_path)
    assert names(back) == names(path), "the names stay"
    assert contents(back) == contents(path)


def test_entries_escaped_as_in_addresses(tmp_path: Path) -> None:
    """The part is called ``sheet 3.xml`` and escaped in the zip and in the list of types alike."""
    path = tmp_path / "报送.xlsx"
    renamed(WATER, path, lambda name: name.replace("sheet3.xml", "sheet%203.xml"))
    rewrite(
        path,
        lambda parts: {
            name: part.replace(b"sheet3.xml", b"sheet%203.xml")
            if name in (TYPES, "xl/_rels/workbook.xml.rels")
            else part
            for name, part in parts.items()
        },
    )

    assert found(path) == found(WATER)
    assert contents(there_and_back(path, tmp_path)) == contents(path)


@pytest.mark.parametrize("name", ["xl/%2e%2e/%2e%2e/x.xml", "xl%2f..%2fx.xml", "%2Fetc/x.xml"])
def test_escapes_do_not_climb(name: str, tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(name, b"")
    with pytest.raises(PackageError, match="路径异常"):
        Package.open(path)


@pytest.mark.parametrize("spelled", [str.upper, str.lower, str.title])
def test_content_types_in_any_letter_case(spelled: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(WATER.read_bytes())

    def change(found: re.Match[bytes]) -> bytes:
        return f'ContentType="{spelled(found[1].decode())}"'.encode()

    rewrite(
        path,
        lambda parts: {**parts, TYPES: re.sub(rb'ContentType="([^"]*)"', change, parts[TYPES])},
    )

    assert found(path) == found(WATER)


def test_a_shared_formula_that_is_not_there_makes_one_cell_unusable(tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(WATER.read_bytes())
    with open_workbook(WATER) as book:
        area = book.names["in_public_funds_actual"]
        assert area is not None
        part = book.sheet(area.sheet).part
        stored = book.cells(area.sheet, [area])[area.first_row, area.first_col].value
    cell = re.compile(rf'(<c r="{area.a1}"[^>]*>)(<v>)'.encode())
    orphan = rb'\1<f t="shared" si="77"/>\2'
    rewrite(path, lambda parts: {**parts, part: cell.sub(orphan, parts[part], count=1)})

    at_cell = [one for one in found(path) if (one.sheet, one.cell) == (area.sheet, area.a1)]

    assert [one.code for one in at_cell] == ["IN206"]
    assert f"{stored:g}" in at_cell[0].message.replace(",", "")
    assert "丢失" in at_cell[0].message
    assert workbook_tools.assess(path).evaluation is not None
