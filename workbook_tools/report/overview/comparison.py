"""Who stands apart from departments like it, and what else is worth a second look."""

from __future__ import annotations

from collections import Counter

from workbook_tools.consolidation.round.hints import HINT_NAMES
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.comparison import in_words
from workbook_tools.report.overview.results import TOP
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.naming import counted_in

_COLUMNS = (
    PaperColumn("单位名称", "text", 44),
    PaperColumn("情形", "center", 22),
    PaperColumn("说明"),
)
_EACH = 3  # hints of one department that are listed here


def write_comparison(paper: Paper, consolidation: Round) -> None:
    """A section on comparisons; none where the standard compares nothing or nobody stands out."""
    if consolidation.comparison is None or not consolidation.hints:
        return
    unit = counted_in(consolidation.standard)
    concerned = {(hint.unit_code, hint.path) for hint in consolidation.hints}
    few = sorted({one.group for one in consolidation.comparison.spreads if one.middle is None})
    paper.section("横向比较")
    paper.write(
        f"与同类{unit.removeprefix('个')}比较，{len(concerned)} {unit}有值得再看一眼的地方："
        f"{in_words(consolidation)}都是提示，不影响得分，可用来确定抽查对象。"
    )
    if few:
        paper.write(f"同类太少、部分内容没有比较的组：{'、'.join(few)}。")
    listed: Counter[str] = Counter()
    rows: list[PaperRow] = []
    for hint in consolidation.hints:
        listed[hint.path] += 1
        if listed[hint.path] <= _EACH and len(rows) < 2 * TOP:
            name = hint.unit_name or hint.unit_code
            rows.append([name, HINT_NAMES[hint.kind], f"{hint.message}。"])
    paper.listing(_COLUMNS, rows)
    paper.gap()
    if len(consolidation.hints) > len(rows):
        paper.write(f"全部 {len(consolidation.hints)} 条见汇总表“横向比较”。", "Note")
