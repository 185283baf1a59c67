"""What a workbook loses when somebody adds one note to it: the first table of docs/lossless.md.

    python -m benchmarks.lossless

Needs LibreOffice Calc (soffice). Every workbook is made here.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from benchmarks.foreign import FEATURES, Feature, Parts, write
from benchmarks.pages import replace_table
from workbook_tools.ooxml import Package, open_workbook
from workbook_tools.ooxml.notes import Note, notes_edits
from workbook_tools.ooxml.splice import write_package

_CELL, _TEXT = "A3", "应为 5"


def make(feature: Feature, path: Path) -> None:
    """The workbook with that feature."""
    path.write_bytes(write(feature))
    parts = parts_of(path)
    feature.patch(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert feature.probe(parts), f"{feature.name} is not in its own workbook"


def by_openpyxl(source: Path, target: Path) -> None:
    """Load, comment, save, as most scripts do."""
    book = openpyxl.load_workbook(source)
    book["表"][_CELL].comment = Comment(_TEXT, "校验")
    book.save(target)


def by_us(source: Path, target: Path) -> None:
    """The same with the package layer."""
    package = Package.open(source)
    notes = [Note("表", _CELL, _TEXT)]
    edits = notes_edits(open_workbook(package), notes, author="校验", marker="【校验】").edits
    write_package(package, target, edits)


def by_libreoffice(sources: list[Path], folder: Path) -> None:
    """Open and save; no note is added."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True)


def parts_of(path: Path) -> dict[str, bytes]:
    """All parts by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def verdict(feature: Feature, before: Parts, after: Path) -> str:
    """Whether the feature is still there: kept, partly, lost."""
    if not after.exists():
        return "not saved"
    old, new = feature.probe(before), feature.probe(parts_of(after))
    # Notes and boxes of ours may have come beside those of others.
    missing = [fact for fact in old if fact not in new or old.count(fact) > new.count(fact)]
    if not missing:
        return "kept"
    return "changed" if new and len(new) >= len(old) else "**lost**"


def main() -> None:
    """Write the table into the page."""
    if shutil.which("soffice") is None:
        raise SystemExit("LibreOffice Calc (soffice) is needed for this table")
    lines = ["| feature | openpyxl | LibreOffice | workbook-tools |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for program in ("openpyxl", "libreoffice", "ours"):
            (folder / program).mkdir()
        sources = []
        for number, feature in enumerate(FEATURES):
            source = folder / f"{number}.xlsx"
            make(feature, source)
            sources.append(source)
            by_openpyxl(source, folder / "openpyxl" / source.name)
            by_us(source, folder / "ours" / source.name)
        by_libreoffice(sources, folder / "libreoffice")
        for source, feature in zip(sources, FEATURES, strict=True):
            before = parts_of(source)
            verdicts = [
                verdict(feature, before, folder / program / source.name)
                for program in ("openpyxl", "libreoffice", "ours")
            ]
            lines.append(f"| {feature.name} | {' | '.join(verdicts)} |")
    replace_table("lossless", "\n".join(lines))


if __name__ == "__main__":
    main()
