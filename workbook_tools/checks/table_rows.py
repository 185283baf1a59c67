"""IN, third part: rows of tables that were written outside the table, or twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make, raises
from workbook_tools.standard.contract import column_name
from workbook_tools.submission.model import Row

_LISTED = 4  # cells of one name
_NAMED = 3  # names in several rows that are told of a table, one finding each


@raises(
    code="IN214",
    name="row-below-table",
    severity="warning",
    title="写在表格下面的行",
    why="表格的行数是固定的，写在最后一行下面的内容不在表内，公式和复算都不会计入。",
    fix="请先撤销工作表保护（没有密码），复制表内的一整行，在表内“插入复制的单元格”，"
    "再把表外的内容移到新行里。",
    example="“年度工作任务”有 120 行，第 121 项任务写在了表格下面。",
)
def row_below_table(case: Case) -> Iterator[Finding]:
    """Names that stand right below the last row of a table."""
    for table in case.standard.tables:
        below = case.submission.below.get(table.id, ())
        if not below:
            continue
        first = below[0]
        area = case.submission.columns[column_name(table.id, table.named_by.id)]
        more = f"等 {len(below)} 行" if len(below) > 1 else ""
        yield make(
            "row-below-table",
            f"{first.cell}（{first.raw}）{more}写在“{table.label}”的下面，没有计入：表格到第 "
            f"{area.last_row} 行为止。请撤销工作表保护（没有密码），复制表内一整行，"
            "在表内插入复制的单元格，再把这里的内容移进去。",
            sheet=first.sheet,
            cell=first.cell,
            field=f"{table.id}.{table.named_by.id}",
            expected=f"不超过第 {area.last_row} 行",
            actual=first.raw,
        )


@raises(
    code="IN215",
    name="row-repeated",
    severity="info",
    title="同名的行",
    why="同一项内容列了两次，会重复计数。",
    fix="请核对：重复的删去一行的内容；确是两项的，在名称中写明区别。",
    example="“年度工作任务”第 14 行和第 20 行都是“村级公路维护”。",
)
def row_repeated(case: Case) -> Iterator[Finding]:
    """Rows whose name stands in an earlier row already, told at the first of them."""
    for table in case.standard.tables:
        first = table.named_by.id
        for rows in islice(repeated(case.submission.counted_rows(table.id), first), _NAMED):
            earlier, entry, *others = (row.entries[first] for row in rows)
            copies = [entry, *others]
            cells = "、".join(one.cell for one in copies[:_LISTED])
            cells += f" 等 {len(copies)} 行" if len(copies) > _LISTED else ""
            yield make(
                "row-repeated",
                f"{cells}（{table.named_by.label}）与 {earlier.cell} 同名：“{entry.raw}”。"
                "请核对是否重复填写；确是两项的，请在名称中写明区别。",
                sheet=entry.sheet,
                cell=entry.cell,
                field=f"{table.id}.{first}",
                actual=entry.raw,
            )


def repeated(rows: Iterable[Row], column: str) -> Iterator[list[Row]]:
    """The rows of one name (in ``column``), of each name that stands in several."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault("".join(row.entries[column].raw.split()), []).append(row)
    yield from (alike for alike in by_name.values() if len(alike) > 1)
