"""The command line where reading a workbook hangs, hoards or dies, by the name of its file.

Run as a script: worker processes load the script that was started, and so hang as well.
"""

from __future__ import annotations

import os
import signal
from itertools import count
from pathlib import Path
from typing import Any

from workbook_tools.assessment import Assessment, assessing
from workbook_tools.ooxml import PackageSource, name_of

_assess = assessing.assess


def assess(source: PackageSource, *args: Any, **more: Any) -> Assessment:
    """In the place of `assessing.assess`."""
    name = Path(name_of(source)).name
    if name.startswith("慢"):
        for _ in count():
            pass
    if name.startswith("大"):
        bytearray(900_000_000)
    if name.startswith("死"):
        os.kill(os.getpid(), signal.SIGKILL)
    return _assess(source, *args, **more)


assessing.assess = assess

if __name__ == "__main__":
    from workbook_tools.cli import main

    main()
