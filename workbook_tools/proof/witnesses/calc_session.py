"""A session with LibreOffice Calc, run by an interpreter that has UNO; knows nothing of ours.

``python calc_session.py SOFFICE PROFILE``. The first line read is the document's address and the
cells to report; each further line holds the cells to change ("plain": a number, a text, "" for a
blank; or "formula"), and is answered with what the cells
to report show after everything was calculated anew. Rows and columns count from 1. At the end of
the input LibreOffice is ended too.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STARTS_WITHIN = 60  # seconds


def main(office: str, profile: str) -> None:
    """Serve with a LibreOffice of its own."""
    with started(office, profile) as desktop:
        serve(desktop)


@contextlib.contextmanager
def started(office: str, profile: str) -> Iterator[Any]:
    """The desktop of a LibreOffice with a profile of its own, which is ended afterwards."""
    pipe = f"workbooktools{os.getpid()}"
    process = subprocess.Popen(
        [
            office,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # soffice is a script that starts others: all are ended together
    )
    try:
        yield connected(pipe, process)
    finally:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


def connected(pipe: str, process: subprocess.Popen[bytes]) -> Any:
    """The desktop of the LibreOffice that listens at the pipe."""
    import uno  # type: ignore[import-not-found]  # only the interpreter that runs this has it

    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", here
    )
    until = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:  # UNO's exceptions are known only once it is imported
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.2)
    return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


def serve(desktop: Any) -> None:
    """Answer line by line until the input ends."""
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # as above

    first = json.loads(sys.stdin.readline())
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(first["document"], "_blank", 0, (hidden,))
    document.enableAutomaticCalculation(False)
    sheets = {name: document.Sheets.getByName(name) for name in document.Sheets.ElementNames}
    report = Report(sheets, first["outputs"])
    for sheet in sheets.values():
        sheet.unprotect("")
    print("{}", flush=True)
    for line in sys.stdin:
        write(sheets, json.loads(line)["cells"])
        document.calculateAll()
        print(json.dumps(report.shown()), flush=True)
    document.close(True)


def write(sheets: dict[str, Any], cells: list[tuple[str, int, int, str, Any]]) -> None:
    """Fill cells as if they had been read from a file, neighbours in a row at one go."""
    plain = {(cell[0], cell[1], cell[2]): cell[4] for cell in cells if cell[3] == "plain"}
    for sheet, row, column in sorted(plain):
        if (sheet, row, column - 1) in plain:
            continue  # written with its neighbour
        run: list[Any] = []
        while (sheet, row, column + len(run)) in plain:
            run.append(plain[sheet, row, column + len(run)])
        place = column - 1, row - 1, column + len(run) - 2, row - 1
        sheets[sheet].getCellRangeByPosition(*place).setDataArray((tuple(run),))
    for sheet, row, column, kind, content in cells:
        if kind == "formula":
            sheets[sheet].getCellByPosition(column - 1, row - 1).setFormula(content)


class Report:
    """The cells to report, read in one piece per sheet: each question to LibreOffice takes time."""

    def __init__(self, sheets: dict[str, Any], places: list[tuple[str, int, int]]) -> None:
        self.places = places
        self.ranges = {}
        for title in {sheet for sheet, _, _ in places}:
            rows = [row for sheet, row, _ in places if sheet == title]
            columns = [column for sheet, _, column in places if sheet == title]
            self.ranges[title] = sheets[title].getCellRangeByPosition(
                0, 0, max(columns) - 1, max(rows) - 1
            )

    def shown(self) -> list[Any]:
        """What the cells show: a number, a text, or an error's text."""
        values = {title: found.getDataArray() for title, found in self.ranges.items()}
        return [
            self.error(sheet, row, column) if value is None else value
            for sheet, row, column in self.places
            for value in [values[sheet][row - 1][column - 1]]
        ]

    def error(self, sheet: str, row: int, column: int) -> str:
        """The text of a cell that has no value: #N/A or the like."""
        return str(self.ranges[sheet].getCellByPosition(column - 1, row - 1).getString())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
