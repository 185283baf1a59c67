"""Read, score and check workbooks with own indicators, against those of the seed's table.

A round's workbooks are alike but for who they are from: those of each standard are copies of its
samples, each with a unit code of its own.

    python -m benchmarks.own_indicators [--workbooks 1000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import WORK, cpu_seconds, publish
from benchmarks.per_workbook import all_of, read_score_check
from samples.own.build import HERE, load
from workbook_tools.standard.known_fields import UNIT_CODE
from workbook_tools.submission import read_submission

_SEED, _NATIONAL = "hunan-county-2020", "national-2020"


def copies(models: Sequence[Path], count: int, folder: Path) -> list[Path]:
    """So many workbooks, made from the models in turn; each has a unit code of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {model: read_submission(model).text(UNIT_CODE).encode() for model in models}
    models = [model for model in models if known[model]]
    codes = [known[model] for model in models]
    paths = [folder / f"{number:05d}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        place = number % len(models)
        if not path.exists():
            own = b"%0*d" % (len(codes[place]), number)
            _copy(models[place], path, codes[place], own)
    return paths


def _copy(model: Path, path: Path, code: bytes, own: bytes) -> None:
    with zipfile.ZipFile(model) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith(".xml"):
                data = data.replace(b">%b<" % code, b">%b<" % own)
            target.writestr(info, data, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    own = [HERE / f"{stem}.xlsx" for stem, one in load().items() if one.standard == _NATIONAL]
    models = {_SEED: sorted(HERE.parent.glob("*-2020.xlsx")), _NATIONAL: own}
    works = {
        name: all_of(read_score_check, copies(paths, given.workbooks, WORK / name))
        for name, paths in models.items()
    }
    seconds = cpu_seconds(works, given.rounds)
    publish(
        "own indicators",
        (f"{given.workbooks:,} workbooks of", "ms each", "times the seed's"),
        [
            (name, f"{1000 * time / given.workbooks:.1f}", f"{time / seconds[_SEED]:.2f}")
            for name, time in seconds.items()
        ],
    )


if __name__ == "__main__":
    main()
