"""LibreOffice with the add-in's macros, as an object; its work is done in `office_session.py`."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.lo import SOFFICE
from tests.macros import office_session
from workbook_tools.ooxml import to_a1
from workbook_tools.proof.witnesses import calc_session
from workbook_tools.proof.witnesses.libreoffice import _python_with_uno

Notes = dict[tuple[str, str], str]
"""By sheet and cell, the text of the note."""


class Office:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, *question: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "LibreOffice ended"
        return json.loads(answer)

    def notes(self) -> Notes:
        return {
            (sheet, to_a1(row + 1, column + 1)): text
            for sheet, column, row, text in self.ask("notes")
        }


@contextmanager
def office(twin: Path | None = None) -> Iterator[Office]:
    python = _python_with_uno(SOFFICE)
    assert python is not None, "no interpreter can import uno"
    with tempfile.TemporaryDirectory(prefix="lo_macros_") as profile:
        command = [python, office_session.__file__, calc_session.__file__, str(SOFFICE)]
        process = subprocess.Popen(
            [*command, profile, str(twin or "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        with process:
            try:
                yield Office(process)
            finally:
                assert process.stdin is not None
                process.stdin.close()
