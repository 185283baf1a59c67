"""Why an indicator cannot be computed, in words: which cells are blank, wrong or zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbook_tools.scoring.gaps import gaps, gaps_of_row
from workbook_tools.scoring.model import Evaluation, Result
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Drawn, Formula, Table

_MOST_CELLS, _MOST_ROWS = 3, 6  # that a sentence names


def why_insufficient(evaluation: Evaluation, indicator: Indicator, result: Result) -> str:
    """What an insufficient indicator lacks, as a Chinese sentence without a final full stop."""
    if isinstance(indicator.rule, Rows):
        return _of_rows(evaluation, indicator.rule, result)
    first = list(_sources(evaluation, result.missing))
    others = [name for text in indicator.measures[1:] for name in names(parse(text))]
    entries, excluded = evaluation.submission.entries, evaluation.excluded
    unusable = [
        name for name in (*first, *others) if _problem(evaluation, name) or name in excluded
    ]
    lost = [name for name in unusable if entries[name].problem == "name-missing"]
    moved = [name for name in unusable if entries[name].problem == "moved"]
    blank = [name for name in first if _is_field(evaluation, name) and name not in unusable]
    zero = [name for name in first if evaluation.quantities.get(name) == 0]
    zero = [name for name in zero if name not in _of_empty_tables(evaluation)]
    if any(name in others for name in unusable):
        blank = []  # one way to measure was chosen, so nobody misses the other
    blank = [name for name in blank if name not in zero]
    parts = []
    if blank:
        parts.append(f"没有填写{_listed(evaluation, blank)}")
        instead = [name for name in others if name not in unusable]
        parts += [f"也没有填写{_listed(evaluation, instead)}"] if instead else []
    if lost:
        parts.append(f"{_listed(evaluation, lost)}的名称丢失，读不到")
    if moved:
        parts.append(f"{_listed(evaluation, moved)}的单元格被剪切或拖动过，不能使用")
    beyond = dict.fromkeys(name for name in unusable if name in evaluation.impossible)
    why = dict.fromkeys(evaluation.impossible[name].message.rstrip("。") for name in beyond)
    parts += [f"{message}，不能使用" for message in why]
    if in_yuan := [name for name in dict.fromkeys(unusable) if name in evaluation.in_yuan]:
        parts.append(f"{_listed(evaluation, in_yuan)}疑似误按“元”填写，不能使用")
    if wrong := [name for name in unusable if name not in (*lost, *moved, *beyond, *in_yuan)]:
        parts.append(f"{_listed(evaluation, wrong)}填写有误，不能使用")
    parts += (tables := list(_of_tables(evaluation, [one for one in first if one not in zero])))
    if zero:
        parts.append(f"{_listed(evaluation, zero)}为 0，不能作除数")
    if indicator.measure_label and not tables:  # where rows lack something, that is said with it
        parts.append(f"得不出{_quoted(indicator.measure_label)}")
    return f"{'，'.join(parts)}，无法计算"


def _of_rows(evaluation: Evaluation, rule: Rows, result: Result) -> str:
    """Which rows of the department's own indicators cannot be scored, or that there are none."""
    table = next(one for one in evaluation.standard.tables if one.id == rule.table)
    lacking = [row.number for row in result.rows if row.score is None]
    if lacking:
        numbers = "、".join(str(number) for number in lacking[:_MOST_ROWS])
        more = f" 等 {len(lacking)} 行" if len(lacking) > _MOST_ROWS else " 行"
        rows = [row for row in evaluation.submission.tables[table.id] if row.number in lacking]
        cells = [row.entries[one] for row in rows for one in gaps_of_row(table, row, rule)]
        wrong = "" if all(cell.blank for cell in cells) else "或有不能使用的内容"
        return f"“{table.label}”第 {numbers}{more}没有填全{wrong}，无法计算"
    if not evaluation.submission.counted_rows(table.id):
        return f"“{table.label}”表没有填写，无法计算"
    return f"“{table.label}”表没有这一类的行，或有的行没有写明属于哪一类，无法计算"


def _is_field(evaluation: Evaluation, name: str) -> bool:
    return name in evaluation.submission.entries


def _problem(evaluation: Evaluation, name: str) -> bool:
    entry = evaluation.submission.entries.get(name)
    return entry is not None and entry.problem is not None and not entry.blank


def _of_empty_tables(evaluation: Evaluation) -> set[str]:
    return {
        one.id
        for one in evaluation.standard.derived
        if not isinstance(one, Formula) and not evaluation.submission.counted_rows(one.table)
    }


def _sources(evaluation: Evaluation, missing: Iterable[str]) -> Iterator[str]:
    """The ids, with the terms without a figure in the place of a sum that lacks them."""
    formulas = {one.id: one for one in evaluation.standard.derived if isinstance(one, Formula)}
    for name in missing:
        if name in formulas and evaluation.quantities[name] is None:
            terms = names(parse(formulas[name].formula))
            lacking = [term for term in terms if evaluation.quantities[term] is None]
            yield from _sources(evaluation, dict.fromkeys(lacking))
        else:
            yield name


def _of_tables(evaluation: Evaluation, sources: list[str]) -> Iterator[str]:
    """A phrase per table that is empty, or incomplete where something is drawn from it."""
    drawn = [one for one in evaluation.standard.derived if not isinstance(one, Formula)]
    for table in evaluation.standard.tables:
        lacking = [one for one in drawn if one.table == table.id and one.id in sources]
        if not lacking and table.id not in sources:
            continue
        if not evaluation.submission.counted_rows(table.id):
            yield f"“{table.label}”表没有填写"
        else:
            more = "等" if len(lacking) > 1 else ""
            why = _why_nothing_is_drawn(evaluation, table, lacking)
            yield f"“{table.label}”表{why}，得不出“{lacking[0].label}”{more}"


def _why_nothing_is_drawn(evaluation: Evaluation, table: Table, lacking: Sequence[Drawn]) -> str:
    """The cells that stand in the way, the first few by name; or that there is no such row."""
    labels = {column.id: column.label for column in table.columns}
    cells = dict.fromkeys(
        f"{entry.cell}（{labels[column]}）" if entry.cell else f"“{labels[column]}”"
        for derived in lacking
        for row, column in gaps(evaluation.submission, derived)
        for entry in [row.entries[column]]
    )
    if not cells:
        values = "、".join(str(one) for condition in lacking[0].where for one in condition.values)
        return f"没有“{values}”的行" if values else "没有可用的行"
    more = f" 等 {len(cells)} 格" if len(cells) > _MOST_CELLS else ""
    named = "、".join(list(cells)[:_MOST_CELLS])
    space = "" if named.startswith("“") else " "
    return f"的{space}{named}{more}没有填写或不能使用"


def _listed(evaluation: Evaluation, identities: list[str]) -> str:
    return "、".join(f"“{name_of(evaluation.standard, one)}”" for one in identities)


def _quoted(words: str) -> str:
    return words if "“" in words else f"“{words}”"
