"""The second county, in two years: ``second-county/departments.yaml`` as workbooks and a summary.

This year's workbooks travel in one archive, as a county sends them; of last year there is what a
bureau has kept, its summary.
"""

from __future__ import annotations

import datetime
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from samples.data import filled_in, load_samples, rows_of, values_of
from workbook_tools.consolidation import consolidate
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import fields
from workbook_tools.template import Filling, build_template

HERE = Path(__file__).parent / "second-county"
SENT, ROSTER, LAST_YEAR = HERE / "报送.zip", HERE / "名册.csv", HERE / "2019年汇总.xlsx"
_ABOVE = "邻县人民政府（虚构）"
_WHEN = datetime.datetime(2020, 4, 20, 9, 0)
_IN_ZIP = (2021, 3, 31, 9, 0, 0)


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A department: what differs from the base, and texts that it has from somebody else."""

    code: str
    name: str
    kpis: list[str]
    former: str = ""
    values: dict[str, Any] = {}
    copied: list[str] = []


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must come of it, worked by hand."""

    hints: list[tuple[str, str, str, str]]
    breaks: list[tuple[str, str, str, str]]
    moves: list[tuple[str, str, str]]


class SecondCounty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The county of both years."""

    base: str
    departments: list[Unit]
    last_year: dict[str, dict[str, Any]]
    told: Told


def load() -> SecondCounty:
    """What the file says."""
    return msgspec.yaml.decode((HERE / "departments.yaml").read_bytes(), type=SecondCounty)


def build(standard: Standard) -> None:
    """Write the archive, the roster and last year's summary."""
    county = load()
    lines = [f"{one.code},{one.name},{one.former}" for one in county.departments]
    text = "\n".join(["单位编码,单位名称,去年单位编码", *lines, ""])
    ROSTER.write_text(text, encoding="utf-8-sig")
    with tempfile.TemporaryDirectory() as name:
        this, last = Path(name, "2020"), Path(name, "2019")
        for folder in (this, last):
            folder.mkdir()
        with zipfile.ZipFile(SENT, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in county.departments:
                path = write(county, one, standard, this)
                entry = zipfile.ZipInfo(path.name, _IN_ZIP)
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        for one in county.departments:
            write(county, one, standard, last, last_year=True)
        consolidate([last], LAST_YEAR, standard=standard, when=_WHEN, overwrite=True)


def write(
    county: SecondCounty, unit: Unit, standard: Standard, folder: Path, *, last_year: bool = False
) -> Path:
    """The workbook of a department in one of the years."""
    base = load_samples()[county.base]
    values = values_of(base, standard) | unit.values
    if last_year:
        values |= county.last_year["all"] | county.last_year.get(unit.code, {})
    values |= {"unit_code": unit.former if last_year and unit.former else unit.code}
    values |= {"unit_name": unit.name, "supervising_department": _ABOVE}
    for field, text in base.inputs.items():
        if "{" in str(text):  # which was filled with the figures of the base
            values[field] = filled_in(text, values)
    values |= dict(_texts(values, unit, standard))
    rows = rows_of(base, standard)
    for row, kpi in zip(rows["kpis"], unit.kpis, strict=True):
        row["name"] = kpi
    path = folder / f"{unit.code}-{unit.name}.xlsx"
    build_template(standard, path, filling=Filling(values=values, rows=rows))
    return path


def _texts(values: dict[str, Any], unit: Unit, standard: Standard) -> Iterator[tuple[str, str]]:
    """The long texts, each of this unit alone."""
    for field in fields(standard).values():
        text = values.get(field.id)
        if field.type == "long_text" and text and field.id not in unit.copied:
            yield field.id, f"{unit.name}：{text}"
