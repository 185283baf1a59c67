"""A bureau's desk on its last day: many departments upload at once, hostile files among theirs.

``python -m benchmarks.desk_load [--units 60] [--seconds 120] [--hostile 200]``

Each department logs in at a random moment, uploads a sample and is answered; others send the files
of ``tests/hostile``. Nothing here asserts a time: that whatever was acknowledged is kept, and that
every honest upload was answered, is asserted; how long it took is printed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.desk.serving import Server, entered, sent
from tests.hostile.corpus import BUILDERS
from workbook_tools.cli.samples import samples_folder
from workbook_tools.desk.uploads import LARGEST

PORT = 18490
_SENDERS = 20  # departments that send hostile files, each one at a time
_SEED = 20260


class Sent(NamedTuple):
    """How long an upload took, and the number of its version or why it was refused."""

    seconds: float
    answer: int | str


def main() -> None:
    """Print how long honest uploads took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--hostile", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hostile = _hostile(Path(folder), asked.hostile)
        server = Server(Path(folder) / "data", PORT)
        try:
            _load(server, asked.units, asked.seconds, hostile)
        finally:
            server.end()


def _load(server: Server, units: int, seconds: float, hostile: Sequence[bytes]) -> None:
    honest = [f"1{number:05}" for number in range(units)]
    others = [f"2{number:05}" for number in range(_SENDERS if hostile else 0)]
    codes = server.begin([*honest, *others])
    samples = [path.read_bytes() for path in sorted(samples_folder().glob("*.xlsx"))]
    chance = random.Random(_SEED)
    started = time.monotonic()

    def visit(code: str, files: Sequence[bytes], moments: Sequence[float]) -> list[Sent]:
        """Upload each file at its moment."""
        answers: list[Sent] = []
        with server.browser() as browser:
            for place, (content, moment) in enumerate(zip(files, moments, strict=True)):
                time.sleep(max(0.0, started + moment - time.monotonic()))
                if not place:
                    entered(browser, code, codes[code])
                before = time.monotonic()
                answer = sent(browser, content)
                answers.append(Sent(time.monotonic() - before, answer))
        return answers

    with ThreadPoolExecutor(len(codes)) as threads:
        good = [
            threads.submit(visit, code, [chance.choice(samples)], [chance.uniform(0, seconds)])
            for code in honest
        ]
        bad = [
            threads.submit(
                visit,
                code,
                files := hostile[place :: len(others)],
                sorted(chance.uniform(0, seconds) for _ in files),
            )
            for place, code in enumerate(others)
        ]
        honest_ones = [one for future in good for one in future.result()]
        hostile_ones = [one for future in bad for one in future.result()]
    over = time.monotonic() - started
    assert server.process.poll() is None
    for one in honest_ones:
        assert isinstance(one.answer, int), one
    kept = len(server.kept())
    refused = sum(isinstance(one.answer, str) for one in hostile_ones)
    acknowledged = len(honest_ones) + len(hostile_ones) - refused
    assert kept == acknowledged, (kept, acknowledged)
    taken = sorted(one.seconds for one in honest_ones)
    print(f"{units} departments within {seconds:g} s, {len(hostile)} hostile files among them")
    print(f"acknowledged {acknowledged}, kept {kept}; hostile refused {refused}")
    slowest = max((one.seconds for one in hostile_ones), default=0)
    print(f"the slowest hostile file took {slowest:.1f} s")
    for share in (0.5, 0.95, 1):
        print(f"p{share * 100:g}: {taken[min(len(taken) - 1, int(len(taken) * share))]:.2f} s")
    print(f"last answer after {over:.0f} s")


def _hostile(folder: Path, most: int) -> list[bytes]:
    """Files of the corpus that are small enough to be sent, in its order."""
    found: list[bytes] = []
    path = folder / "坏.xlsx"
    for build in BUILDERS.values():
        if len(found) == most:
            break
        build(path)
        if path.is_file() and not path.is_symlink():
            if path.stat().st_size <= LARGEST:
                found.append(path.read_bytes())
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return found


if __name__ == "__main__":
    main()
