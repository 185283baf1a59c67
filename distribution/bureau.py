"""What 收件台.bat runs: the bureau's desk, with its data in 收件, beside the program.

Copied into the folder for Windows, beside the interpreter.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbook_tools.cli import main


def serve(options: list[str]) -> None:
    """Do as `workbook-tools desk --serve 收件` does, and end as it ends."""
    data = Path(__file__).resolve().parents[1] / "收件"
    sys.argv = ["workbook-tools", "desk", "--serve", str(data), *options]
    main()


if __name__ == "__main__":
    serve(sys.argv[1:])
