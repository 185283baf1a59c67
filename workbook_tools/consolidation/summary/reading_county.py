"""A county from its summary: the very hidden sheet of figures of a workbook, or a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from workbook_tools.consolidation.round.amounts import Amount, amounts
from workbook_tools.consolidation.round.lines import ADDS_UP, CODE, GRADE, NAME, POINTS, RANK
from workbook_tools.consolidation.round.previous import PreviousError
from workbook_tools.consolidation.round.province import County, county
from workbook_tools.consolidation.summary.parquet_lines import read_lines
from workbook_tools.consolidation.summary.sheets import facts
from workbook_tools.intake.summaries import PARQUET, summary_limits
from workbook_tools.ooxml import Area, Cell, Package, PackageError, Workbook, open_workbook
from workbook_tools.ooxml.address import MAX_COLUMN
from workbook_tools.ooxml.cells import BLANK
from workbook_tools.standard import list_standards, load_standard

_OLD = "是旧版本生成的汇总表，没有保存各单位的数据，不能再汇总。请用本版本重新生成。"

_AT_ONCE = 1000  # departments


def read_county(path: Path, standards: dict[str, str]) -> County:
    """Read the summary of a county; its name is that of the file.

    ``standards``: by the id of a standard that is not shipped, its file. Raises PreviousError.
    """
    if path.suffix.lower() == PARQUET:
        about, found = read_lines(path)
        return _county(found, path, about.standard, about.version, standards)
    try:
        with Package.open(path, summary_limits()) as package:
            book = open_workbook(package)
            meta = dict(_pairs(book))
            try:
                book.sheet(facts.TITLE)
            except KeyError:
                raise PreviousError(f"{path.name} {_OLD}") from None
            version = meta["standard_version"]
            return _county(_lines(book), path, meta["standard"], version, standards)
    except PackageError as error:
        raise PreviousError(error.message) from error
    except (KeyError, ValueError) as error:
        raise PreviousError(
            f"{path.name} 不像完整的汇总表（{error}）。可能被改动过，请用原来的文件。"
        ) from error


def _county(
    found: Iterator[dict[str, str]],
    path: Path,
    standard: str,
    version: str,
    standards: dict[str, str],
) -> County:
    money_of = _amounts(standard, standards)
    name = county_name(path)
    return county(
        found, name=name, path=path, standard=standard, version=version, money_of=money_of
    )


def county_name(path: Path) -> str:
    """What a county is called by the name of its summary: 甲县汇总.xlsx is of 甲县."""
    name = path.stem
    for end in ("汇总表", "汇总"):
        name = name.removesuffix(end)
    return name.strip(" -_—·") or path.stem


def _amounts(standard: str, standards: dict[str, str]) -> tuple[Amount, ...]:
    """The amounts of a standard; none of one that is not known here, which is only listed."""
    if standard in standards:
        return amounts(load_standard(standards[standard]))
    return amounts(load_standard(standard)) if standard in list_standards() else ()


def _pairs(book: Workbook) -> Iterator[tuple[str, str]]:
    cells = book.cells("_meta")
    for row in range(1, max((row for row, _ in cells), default=0) + 1):
        yield _text(cells, row, 1), _text(cells, row, 2)


def _lines(book: Workbook) -> Iterator[dict[str, str]]:
    """The lines of departments, some hundreds at a time."""
    head = {column: _text(cells, 1, column) for cells in [_rows(book, 1, 1)] for _, column in cells}
    if not {CODE, NAME, ADDS_UP, RANK, POINTS, GRADE} <= set(head.values()):
        raise ValueError(f"“{facts.TITLE}”表缺少应有的列")
    first = 2
    while cells := _rows(book, first, first + _AT_ONCE - 1):
        for row in sorted({row for row, _ in cells}):
            yield {name: _text(cells, row, column) for column, name in head.items()}
        first += _AT_ONCE


def _rows(book: Workbook, first: int, last: int) -> dict[tuple[int, int], Cell]:
    return book.cells(facts.TITLE, [Area(facts.TITLE, first, 1, last, MAX_COLUMN)])


def _text(cells: Mapping[tuple[int, int], Cell], row: int, column: int) -> str:
    """The text of a cell; the sheet holds nothing but texts."""
    value = cells.get((row, column), BLANK).value
    return value if isinstance(value, str) else ""
