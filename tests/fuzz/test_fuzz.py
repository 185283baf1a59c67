"""The property for mutants, and what fuzzing once found, kept as small cases."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import CLEAN
from tests.fuzz.judging import judge
from tests.fuzz.mutations import mutant
from tests.fuzz.run import SOURCES
from tests.ooxml.write_books import AUTHOR, MARKER, SheetSpec, build, contents
from workbook_tools.ooxml import Package, PackageError, open_workbook
from workbook_tools.ooxml.notes import read_notes
from workbook_tools.ooxml.strip import strip_edits

Parts = dict[str, bytes]


@pytest.mark.parametrize("seed", [0])
def test_mutant_is_refused_or_restored(seed: int, tmp_path: Path) -> None:
    _run(range(seed, seed + 10), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1150, 50))
def test_more_mutants(seed: int, tmp_path: Path) -> None:
    _run(range(seed, seed + 50), tmp_path)


def _run(seeds: range, folder: Path) -> None:
    verdicts = set()
    for seed in seeds:
        path = folder / "mutant.xlsx"
        path.write_bytes(mutant(seed, SOURCES))
        verdict, why = judge(path, folder)
        assert verdict != "breach", f"seed {seed}: {why}"
        verdicts.add(verdict)
    assert "annotated" in verdicts


def test_a_mutant_is_the_same_each_time() -> None:
    assert mutant(7, SOURCES) == mutant(7, SOURCES) != mutant(8, SOURCES)


def _no_type_of_relationships(parts: Parts) -> None:
    types = parts["[Content_Types].xml"]
    without = re.sub(rb'<Default Extension="rels"[^>]*/>', b"", types)
    listed = b"".join(
        b'<Override PartName="/%s" ContentType="application/vnd.openxmlformats-package.'
        b'relationships+xml"/>' % name.encode()
        for name in parts
        if name.endswith(".rels") and b"/" + name.encode() not in without
    )
    parts["[Content_Types].xml"] = without.replace(b"</Types>", listed + b"</Types>")


def _a_cell_of_another_namespace(parts: Parts) -> None:
    sheet = parts["xl/worksheets/sheet10.xml"]
    assert b'<c r="C3"' in sheet
    parts["xl/worksheets/sheet10.xml"] = sheet.replace(
        b'<c r="C3"', b"<x:c xmlns:x='y'/><c r=\"C3\"", 1
    )


def _a_sheet_as_comments_of_another(parts: Parts) -> None:
    parts["xl/worksheets/_rels/sheet3.xml.rels"] = (
        b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        b'<Relationship Id="rId99" Type="http://x/relationships/comments" '
        b'Target="/xl/worksheets/sheet10.xml"/></Relationships>'
    )


def _relationships_of_another_namespace(parts: Parts) -> None:
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = b"<Relationships xmlns='http://x'/>"


def _a_row_without_end(parts: Parts) -> None:
    sheet = parts["xl/worksheets/sheet8.xml"]
    parts["xl/worksheets/sheet8.xml"] = re.sub(rb' ht="[^"]*"', b' ht="1e999"', sheet, count=3)


def _results_cut_off(parts: Parts) -> None:
    sheet = parts["xl/worksheets/sheet10.xml"]
    parts["xl/worksheets/sheet10.xml"] = sheet[: sheet.index(b"</sheetData>") + 60]


def _a_cell_in_a_cell(parts: Parts) -> None:
    sheet = parts["xl/worksheets/sheet8.xml"]
    parts["xl/worksheets/sheet8.xml"] = sheet.replace(b"</f>", b"</f><c/>", 1)


@pytest.mark.parametrize(
    ("spoil", "verdict"),
    [
        (_no_type_of_relationships, "annotated"),
        (_a_cell_of_another_namespace, "annotated"),
        (_a_sheet_as_comments_of_another, "annotated"),
        (_relationships_of_another_namespace, "annotated"),
        (_a_row_without_end, "annotated"),
        (_results_cut_off, "annotated"),
        (_a_cell_in_a_cell, "refused"),
    ],
)
def test_found_by_mutants(spoil: Callable[[Parts], None], verdict: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(CLEAN) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoil(parts)
    path = tmp_path / "mutant.xlsx"
    _save(path, parts)
    assert judge(path, tmp_path).verdict == verdict, judge(path, tmp_path)


def _save(path: Path, parts: Parts) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
NOTED = [SheetSpec(((4, 1),))]


@pytest.mark.parametrize("tag", [b"<a \t>", b"<\x94 \t>", b"<a x=' \t>"])
def test_found_by_atheris_signs_of_ours_in_broken_markup(tag: bytes, tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", NOTED)
    parts = contents(path)
    parts[SHEET_RELATIONS] += tag
    _save(path, parts)
    edits = strip_edits(open_workbook(Package.open(path)), author=AUTHOR, marker=MARKER)
    assert not edits


def test_found_by_atheris_a_note_without_an_end(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", NOTED)
    parts = contents(path)
    parts["xl/comments1.xml"] = parts["xl/comments1.xml"].replace(b"</comment>", b"")
    _save(path, parts)
    with pytest.raises(PackageError, match="comments1"):
        read_notes(open_workbook(Package.open(path)))
