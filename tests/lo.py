"""LibreOffice as an independent reader and calculator of the workbooks that we write.

LibreOffice trusts the results stored in a file and ignores the file's wish to be calculated on
opening, so the private profile used here makes it recalculate hard. Given more than about 250
arguments its command line drops files without a word, so files go in batches and are counted.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
BATCH = 200

requires_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice Calc (soffice) is not installed"
)

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class LibreOfficeError(RuntimeError):
    """LibreOffice did not convert every file; the message holds what it said."""


def recalculate(paths: Sequence[Path], outdir: Path) -> list[Path]:
    """Save each workbook as .xlsx into ``outdir``, every formula calculated anew.

    Returns the new files in the order of ``paths``, each under its own name, so the names must
    differ. The given files are not touched.
    """
    return convert(paths, outdir, "xlsx:Calc MS Excel 2007 XML", ".xlsx")


def results_of(path: Path) -> dict[tuple[str, str], float | str]:
    """What the formulas of a recalculated workbook show, by sheet title and cell ("G5").

    This is what ``Filling.results`` of the template takes, to store real results in a workbook.
    """
    formulas, values = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    results: dict[tuple[str, str], float | str] = {}
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = values[sheet.title][cell.coordinate].value
                    results[sheet.title, cell.coordinate] = (
                        value if isinstance(value, int | float | str) else ""
                    )
    return results


def print_to_pdf(paths: Sequence[Path], outdir: Path) -> list[Path]:
    """Print each workbook, all sheets, to a PDF in ``outdir``; formulas are calculated anew."""
    return convert(paths, outdir, "pdf:calc_pdf_Export", ".pdf")


def pages(pdf: Path) -> list[str]:
    """The text of each page of a PDF, without white space, each character in its plain form.

    Which fonts there are decides where spaces are read and which of two equal looking characters
    comes back (图 1, 图1; U+2F00, 一); texts are compared without either.
    """
    tool = shutil.which("pdftotext")
    assert tool is not None, "poppler-utils is not installed"
    command = [tool, "-layout", "-enc", "UTF-8", str(pdf), "-"]
    shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [
        re.sub(r"\s", "", unicodedata.normalize("NFKC", page)) for page in shown.split("\f")[:-1]
    ]


def convert(paths: Sequence[Path], outdir: Path, target: str, suffix: str) -> list[Path]:
    """Convert files into ``outdir`` in as few starts as may be; ``target`` is LibreOffice's filter.

    Returns the new files in the order of ``paths``, each under its own name.
    """
    assert SOFFICE is not None, "LibreOffice Calc (soffice) is not installed"
    outdir.mkdir(parents=True, exist_ok=True)
    results = [outdir / path.with_suffix(suffix).name for path in paths]
    assert len(set(results)) == len(results), "two files have the same name"
    assert not set(results) & set(paths), "a file would be written over itself"
    with tempfile.TemporaryDirectory(prefix="lo_profile_") as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        for batch in _batches(paths):
            command = [SOFFICE, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
            command += ["--convert-to", target, "--outdir", str(outdir), *map(str, batch)]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            missing = [
                path.name for path in batch if not (outdir / path.with_suffix(suffix).name).exists()
            ]
            if run.returncode or missing:
                raise LibreOfficeError(f"not converted: {missing}\n{run.stdout}\n{run.stderr}")
    return results


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(paths), BATCH):
        yield paths[start : start + BATCH]
