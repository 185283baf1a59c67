"""Types into a workbook with LibreOffice Calc and saves it; for an interpreter with UNO.

``python typing_session.py CALC_SESSION SOFFICE PROFILE SOURCE TARGET``: CALC_SESSION is the path of
our `calc_session.py`. The input is JSON: a list of sheet, row and column (from 1) and what is typed
there, as one types it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any


def main(helper: str, office: str, profile: str, source: str, target: str) -> None:
    """Open the source, type, and save as the target, every formula calculated by then."""
    spec = importlib.util.spec_from_file_location("calc_session", helper)
    assert spec is not None
    assert spec.loader is not None
    calc_session = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(calc_session)
    with calc_session.started(office, profile) as desktop:
        book = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, ())
        for sheet, row, column, text in json.load(sys.stdin):
            cell = book.Sheets.getByName(sheet).getCellByPosition(column - 1, row - 1)
            cell.setFormula(text)
        book.calculateAll()
        book.storeToURL(Path(target).as_uri(), (_named("FilterName", _EXCEL),))
        book.close(True)


_EXCEL = "Calc MS Excel 2007 XML"


def _named(name: str, value: object) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # UNO's own

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
