"""LibreOffice Calc: one session over UNO, the template loaded once and calculated hard each time.

UNO belongs to the Python that LibreOffice was built for, not to ours, so the session is a script
of its own (:mod:`.calc_session`) that a second interpreter runs. Lines of JSON go to and fro.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from workbook_tools.proof.inputs import CellContent, ErrorValue, InputSet
from workbook_tools.proof.witnesses import Witness, WitnessError, calc_session
from workbook_tools.proof.workbook import ProofBook, WitnessCell, WitnessResult

_PATIENCE = 120  # seconds for one answer; loading takes a few, a case some hundredths


@contextmanager
def opened(book: ProofBook) -> Iterator[Witness]:
    """Start LibreOffice and load the book; raises WitnessError where that cannot be done."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    python = _python_with_uno(office)
    if office is None or python is None:
        raise WitnessError(
            "没有找到 LibreOffice Calc 及其 Python 接口。"
            "请先安装，如在 Debian、Ubuntu 上：apt-get install libreoffice-calc python3-uno"
        )
    with (
        tempfile.TemporaryDirectory(prefix="proof_profile_") as profile,
        subprocess.Popen(
            [python, calc_session.__file__, office, profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        session = _Session(process)
        try:
            places = list(book.outputs.values())
            session.ask({"document": book.path.resolve().as_uri(), "outputs": places})
            yield _LibreOffice(session, book)
        finally:
            assert process.stdin is not None
            process.stdin.close()  # the session ends LibreOffice, then itself


def _python_with_uno(office: str | None) -> str | None:
    """An interpreter that can import uno: LibreOffice's own, the system's, ours."""
    own = [] if office is None else [Path(office).resolve().parent / "python"]
    for python in (*map(str, own), "/usr/bin/python3", "python3", sys.executable):
        found = shutil.which(python)
        if found:
            run = subprocess.run([found, "-c", "import uno"], capture_output=True, check=False)
            if run.returncode == 0:
                return found
    return None


class _Session:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Send one line, wait for one line."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        watch = threading.Timer(_PATIENCE, self.process.terminate)
        watch.start()
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            watch.cancel()
        if not answer:
            raise WitnessError("LibreOffice 没有回应，已停止。请确认它能正常启动后重试。")
        return json.loads(answer)


class _LibreOffice:
    def __init__(self, session: _Session, book: ProofBook) -> None:
        self.session, self.book = session, book
        self.current: Mapping[WitnessCell, CellContent] = book.preset

    def results(self, inputs: InputSet) -> Mapping[str, WitnessResult]:
        wanted = self.book.cells(inputs)
        cells: list[tuple[object, ...]] = [
            (*place, "plain", "") for place in self.current.keys() - wanted.keys()
        ]
        cells += [
            (*place, *_written(content))
            for place, content in wanted.items()
            if place not in self.current or self.current[place] is not content
        ]
        self.current = wanted
        answer = self.session.ask({"cells": cells})
        return dict(zip(self.book.outputs, answer, strict=True))


def _written(content: CellContent) -> tuple[str, object]:
    match content:
        case bool():
            return "formula", "TRUE" if content else "FALSE"
        case Fraction():
            return "plain", float(content)
        case str():
            return "plain", content
        case ErrorValue():
            return "formula", content.formula
