"""A session with LibreOffice Calc that runs the add-in's macros; for an interpreter with UNO.

``python office_session.py CALC_SESSION SOFFICE PROFILE TWIN``: CALC_SESSION is the path of our
`calc_session.py`, TWIN the workbook with the macros, "" for none. Each line read is a question
(JSON: what to do and with what), answered with a line.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any


def main(helper: str, office: str, profile: str, twin: str) -> None:
    """Serve with a LibreOffice of its own."""
    spec = importlib.util.spec_from_file_location("calc_session", helper)
    assert spec is not None
    assert spec.loader is not None
    calc_session = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(calc_session)
    with calc_session.started(office, profile) as desktop:
        session = Session(desktop, twin)
        serve(session)
        session.close()


def serve(session: Session) -> None:
    """Answer line by line until the input ends."""
    for line in sys.stdin:
        task, *arguments = json.loads(line)
        print(json.dumps(getattr(session, task)(*arguments)), flush=True)


def properties(**values: Any) -> tuple[Any, ...]:
    """UNO's named arguments."""
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # UNO's own

    made = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


class Session:
    """One workbook at a time, and the macros of the twin, if any, that work on it."""

    def __init__(self, desktop: Any, twin: str) -> None:
        self.desktop = desktop
        always = properties(MacroExecutionMode=4)  # ALWAYS_EXECUTE_NO_WARN: it is our own file
        self.macros: Any = None
        if twin:
            self.macros = desktop.loadComponentFromURL(Path(twin).as_uri(), "_blank", 0, always)
        self.book: Any = None

    def open(self, path: str) -> None:
        """Open a workbook without its sheets' protection, which only Excel lets macros lift."""
        self.close()
        never = properties(MacroExecutionMode=0)
        self.book = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, never)
        for sheet in self._sheets():
            sheet.unprotect("")

    def close(self) -> None:
        """Close the workbook, if one is open; else its lock stays behind."""
        if self.book is not None:
            self.book.close(True)
            self.book = None

    def type(self, cells: list[tuple[str, int, int, str]]) -> None:
        """Type into cells as a person would (sheet, column and row from 0), and calculate."""
        for name, column, row, text in cells:
            self.book.Sheets.getByName(name).getCellByPosition(column, row).setFormula(text)
        self.book.calculateAll()

    def add_note(self, name: str, column: int, row: int, text: str) -> None:
        """Write a note as a person would; column and row count from 0."""
        sheet = self.book.Sheets.getByName(name)
        place = sheet.getCellByPosition(column, row).CellAddress
        sheet.Annotations.insertNew(place, text)

    def save_copy(self, path: str) -> None:
        """Save as Excel's SaveCopyAs does: the workbook stays open as it is."""
        saving = properties(FilterName="Calc MS Excel 2007 XML")
        self.book.storeToURL(Path(path).as_uri(), saving)

    def run(self, macro: str, *arguments: Any) -> Any:
        """Call a macro of the twin ("WbtNotes.ApplyResult"); returns what it returns."""
        address = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        script = self.macros.getScriptProvider().getScript(address)
        return script.invoke(arguments, (), ())[0]

    def notes(self) -> list[tuple[str, int, int, str]]:
        """All notes: sheet, column and row from 0, text."""
        found = []
        for sheet in self._sheets():
            notes = sheet.Annotations
            for index in range(notes.Count):
                note = notes.getByIndex(index)
                found.append((sheet.Name, note.Position.Column, note.Position.Row, note.String))
        return found

    def selected(self) -> str:
        """The address of the selection."""
        return str(self.book.CurrentController.Selection.AbsoluteName)

    def _sheets(self) -> list[Any]:
        sheets = self.book.Sheets
        return [sheets.getByIndex(index) for index in range(sheets.Count)]


if __name__ == "__main__":
    main(*sys.argv[1:])
