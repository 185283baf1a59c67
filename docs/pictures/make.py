"""Make the READMEs' pictures from real files: ``python -m docs.pictures.make``.

Needs LibreOffice (soffice), pdftoppm and Pillow (which pdfplumber brings). The comments, hidden
until the mouse rests on a cell, are shown in a copy, for a picture has no mouse.
"""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path

from docs.pictures.shrinking import shrink

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
SAMPLE = "housing-2020.xlsx"
CROWDED = "xiangtan-2020.xlsx"


def main() -> None:
    """Run the demo and picture the score table, commented copies, and the summary's first page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("workbook-tools", "demo", "-o", str(folder))
        shown = folder / "shown.xlsx"
        show_comments(folder / "批注副本" / SAMPLE, shown)
        picture(SAMPLES / SAMPLE, 13, HERE / "template", (40, 60, 950, 700))
        picture(shown, 13, HERE / "annotated", (40, 640, 860, 560))
        show_comments(folder / "批注副本" / CROWDED, shown)
        picture(shown, 4, HERE / "notes", (40, 40, 1380, 960))
        picture(folder / "汇总.xlsx", 1, HERE / "summary", (20, 20, 1420, 1000))
    shrink(HERE)


def show_comments(source: Path, target: Path) -> None:
    """Copy a workbook with all its comments shown."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith(".vml"):
                data = data.replace(b"visibility:hidden", b"visibility:visible")
                data = data.replace(b"<x:AutoFill>", b"<x:Visible/><x:AutoFill>")
            new.writestr(entry, data)


def picture(workbook: Path, page: int, target: Path, box: tuple[int, int, int, int]) -> None:
    """Render one printed page of a workbook and keep the box (left, top, width, height).

    ``target``: where the picture goes, without ``.png``.
    """
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        run(
            "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder,
            str(workbook),
        )  # fmt: skip
        left, top, width, height = map(str, box)
        pdf = Path(folder, workbook.name).with_suffix(".pdf")
        run(
            "pdftoppm", "-png", "-r", "125", "-f", str(page), "-l", str(page), "-singlefile",
            "-x", left, "-y", top, "-W", width, "-H", height, str(pdf), str(target),
        )  # fmt: skip


def run(*command: str) -> None:
    """Run a program and stop where it fails."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
