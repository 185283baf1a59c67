"""Put many mutants of the samples through the whole way and count what became of them.

    python -m tests.fuzz.run --mutants 20000 --seed 0 [--keep FOLDER]

Exit code 1 when a mutant broke the property; it is then kept, and named by its seed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.judging import judge
from tests.fuzz.mutations import mutant
from workbook_tools.cli.samples import samples_folder

SOURCES = sorted(samples_folder().glob("*.xlsx"))


def main() -> int:
    """Run the mutants of consecutive seeds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-breaches"))
    asked = parser.parse_args()
    counted: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as room:
        path = Path(room, "mutant.xlsx")
        for number, seed in enumerate(range(asked.seed, asked.seed + asked.mutants), start=1):
            path.write_bytes(mutant(seed, SOURCES))
            verdict, why = judge(path, Path(room))
            counted[verdict] += 1
            if verdict == "breach":
                asked.keep.mkdir(exist_ok=True)
                (asked.keep / f"{seed}.xlsx").write_bytes(path.read_bytes())
                print(f"seed {seed}: {why}", flush=True)
            if number % 1000 == 0:
                print(f"{number} in {time.monotonic() - began:.0f} s: {dict(counted)}", flush=True)
    print(f"{asked.mutants} in {time.monotonic() - began:.0f} s: {dict(counted)}")
    return int(counted["breach"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
