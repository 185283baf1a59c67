"""Build the sample workbooks: ``python -m samples.build`` from the top of the source tree.

Needs LibreOffice Calc (``soffice``) and the extra ``test``. Each sample goes three steps:

1. the template builder writes the department's entries, slips included, as if a person had typed
   them; the bureau's issued values come from roster.csv;
2. LibreOffice calculates the whole workbook anew and saves it;
3. the sample is that saved file as it is (``saved_by: libreoffice``), or a second build of the
   first that carries LibreOffice's results beside its formulas (``saved_by: xlsxwriter``).

A file saved by LibreOffice differs from one that came from Excel as such files do in practice: the
very hidden sheet is merely hidden, input prompts and styles are renumbered, formulas are written
its own way. Files of the second kind are the same bytes on every run; LibreOffice stamps its
files with the time, so that of those only the contents are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from samples import second_county
from samples.data import HERE, Plain, RowSlip, Sample, issued_to, load_samples, rows_of, values_of
from samples.describe import describe
from samples.places import places_in
from tests.lo import recalculate
from workbook_tools.ooxml import Area, Cell, Workbook, open_workbook, to_a1
from workbook_tools.ooxml.address import MAX_COLUMN, MAX_ROW
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.contract import fields
from workbook_tools.template import Filling, TypedFormula, build_template

Results = Mapping[tuple[str, str], float | str]
README = HERE / "README.md"


def main() -> None:
    """Build every sample and the README that says what must be found in them."""
    standard, samples = load_standard(), load_samples()
    with tempfile.TemporaryDirectory() as folder:
        build_samples(samples, standard, HERE, Path(folder))
        places = places_in(Path(folder) / "template.xlsx")
    second_county.build(standard)
    README.write_text(describe(samples, standard, places), encoding="utf-8")


def build_samples(
    samples: Mapping[str, Sample], standard: Standard, target: Path, scratch: Path
) -> None:
    """Write one workbook per sample into ``target``; ``scratch`` is an empty folder to work in."""
    typed = scratch / "typed"
    typed.mkdir()
    template = scratch / "template.xlsx"
    build_template(standard, template)
    originals = formulas_by_name(template)
    sources = []
    for stem, sample in samples.items():
        sources.append(typed / f"{stem}.xlsx")
        filling = filling_of(sample, standard, originals, {})
        build_template(standard, sources[-1], issued_to(sample, standard), filling)
    calculated = recalculate(sources, scratch / "calculated")
    for (stem, sample), path in zip(samples.items(), calculated, strict=True):
        result = target / f"{stem}.xlsx"
        if sample.saved_by == "libreoffice":
            result.write_bytes(path.read_bytes())
            continue
        filling = filling_of(sample, standard, originals, results_in(path), saved=True)
        build_template(standard, result, issued_to(sample, standard), filling, overwrite=True)


def filling_of(
    sample: Sample,
    standard: Standard,
    originals: Mapping[str, tuple[tuple[str, str], str]],
    results: Results,
    *,
    saved: bool = False,
) -> Filling:
    """What stands in a sample, slips included.

    ``originals``: the template's formulas (see :func:`formulas_by_name`), ``results``: what is
    stored beside them. ``saved``: with the slips that were made after the results were stored.
    """
    values: dict[str, Plain] = values_of(sample, standard)
    rows = rows_of(sample, standard)
    overwritten: dict[str, Any] = {}
    by_name = {field.name: field.id for field in fields(standard).values()}
    for mistake in sample.mistakes:
        values |= {by_name[name]: value for name, value in mistake.put.items()}
        _change(rows, mistake.put_rows)
        if saved:
            _change(rows, mistake.put_rows_after_saving)
        overwritten |= mistake.overwrite
        for name, (old, new) in mistake.alter.items():
            place, formula = originals[name]
            assert old in formula, f"{name} has no {old}: {formula}"
            overwritten[name] = TypedFormula(formula.replace(old, new), results.get(place, 0))
    return Filling(values=values, rows=rows, overwritten=overwritten, results=results)


def _change(rows: dict[str, list[dict[str, Plain]]], slips: Sequence[RowSlip]) -> None:
    for slip in slips:
        rows[slip.table][slip.row - 1][slip.column] = slip.value


def formulas_by_name(path: Path) -> dict[str, tuple[tuple[str, str], str]]:
    """The formulas in named cells: by defined name, the place (sheet, cell) and the text."""
    with open_workbook(path) as book:
        formulas = {place: cell.formula for place, cell in _cells(book) if cell.formula is not None}
        places = {
            name: (area.sheet, area.a1)
            for name, area in book.names.items()
            if area is not None and area.is_cell
        }
    return {
        name: (place, f"={formulas[place]}") for name, place in places.items() if place in formulas
    }


def results_in(path: Path) -> Results:
    """What a program stored beside the formulas of a workbook, by sheet title and cell."""
    with open_workbook(path) as book:
        return {
            place: "" if cell.value is None else cell.value
            for place, cell in _cells(book)
            if cell.formula is not None
        }


def _cells(book: Workbook) -> Iterator[tuple[tuple[str, str], Cell]]:
    for sheet in book.sheets:
        everywhere = Area(sheet.name, 1, 1, MAX_ROW, MAX_COLUMN)
        for (row, column), cell in book.cells(sheet.name, [everywhere]).items():
            yield (sheet.name, to_a1(row, column)), cell


if __name__ == "__main__":
    main()
