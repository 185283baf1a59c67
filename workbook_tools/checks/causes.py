"""Which findings follow from others: they go, or are worked out anew, when a cell is mended.

Only what is certain is said. A score that cannot be computed follows from the cells that it lacks;
a score that differs follows from an amount that is doubtful or is not the issued one, or from rows
that contradict themselves; whatever agrees once a sum is right follows from the sum; the claimed
total and grade follow from the self scores that differ, and from rows that belong to no indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from workbook_tools.checks.case import IDENTITY, Case
from workbook_tools.checks.claims import claims
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.natures import of_other_nature
from workbook_tools.checks.needs import sorted_by, users, users_of_row
from workbook_tools.checks.own_rows import rows_of_points
from workbook_tools.checks.scores import without_advice
from workbook_tools.checks.words import number_in
from workbook_tools.ooxml.address import from_a1
from workbook_tools.scoring import grade
from workbook_tools.scoring.rows import is_spoilt
from workbook_tools.standard.known_fields import UNIT_CODE
from workbook_tools.standard.tables import Achievement, Table
from workbook_tools.submission.model import Row

_UNUSABLE = frozenset(
    {
        "required-blank",
        "number-as-text",
        "not-a-number",
        "out-of-range",
        "not-an-integer",
        "only-blanks",
        "error-value",
        "not-calculated",
        "not-in-list",
        "nature-contradicts-row",
        "cell-moved",
        "name-missing",
        "sheet-removed",
        "part-exceeds-whole",
        "cumulative-decreases",
        "unit-looks-wrong",
    }
)
"""Mended, these give a figure where there was none."""
_LOST = frozenset({"name-missing", "sheet-removed"})
"""Of these, those that speak of more than a cell."""
_BLANK = frozenset({"required-blank", "only-blanks"})
"""Of these, those where nothing was meant to be used."""
_DOUBTFUL = frozenset({"unit-looks-wrong", "differs-from-issued", "cumulative-decreases"})
"""Mended, these give another figure."""
_DOUBTFUL_ROWS = frozenset({"quality-without-completion"})
"""Mended, these change what is counted of a table, so all that is drawn from the column."""
_DOUBTFUL_CELLS = frozenset({"target-in-another-unit"})
"""Mended, these change what is counted of their own row alone."""
_DOUBTFUL_DEGREES = frozenset({"degree-outside-tier"})
"""Mended, these give their own indicator another score."""
_DOUBTFUL_OF_ROWS = _DOUBTFUL | _DOUBTFUL_DEGREES | _DOUBTFUL_CELLS
_LACKS = frozenset({"self-score-unsupported", "formula-value-differs"})
_DIFFERS = frozenset({"self-score-too-high", "self-score-too-low"})
_MEASURED = frozenset({"measured-otherwise"})
_OVERWRITTEN = frozenset({"formula-overwritten"})
_ISSUED = frozenset({"differs-from-issued"})
_ROWS_ADD_UP = frozenset({"row-points-differ"})
_BEYOND = frozenset({"self-score-out-of-range"})
_ADDS_UP = frozenset({"total-differs", "grade-differs"})
_MISCOUNTED = _DIFFERS | {"self-score-out-of-range"}
"""What makes the sum of the self scores another than ours; what cannot be computed may be right."""


def with_causes(
    case: Case, findings: Sequence[Finding], healed: Mapping[int, Finding]
) -> list[Finding]:
    """The same findings, in the same order; each with those that it follows from.

    ``healed``: by place, what a finding goes with (see :class:`.Healing`).
    """
    judged = [(one, _is_useless(case, one)) for one in findings]
    useless = [one for one, is_so in judged if is_so]
    of_rows = [one for one, is_so in judged if is_so or one.name in _DOUBTFUL_OF_ROWS]
    unusable = _by_source(case, useless)
    doubtful = _by_source(case, _named(findings, _DOUBTFUL | _DOUBTFUL_ROWS))
    spoilt = _by_source(case, [one for one in useless if one.name not in _BLANK])
    cells = _named(findings, _DOUBTFUL_CELLS)
    belongs = sorted_by(case.standard)
    nowhere = [one for one in useless if one.field in belongs]
    dragged = _dragged(case, findings)
    told: list[Finding] = []
    for place, finding in enumerate(findings):
        causes: list[Finding] = []
        if "." in finding.field and finding.name in _LACKS | _DIFFERS:
            causes = [one for one in of_rows if _spoils_row(case, one, finding)]
        elif finding.name in _LACKS:
            lacking = case.lacking_of(_indicator(finding))
            causes = [
                one
                for source in lacking
                for known in dict.fromkeys((source, _column(source)))
                for one in unusable.get(known, ())
            ]
        elif finding.name in _DIFFERS | _MEASURED:
            indicator = _indicator(finding)
            used = [source for source, by in users(case.standard).items() if indicator in by]
            causes = [one for source in used for one in doubtful.get(source, ())]
            causes += [one for source in used for one in spoilt.get(source, ())]
            causes += [one for one in cells if _explains(case, finding, one)]
        elif finding.name in _ISSUED:
            causes = [one for one in findings if _misread_with(case, one, finding)]
            causes += _passed_on(case, finding, findings)
        elif finding.name in _ROWS_ADD_UP:
            causes = nowhere or _in_the_other_kind(finding, told)
        elif finding.name in _BEYOND and "." in finding.field:
            points = _named(findings, _ROWS_ADD_UP)
            row = from_a1(finding.cell)[0]
            causes = [one for one in points if one.cell and row in rows_of_points(case, one)]
        if not causes and _is_in_a_row(finding):
            causes = dragged.get((finding.sheet, from_a1(finding.cell)[0]), [])
        if place in healed and not causes:
            causes = [healed[place]]
        told.append(_following(finding, causes))
    miscounted = [*nowhere, *_named(told, _MISCOUNTED)]
    points = [one for one in told if one.name in _ROWS_ADD_UP and not one.causes]

    def summed(one: Finding) -> Sequence[Finding]:
        last = () if one.causes else points
        if one.severity == "warning":
            return miscounted or last
        return nowhere or _graded(case, one, told) or _adds(case, one, told) or last

    return [_following(one, summed(one)) if one.name in _ADDS_UP else one for one in told]


def _graded(case: Case, finding: Finding, told: Sequence[Finding]) -> list[Finding]:
    """The claimed total with which, put right, the claimed grade would be the due one."""
    if finding.name != "grade-differs":
        return []
    totals = [one for one in told if one.name == "total-differs" and one.severity == "error"]
    return [
        one
        for one in totals
        if (due := number_in(one.expected)) is not None
        and grade(case.standard, due) == finding.actual
    ]


def _in_the_other_kind(finding: Finding, told: Sequence[Finding]) -> list[Finding]:
    """The points of another kind that are too many by what these are too few: of a row there."""
    apart = _correction(finding)
    others = _named(told, _ROWS_ADD_UP)
    return [one for one in others if apart is not None and _correction(one) == -apart][:1]


def _correction(finding: Finding) -> Fraction | None:
    """By how much a figure is to change, where it is said; None where it is not."""
    due, there = number_in(finding.expected), number_in(finding.actual)
    return None if due is None or there is None else due - there


def _adds(case: Case, finding: Finding, findings: Sequence[Finding]) -> list[Finding]:
    """The self scores with which a claimed total would be their sum: one of them, or all."""
    apart = _correction(finding)
    if apart is None:
        return []
    ours = {
        (one.slot.entry.sheet, one.slot.entry.cell): one.ours - one.own
        for one in claims(case)
        if one.ours is not None
    }
    wrong = _named(findings, _MISCOUNTED)
    scores = {one: by for one in wrong if (by := ours.get((one.sheet, one.cell)))}
    alone = [one for one, by in scores.items() if by == -apart]
    return alone[:1] or (list(scores) if sum(scores.values()) == -apart else [])


def _is_in_a_row(finding: Finding) -> bool:
    """Whether it speaks of a cell that a drag may have emptied, filled or left without formula."""
    return bool(finding.cell) and ("." in finding.field or finding.name in _OVERWRITTEN)


def _dragged(case: Case, findings: Sequence[Finding]) -> Mapping[tuple[str, int], list[Finding]]:
    """By sheet and row, that cells of it were dragged, or others onto them."""
    told = {(one.sheet, one.cell): one for one in findings if one.name == "formula-altered"}
    places = (
        (drag.sheet, row, told.get((drag.sheet, drag.faults[0].cell)))
        for drag in case.drags
        for row in drag.rows
    )
    return {(sheet, row): [one] for sheet, row, one in places if one is not None}


def _passed_on(case: Case, finding: Finding, findings: Sequence[Finding]) -> list[Finding]:
    """That the template is another unit's, with whose figures it came; the year is everybody's."""
    if not case.submission.is_passed_on or finding.field in IDENTITY:
        return []
    return [one for one in _named(findings, _ISSUED) if one.field == UNIT_CODE]


def _misread_with(case: Case, one: Finding, finding: Finding) -> bool:
    """Whether it is of amounts in 元, and the changed one is the issued one in 元."""
    if one.name != "unit-looks-wrong" or "." in one.field:
        return False
    issued, there = number_in(case.submission.issued[finding.field]), finding.field
    return issued is not None and case.submission.number(there) == 10_000 * issued


def _spoils_row(case: Case, one: Finding, finding: Finding) -> bool:
    """Whether what is wrong with a row is so with this one: a cell of it, or a column it needs."""
    table = finding.field.partition(".")[0]
    if one.name in _LOST:
        used = users(case.standard).keys()
        lost = (source for source in _sources(case, one) if source in used)
        return any(source.partition(".")[0] == table for source in lost)
    if not one.cell:
        return False
    same_table = one.field.partition(".")[0] == table
    same_row = from_a1(one.cell)[0] == from_a1(finding.cell)[0]
    return one.sheet == finding.sheet and same_table and same_row


def _explains(case: Case, finding: Finding, one: Finding) -> bool:
    """Whether a score differs the way in which an actual value in another unit makes it differ.

    One far above its target gives the row all points, so that the own score is too low beside ours.
    """
    column = one.field.partition(".")[2]
    table, row = _row(case, one)
    assert row is not None, "it is about a row that counts"
    if _indicator(finding) not in users_of_row(case.standard, table, column, row):
        return False
    for measure in table.row_measures:
        if isinstance(measure, Achievement) and measure.actual == column:
            target, actual = (row.entries[id].number for id in (measure.target, measure.actual))
            lower_is_better = row.entries[measure.direction].value == measure.lower
            far_above = target is not None and actual is not None and actual > target
            ours_is_full = far_above != lower_is_better
            if not measure.signed and (actual or 0) < 0:
                ours_is_full = False
            return (finding.name == "self-score-too-low") == ours_is_full
    return False


def _is_useless(case: Case, one: Finding) -> bool:
    """Whether it says that a cell cannot be used, be it only for what stands beside it."""
    if one.name in _UNUSABLE:
        return True
    if "." not in one.field or not one.cell:
        return False
    table, row = _row(case, one)
    return row is not None and is_spoilt(table, one.field.partition(".")[2], row)


def _row(case: Case, one: Finding) -> tuple[Table, Row | None]:
    """The table that a finding speaks of, and the row in which its cell stands."""
    of = one.field.partition(".")[0]
    table = next(table for table in case.standard.tables if table.id == of)
    number = from_a1(one.cell)[0]
    return table, next((row for row in case.submission.tables[of] if row.number == number), None)


def _named(findings: Sequence[Finding], names: frozenset[str]) -> list[Finding]:
    return [one for one in findings if one.name in names]


def _by_source(case: Case, findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """The findings by the sources (as in :func:`.needs.lacking`) that they spoil."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for source in _sources(case, finding):
            of = _column(source) if finding.name in _DOUBTFUL_ROWS else source
            found.setdefault(of, []).append(finding)
    return found


def _sources(case: Case, finding: Finding) -> Iterator[str]:
    """The fields that a finding is about; of lost names and sheets, all that went with them."""
    match finding.name:
        case "sheet-removed":
            yield from (one.id for one in case.fields.values() if one.sheet == finding.field)
            for table in case.standard.tables:
                if table.sheet == finding.field:
                    yield table.id
                    yield from (f"{table.id}.{column.id}" for column in table.columns)
        case "name-missing":
            lost = next((one.names for one in case.losses if one.names[0] == finding.field), ())
            yield from (source for name in lost if (source := case.source_of(name)))
        case name if name in _DOUBTFUL_ROWS:
            table, _ = _row(case, finding)
            for rule in table.row_checks:
                if (rule.finding, f"{table.id}.{rule.at}") == (name, finding.field):
                    yield from (f"{table.id}.{one}" for test in rule.when for one in test.columns)
        case "nature-contradicts-row":
            table, row = _row(case, finding)
            lacks = of_other_nature(table, row) if row is not None else None
            for column in lacks.lacks if lacks is not None else ():
                yield f"{table.id}.{column.id}[{from_a1(finding.cell)[0]}]"
        case "cell-moved":
            here = case.submission.entries.items()
            yield from (field for field, one in here if one.problem == "moved")
        case "unit-looks-wrong" if finding.field in case.fields:
            found = (one.fields for one in case.misreadings if finding.field in one.fields)
            yield from next(found, ())
        case _ if "." in finding.field and finding.cell:
            yield f"{finding.field}[{from_a1(finding.cell)[0]}]"
        case _:
            yield finding.field


def _column(source: str) -> str:
    """The column of a table's cell: ``kpis.target`` of ``kpis.target[13]``."""
    return source.partition("[")[0]


def _indicator(finding: Finding) -> str:
    return finding.field.partition("_")[2]


def _following(finding: Finding, causes: Sequence[Finding]) -> Finding:
    if not causes:
        return finding
    known = dict.fromkeys(one.as_cause for one in causes)
    return msgspec.structs.replace(without_advice(finding), causes=tuple(known))
