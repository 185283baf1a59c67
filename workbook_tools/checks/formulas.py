"""SC, second part: the workbook's own formulas and results against what they should be.

Nothing here changes a score, which never rests on them. Each cause gives one finding: a score that
is typed over is not also reported in the subtotal and the total that it moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.places import label_of
from workbook_tools.checks.registry import make, raises
from workbook_tools.figures import plain
from workbook_tools.ooxml.formula import tokens
from workbook_tools.scoring import explain_result
from workbook_tools.submission.model import Stored

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@raises(
    code="SC306",
    name="formula-value-differs",
    severity="error",
    title="表内结果与核算不符",
    why="单元格里保存的结果不是公式应有的结果：可能没有重新计算，也可能结果被改动。",
    fix="请用 Excel 或 WPS 打开，按 F9 重新计算并保存；仍不一致的，请换用原模板填报。",
    example="计分表得分显示 5.00，按填报数据核算为 4.63。",
)
def formula_value_differs(case: Case) -> Iterator[Finding]:
    """Scores, subtotals, totals and the grade that the sheet shows, against ours."""
    if not case.calculated:
        return
    touched = _overwritten(case) | _altered(case).keys()
    wrong_score = False
    for name, ours in _ours(case).items():
        stored = case.submission.stored.get(name)
        if wrong_score and not name.startswith("score_"):
            return  # what adds up wrong scores is wrong with them
        if stored is None or not _differs(case, stored, ours):
            continue
        wrong_score = True
        indicator = name.removeprefix("score_")
        if name in touched or f"value_{indicator}" in touched:
            continue
        calculation = (
            f"。计算：{explain_result(case.evaluation, indicator)}" if indicator != name else ""
        )
        yield make(
            "formula-value-differs",
            f"{_where(case, stored)}显示 {_in_words(case, stored.value)}，"
            f"核算为 {_in_words(case, ours)}{calculation}。"
            "请用 Excel 或 WPS 打开，按 F9 重新计算并保存。",
            sheet=stored.sheet,
            cell=stored.cell,
            field=name,
            expected=_in_words(case, ours),
            actual=_in_words(case, stored.value),
        )


@raises(
    code="SC307",
    name="formula-altered",
    severity="warning",
    title="公式被改动",
    why="公式与模板下发时不同，表内显示的得分不再可靠。核算不使用表内公式，不受影响。",
    fix="请从原模板恢复该单元格的公式，或换用原模板填报。",
    example="得分公式中的每步扣 0.5 分被改成 0.1 分。",
)
def formula_altered(case: Case) -> Iterator[Finding]:
    """Formulas that say something else than those of the template."""
    for name, actual in _altered(case).items():
        stored = case.submission.stored[name]
        yield make(
            "formula-altered",
            f"{_where(case, stored)}的公式与模板不同{_both(case, stored)}。请恢复模板的公式。",
            sheet=stored.sheet,
            cell=stored.cell,
            field=name,
            expected=f"={case.submission.formulas[name]}",
            actual=f"={actual}",
        )


@raises(
    code="SC308",
    name="formula-overwritten",
    severity="error",
    title="公式被覆盖",
    why="自动计算的单元格被改成了固定内容，以后改数据也不再变化。核算不采用该内容。",
    fix="请从原模板恢复该单元格的公式，或换用原模板填报。",
    example="得分单元格直接填了 5。",
)
def formula_overwritten(case: Case) -> Iterator[Finding]:
    """Constants where the template has formulas; one finding when it is all of them."""
    names = _overwritten(case)
    submission = case.submission
    if names and not any(one.formula is not None for one in submission.stored.values()):
        yield make(
            "formula-overwritten",
            "工作簿中的公式全部变成了固定数值，表内得分不再随数据变化。请换用原模板填报。",
        )
        return
    for name, stored in submission.stored.items():
        if name in names:
            shown = plain(stored.value) if isinstance(stored.value, Fraction) else stored.value
            content = f"固定内容“{shown}”" if shown else "空白"
            yield make(
                "formula-overwritten",
                f"{_where(case, stored)}的公式被{content}取代"
                f"{_both(case, stored)}。请恢复模板的公式。",
                sheet=stored.sheet,
                cell=stored.cell,
                field=name,
                expected=f"={submission.formulas[name]}",
                actual=shown or "",
            )


def _overwritten(case: Case) -> frozenset[str]:
    stored = case.submission.stored
    return frozenset(
        name for name in case.submission.formulas if name in stored and stored[name].formula is None
    )


def _altered(case: Case) -> dict[str, str]:
    """The names whose formula differs from the template's, with the text that stands there."""
    submission, found = case.submission, {}
    for name, expected in submission.formulas.items():
        stored = submission.stored.get(name)
        if stored is None or stored.formula is None or stored.formula == expected:
            continue
        if not _says_the_same(case, expected, stored):
            found[name] = stored.formula
    return found


@lru_cache(maxsize=4096)
def _meaning(formula: str) -> tuple[tuple[str, str], ...]:
    """What a formula says, whatever program wrote it down.

    Spaces, letter case, dollar signs and the spelling of numbers do not count. A reference carries
    its sheet, "" for its own.
    """
    found, sheet = [], ""
    for kind, text in tokens(formula):
        match kind:
            case "space":
                continue
            case "sheet":
                sheet = text[:-1].strip("'").replace("''", "'")
                continue
            case "reference":
                text = f"{sheet}!{text.replace('$', '')}"
            case "number":
                text = repr(float(text))
            case "string":
                pass
            case _:
                text = text.casefold()
        found.append((kind, text))
        sheet = ""
    return tuple(found)


def _says_the_same(case: Case, expected: str, stored: Stored) -> bool:
    """Whether the stored formula means what the template's does.

    Cells that references mean are not compared, since they move when rows are inserted; where the
    template has a name, a reference to the cell of that name does as well.
    """
    if stored.formula is None:
        return False
    wanted, there = _meaning(expected), _meaning(stored.formula)
    if len(wanted) != len(there):
        return False
    for one, other in zip(wanted, there, strict=True):
        if one == other or one[0] == other[0] == "reference":
            continue
        if one[0] != "name" or other[0] != "reference":
            return False
        if not _stands_for(case, other[1], one[1], stored):
            return False
    return True


def _stands_for(case: Case, reference: str, name: str, stored: Stored) -> bool:
    """Whether a reference in the stored formula means the cell of that name."""
    sheet, _, cell = reference.rpartition("!")
    known = case.name_at(sheet or stored.sheet, cell)
    if known:
        return known.casefold() == name
    # a row's formula refers to columns of its own row; where they stand in an empty table is
    # not known
    same_row = not sheet and cell.lstrip(_LETTERS) == stored.cell.lstrip(_LETTERS)
    return same_row and name.startswith("tbl_")


def _ours(case: Case) -> dict[str, Fraction | str | None]:
    """What the cells with scores, subtotals, totals and the grade should show."""
    evaluation, total = case.evaluation, case.evaluation.total
    found: dict[str, Fraction | str | None] = {
        f"score_{one.indicator}": one.score for one in evaluation.results.values()
    }
    found |= {f"subtotal_{level}": value for level, value in evaluation.subtotals.items()}
    found |= {"total_score": total.score, "total_low": total.low, "total_high": total.high}
    found["grade_score"] = total.grade
    return found


def _differs(case: Case, stored: Stored, ours: Fraction | str | None) -> bool:
    if stored.kind == "error" and case.unusable:
        return False  # it comes from the input, which has a finding
    value = None if stored.value == "" else stored.value
    if value == ours:
        return False
    if isinstance(value, Fraction) and isinstance(ours, Fraction):
        return abs(value - ours) >= case.standard.tolerances.score
    return True


def _in_words(case: Case, value: Fraction | str | None) -> str:
    match value:
        case Fraction():
            return case.score(value)
        case None | "":
            return "空白"
        case str():
            return value


def _where(case: Case, stored: Stored) -> str:
    return f"{stored.cell}（{label_of(case.standard, stored.name)}）"


def _both(case: Case, stored: Stored) -> str:
    """What the cell shows and what it should show, where that is known."""
    ours = _ours(case)
    if stored.name not in ours:
        return ""
    return f"，现为 {_in_words(case, stored.value)}，核算为 {_in_words(case, ours[stored.name])}"
