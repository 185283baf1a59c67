"""What 校验.bat runs: files and folders that were dropped on it are checked.

Copied into the folder for Windows, beside the interpreter; the copies with comments are written
into 批注, beside the first thing that was dropped.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbook_tools.cli import main


def check(dropped: list[str]) -> None:
    """Do as `workbook-tools validate` does with these paths, and end as it ends."""
    if not dropped:
        sys.exit("请把填好的工作簿（.xlsx）或文件夹拖到“校验.bat”的图标上，不要直接双击它。")
    copies = Path(dropped[0]).resolve().parent / "批注"
    sys.argv = ["workbook-tools", "validate", *dropped, "-o", str(copies)]
    main()


if __name__ == "__main__":
    check(sys.argv[1:])
