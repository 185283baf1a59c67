"""One consolidation in a process of its own, which prints its time and memory.

python -m benchmarks.one_consolidation FOLDER COUNT JOBS [CACHE]
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

from benchmarks.measuring import peaks
from workbook_tools.assessment.cache import Cache
from workbook_tools.consolidation import consolidate


def main() -> None:
    """Consolidate the first workbooks of a folder, as the command line does."""
    folder, count, jobs, *cache = sys.argv[1:]
    paths = sorted(Path(folder).glob("*.xlsx"))[: int(count)]
    start = time.perf_counter()
    read_after = busy = 0.0

    def progress(done: int, number: int) -> None:
        nonlocal read_after, busy
        read_after, busy = time.perf_counter() - start, time.process_time()

    with (
        ProcessPoolExecutor(int(jobs)) if int(jobs) > 1 else nullcontext() as executor,
        Cache(cache[0]) if cache else nullcontext() as kept,
    ):
        consolidate(
            paths,
            Path(folder).with_name(f"summary-{count}.xlsx"),
            executor=executor,
            progress=progress,
            cache=kept,
        )
    whole = time.perf_counter() - start
    own, worker = peaks()
    workers = os.times()
    print(
        json.dumps(
            {
                "read": read_after,
                "whole": whole,
                "memory": own,
                "worker": worker,
                "busy": busy,  # processor time of this process while workbooks are read
                "workers_busy": workers.children_user + workers.children_system,
            }
        )
    )


if __name__ == "__main__":
    main()
