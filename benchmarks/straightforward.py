"""What somebody would write in an afternoon: openpyxl twice and pandas.

Every input, score and table row by its defined name, a summary of one sheet. It recomputes and
checks nothing. It runs in a process of its own and prints its time and memory.

    python -m benchmarks.straightforward WORKBOOK...
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
import pandas as pd

from benchmarks.measuring import peaks


def read(path: Path) -> dict[str, object]:
    """Values by defined name, and how many of the named cells hold formulas."""
    formulas, values = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    row: dict[str, object] = {"file": path.name}
    with_formula = 0
    for name, definition in formulas.defined_names.items():
        for sheet, place in definition.destinations:
            cells = values[sheet][place]
            if isinstance(cells, tuple):
                row[name] = sum(cell.value is not None for line in cells for cell in line)
            else:
                row[name] = cells.value
                with_formula += formulas[sheet][place].data_type == "f"
    return {**row, "formulas": with_formula}


def main() -> None:
    """Summarise the workbooks named on the command line."""
    paths = [Path(one) for one in sys.argv[1:]]
    read(paths[0])
    start = time.perf_counter()
    frame = pd.DataFrame([read(path) for path in paths])
    read_after = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        frame.to_excel(Path(folder, "summary.xlsx"), index=False)
    print(
        json.dumps({"read": read_after, "whole": time.perf_counter() - start, "memory": peaks()[0]})
    )


if __name__ == "__main__":
    main()
