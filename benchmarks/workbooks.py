"""Thousands of different filled workbooks with stored results, in minutes.

A *shape* is a department made up at random, built by the template builder and calculated once by
LibreOffice, whose results are stored beside the formulas. A *workbook* is a shape with a name and
a code of its own in every text and all amounts multiplied by a factor of its own, written at
package level: amounts and their sums grow alike, so ratios, scores and stored results stay right.

    python -m benchmarks.workbooks 1000 FOLDER
"""

from __future__ import annotations

import argparse
import itertools
import re
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

import msgspec

from benchmarks.departments import CODE, UNIT, department
from samples.build import results_in
from tests.lo import recalculate
from workbook_tools.ooxml import Workbook, open_workbook, to_a1
from workbook_tools.scoring import evaluate
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.contract import column_name, fields
from workbook_tools.submission import read_submission
from workbook_tools.template import Filling, build_template

SHAPES = 40
_DERIVED_AMOUNTS = ("calc_budget_adjusted", "calc_projects_", "calc_three_public_")
_Pieces = list[bytes | float]  # of a part: what stays, and amounts to be multiplied


def make_workbooks(count: int, folder: Path, shapes: int = SHAPES) -> list[Path]:
    """The workbooks 1 to ``count`` in ``folder``, made where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    models = make_shapes(shapes, folder.parent / "shapes")
    paths = [folder / f"{number:06d}.xlsx" for number in range(1, count + 1)]
    missing = [path for path in paths if not path.exists()]
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(partial(write_workbook, models), missing, chunksize=100):
            pass
    return paths


def make_shapes(count: int, folder: Path) -> list[Path]:
    """So many shapes; made once and kept in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{seed:03d}.xlsx" for seed in range(count)]
    missing = [path for path in paths if not path.exists()]
    if not missing:
        return paths
    standard = load_standard()
    with tempfile.TemporaryDirectory() as scratch:
        typed = Path(scratch, "typed")
        typed.mkdir()
        fillings = {}
        for path in missing:
            filling = _with_self_scores(department(standard, int(path.stem)), standard, scratch)
            build_template(standard, typed / path.name, filling=filling)
            fillings[path] = filling
        calculated = recalculate([typed / path.name for path in missing], Path(scratch, "results"))
        for path, source in zip(missing, calculated, strict=True):
            filling = msgspec.structs.replace(fillings[path], results=results_in(source))
            build_template(standard, path, filling=filling)
    return paths


def _with_self_scores(filling: Filling, standard: Standard, scratch: str) -> Filling:
    """The department with honest self scores, but every third claims full points somewhere."""
    path = Path(scratch, "bare.xlsx")
    build_template(standard, path, filling=filling, overwrite=True)
    submission = read_submission(path, standard)
    evaluation = evaluate(submission)
    scores = {f"self_{one.indicator}": one.score or 0 for one in evaluation.results.values()}
    if int(submission.number("staff_quota") or 0) % 3 == 0:
        scores["self_timely_completion"] = Fraction(4)
    claimed = {"claimed_total": sum(scores.values()), "claimed_grade": evaluation.total.grade}
    return msgspec.structs.replace(filling, values={**filling.values, **scores, **claimed})


def write_workbook(shapes: list[Path], path: Path, number: int | None = None) -> None:
    """Write workbook ``number``, by default the one that the file's name tells."""
    number = number or int(path.stem)
    unit, code = f"示例第{number:06d}号单位".encode(), f"{number:06d}".encode()
    factor = 1 + number // len(shapes) % 300 / 100  # amounts keep two places
    packed = []
    for name, pieces in _pieces(shapes[number % len(shapes)]):
        text = b"".join(
            one if isinstance(one, bytes) else b"%.15g" % round(one * factor, 2) for one in pieces
        )
        packed.append((name, text.replace(UNIT.encode(), unit).replace(CODE.encode(), code)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in packed:
            target.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


@cache
def _pieces(shape: Path) -> list[tuple[str, _Pieces]]:
    with open_workbook(shape) as book:
        amounts: dict[str, set[str]] = {}
        for part, cell in _amounts(book):
            amounts.setdefault(part, set()).add(cell)
        names = book.package.names
        return [(one, _split(book.package.read(one), amounts.get(one, set()))) for one in names]


def _amounts(book: Workbook) -> Iterator[tuple[str, str]]:
    """Part and cell of every amount of money, entered or added up."""
    standard = load_standard()
    names = [one.name for one in fields(standard).values() if one.type == "money"]
    names += [
        column_name(table.id, column.id)
        for table in standard.tables
        for column in table.columns
        if column.type == "money"
    ]
    names += [name for name in book.names if name.startswith(_DERIVED_AMOUNTS)]
    for area in filter(None, map(book.names.get, names)):
        rows = range(area.first_row, area.last_row + 1)
        columns = range(area.first_col, area.last_col + 1)
        for row, column in itertools.product(rows, columns):
            yield book.sheet(area.sheet).part, to_a1(row, column)


def _split(xml: bytes, cells: set[str]) -> _Pieces:
    pieces: _Pieces = []
    end = 0
    for found in re.finditer(rb'<c r="([A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>([^<]*)</v>', xml):
        if found[1].decode() in cells and not found[0].count(b't="'):
            pieces += [xml[end : found.start(2)], float(found[2])]
            end = found.end(2)
    return [*pieces, xml[end:]]


def main() -> None:
    """Make workbooks."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    make_workbooks(given.count, given.folder)


if __name__ == "__main__":
    main()
