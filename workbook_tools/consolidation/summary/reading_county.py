"""A county from its summary workbook: what its very hidden sheet of figures says."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbook_tools.consolidation.round.amounts import Amount, amounts
from workbook_tools.consolidation.round.lines import ADDS_UP, CODE, GRADE, NAME, POINTS, RANK
from workbook_tools.consolidation.round.previous import PreviousError
from workbook_tools.consolidation.round.province import County, county
from workbook_tools.consolidation.summary.reading import as_text, pairs
from workbook_tools.consolidation.summary.sheets import facts
from workbook_tools.standard import StandardError, load_standard

_OLD = "是旧版本生成的汇总表，没有保存各单位的数据，不能再汇总。请用本版本重新生成。"


def read_county(path: Path, standards: dict[str, str]) -> County:
    """Read the summary of a county; its name is that of the file.

    ``standards``: by the id of a standard that is not shipped, its file. Raises PreviousError.
    """
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it leaves out, which is looks
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            meta = {str(key): str(value) for key, value in pairs(book["_meta"])}
            if facts.TITLE not in book.sheetnames:
                raise PreviousError(f"{path.name} {_OLD}")
            rows = _rows(book[facts.TITLE])
            return county(
                rows,
                name=county_name(path),
                path=path,
                standard=meta["standard"],
                version=meta["standard_version"],
                money_of=_amounts(meta["standard"], standards),
            )
        except (KeyError, ValueError) as error:
            raise PreviousError(
                f"{path.name} 不像完整的汇总表（{error}）。可能被改动过，请用原来的文件。"
            ) from error
        finally:
            book.close()


def county_name(path: Path) -> str:
    """What a county is called by the name of its summary: 甲县汇总.xlsx is of 甲县."""
    name = path.stem
    for end in ("汇总表", "汇总"):
        name = name.removesuffix(end)
    return name.strip(" -_—·") or path.stem


def _amounts(standard: str, standards: dict[str, str]) -> tuple[Amount, ...]:
    """The amounts of a standard; none of one that is not known here, which is only listed."""
    try:
        return amounts(load_standard(standards.get(standard, standard)))
    except StandardError:
        return ()


def _rows(sheet: Any) -> Iterator[dict[str, str]]:
    lines = sheet.iter_rows(values_only=True)
    head = [as_text(cell) for cell in next(lines, ())]
    if not {CODE, NAME, ADDS_UP, RANK, POINTS, GRADE} <= set(head):
        raise ValueError("“_facts”表缺少应有的列")
    for cells in lines:
        yield dict(zip(head, map(as_text, cells), strict=False))
