"""Build the samples with own indicators: ``python -m samples.own.build`` (needs LibreOffice)."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from tests.lo import recalculate
from workbook_tools.standard import load_standard
from workbook_tools.template import Filling, build_template

HERE = Path(__file__).parent
Plain = int | float | str | datetime.date | None


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that must be there: its name, and the field or ``column[row]`` (rows from 1)."""

    name: str
    at: str = ""
    severity: str = ""


class OwnSample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a department or a project filled in, slips included, and what must come of it.

    ``scores``: worked out by hand, by indicator id and for ``total``.
    """

    standard: str
    character: str
    values: dict[str, Any]
    rows: list[dict[str, Any]]
    scores: dict[str, float]
    finds: list[Wanted] = []


def load() -> dict[str, OwnSample]:
    """Every sample by the name of its file."""
    return {
        path.stem: msgspec.yaml.decode(path.read_bytes(), type=OwnSample)
        for path in sorted(HERE.glob("*.yaml"))
    }


def main() -> None:
    """Write every sample as LibreOffice saves it."""
    samples = load()
    with tempfile.TemporaryDirectory() as folder:
        typed = []
        for stem, sample in samples.items():
            path = Path(folder) / f"{stem}.xlsx"
            filling = Filling(values=sample.values, rows={"kpis": sample.rows})
            build_template(load_standard(sample.standard), path, filling=filling)
            typed.append(path)
        for stem, path in zip(
            samples, recalculate(typed, Path(folder) / "calculated"), strict=True
        ):
            (HERE / f"{stem}.xlsx").write_bytes(path.read_bytes())


if __name__ == "__main__":
    main()
