"""Which findings would be gone if one cell were what the cells beside it make it.

A sum that its parts do not give, an amount in 元, an issued figure that was changed or a row that
lost its name contradicts much else: what was spent against the plan, the words of the report, the
score. So do the points of an own indicator with which those of its kind do not add up, a row that
is there twice, and a figure that the text has right. What agrees once the cell is right is the same
slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.narrative import told_of
from workbook_tools.checks.own_rows import points_elsewhere
from workbook_tools.checks.relations import elsewhere
from workbook_tools.checks.table_rows import repeated
from workbook_tools.checks.words import number_in
from workbook_tools.ooxml.address import from_a1
from workbook_tools.scoring.evaluation import evaluate
from workbook_tools.standard.severity import SEVERITY_ORDER
from workbook_tools.submission import Entry, Row

_SUM, _POINTS = "parts-do-not-add-up", "row-points-differ"
_UNNAMED, _REPEATED = "unnamed-row", "row-repeated"
_SAY_WHAT_IS_RIGHT = frozenset({_SUM, "unit-looks-wrong", "figures-differ", "differs-from-issued"})
_MANY = 300
"""Findings; of a workbook with more, nobody asks which of them follow from a sum."""
_MOST = 5  # figures that are tried; a workbook with more of them is wrong in other ways

_Told = tuple[str, str, str, str]


class Healing:
    """What is gone with which cell put right; each is tried once.

    ``raised`` gives all findings of a case.
    """

    def __init__(self, case: Case, raised: Callable[[Case], Sequence[Finding]]) -> None:
        self._case, self._raised = case, raised
        self._left: dict[tuple[str, str, str], set[_Told] | None] = {}
        self._placed: set[tuple[str, str, str]] = set()

    def well_placed(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, each sum that does not agree told at the figure that explains most of them.

        Whether the whole or a part is wrong, the sum does not say; what else they contradict may.
        Where nothing tells them apart it stays where the standard wants it told.
        """
        told = list(findings)
        if len(findings) > _MANY:
            return told
        sums = [place for place, one in enumerate(findings) if _is_broken_sum(one)]
        for place in sums[:_MOST]:
            candidates = self._candidates(findings[place])
            gone = [self._gone(findings, one) for one in candidates]
            most = max(map(len, gone), default=0)
            best = [one for one, left in zip(candidates, gone, strict=True) if len(left) == most]
            if most > 1 or findings[place].name == _SUM:  # points explain more than themselves
                told[place] = self._told_at(findings, findings[place], best)
        return told

    def _is_possible(self, one: Finding) -> bool:
        """Whether the field takes the number with which the sum would agree."""
        low, number = self._case.fields[one.field].min, number_in(one.expected)
        return low is None or number is None or number >= low

    def _told_at(
        self, findings: Sequence[Finding], finding: Finding, best: Sequence[Finding]
    ) -> Finding:
        """The one of the best places that makes least anew; where several do, none is blamed.

        Where even another sum has the whole right it is a part, though which one nobody knows.
        """
        known = {_told(one) for one in findings}
        anew = [len((self._left.get(_tried(one)) or set()) - known) for one in best]
        fewest = [one for one, new in zip(best, anew, strict=True) if new == min(anew)]
        if len(fewest) == 1:
            return fewest[0]
        if finding.name == _POINTS or finding in fewest:
            return finding
        return msgspec.structs.replace(fewest[0], expected="")

    def _candidates(self, finding: Finding) -> list[Finding]:
        """A sum that does not agree, told at each figure that may be wrong."""
        if finding.name == _SUM:
            return [finding, *filter(self._is_possible, elsewhere(self._case, finding))]
        found = list(islice(points_elsewhere(self._case, finding), _MOST))
        self._placed |= {(one.field, one.cell, one.expected) for one in found}
        return found

    def healed(self, findings: Sequence[Finding]) -> Mapping[int, Finding]:
        """The findings (by place in the list) that go with a figure put right, and its finding.

        A finding that goes with one figure explains no other.
        """
        found: dict[int, Finding] = {}
        if len(findings) > _MANY:
            return found
        known = [pair for pair in enumerate(findings) if self._says_what_is_right(pair[1])]
        known.sort(key=lambda pair: SEVERITY_ORDER[pair[1].severity])
        for at, cause in known[:_MOST]:
            if at in found:
                continue
            for place in self._gone(findings, cause):
                own = cause.name == _REPEATED and _same_row(cause, findings[place])
                if place != at and place not in found and not own:
                    found[place] = cause
        self._by_texts(findings, found)
        roots = {id(cause) for cause in found.values()}
        return {place: cause for place, cause in found.items() if id(findings[place]) not in roots}

    def _by_texts(self, findings: Sequence[Finding], found: dict[int, Finding]) -> None:
        """Of a figure that the text has otherwise: what is gone if the text is right is one slip.

        It is told at the figure, where something is told of it, else at the text.
        """
        for text, figure in islice(figures_as_told(self._case), _MOST):
            at = next((n for n, one in enumerate(findings) if one == text), None)
            if at is None or at in found:
                continue
            gone = self._gone_with(findings, figure)
            cell = figure.sheet, figure.cell
            here = [n for n in gone if (findings[n].sheet, findings[n].cell) == cell]
            root = here[0] if here else at
            if at in gone and len(gone) > 1 and root not in found:
                found |= {n: findings[root] for n in gone if n != root and n not in found}

    def _gone(self, findings: Sequence[Finding], cause: Finding) -> list[int]:
        """The places of the findings that are gone with the figure that a finding asks for."""
        return self._gone_with(findings, cause) if self._says_what_is_right(cause) else []

    def _gone_with(self, findings: Sequence[Finding], cause: Finding) -> list[int]:
        tried = _tried(cause)
        if tried not in self._left:
            self._left[tried] = self._try(cause)
        if (left := self._left[tried]) is None:
            return []
        return [place for place, one in enumerate(findings) if _told(one) not in left]

    def _try(self, cause: Finding) -> set[_Told] | None:
        """What is found with the figure put right; None where that tells nothing."""
        mended = _with(self._case, cause)
        if mended.untouched:
            return None  # it asks nothing of who sends it, and would explain all
        if not mended.suspects.keys() <= self._case.suspects.keys():
            return None  # what rests on an amount suspected only now is passed over, not right
        return {_told(one) for one in self._raised(mended)}

    def _says_what_is_right(self, one: Finding) -> bool:
        known = "." in one.field or one.field in self._case.submission.entries
        if one.name == _REPEATED:
            return True
        if one.severity == "info" or not one.cell or not known:
            return False
        if one.name == _POINTS:
            return (one.field, one.cell, one.expected) in self._placed
        return one.name == _UNNAMED or (
            one.name in _SAY_WHAT_IS_RIGHT and number_in(one.expected) is not None
        )


def _same_row(one: Finding, other: Finding) -> bool:
    """Whether both speak of one row: what it lacks is no fault of there being two."""
    cells = bool(one.cell and other.cell) and one.sheet == other.sheet
    return cells and from_a1(one.cell)[0] == from_a1(other.cell)[0]


def figures_as_told(case: Case) -> Iterator[tuple[Finding, Finding]]:
    """What is told of an amount in a text, and the same told at the figure beside it."""
    for slot, text, found in case.disagreements:
        figure = found.figures[0] if len(found.figures) == 1 and not found.because else ""
        entry = case.submission.entries.get(figure)
        if found.kind == "amount" and entry is not None and figure not in case.submission.issued:
            told = told_of(case, slot, text, found)
            at = {"sheet": entry.sheet, "cell": entry.cell, "field": figure, "expected": found.said}
            yield told, msgspec.structs.replace(told, **at)


def _is_broken_sum(one: Finding) -> bool:
    return one.name in (_SUM, _POINTS) and one.severity != "info"


def _with(case: Case, cause: Finding) -> Case:
    """The case with what was expected in the cell of a field or of a table's row."""
    submission = case.submission
    table, _, column = cause.field.partition(".")
    if column:
        rows = submission.tables[table]
        if cause.name == _REPEATED:
            rows = _without_copies(rows, column, cause)
        else:
            rows = tuple(_row_with(row, column, cause) for row in rows)
        tables = {**submission.tables, table: rows}
        submission = msgspec.structs.replace(submission, tables=tables)
    else:
        entry = _entry_with(submission.entries[cause.field], cause)
        entries = {**submission.entries, cause.field: entry}
        submission = msgspec.structs.replace(submission, entries=entries)
    return Case(submission, evaluate(submission))


def _without_copies(rows: Sequence[Row], column: str, cause: Finding) -> tuple[Row, ...]:
    """The rows without those that the finding says are there again."""
    named = [row for row in rows if row.counted]
    for _, *copies in repeated(named, column):
        if copies[0].entries[column].cell == cause.cell:
            return tuple(row for row in rows if row not in copies)
    return tuple(rows)


def _row_with(row: Row, column: str, cause: Finding) -> Row:
    entry = row.entries[column]
    if entry.cell != cause.cell:
        return row
    entries = {**row.entries, column: _entry_with(entry, cause)}
    if cause.name != _UNNAMED:
        return msgspec.structs.replace(row, entries=entries)
    return msgspec.structs.replace(row, entries=entries, counted=True, name=cause.expected)


def _entry_with(entry: Entry, cause: Finding) -> Entry:
    value = cause.expected if cause.name == _UNNAMED else number_in(cause.expected)
    return msgspec.structs.replace(entry, value=value, raw=str(value))


def _tried(cause: Finding) -> tuple[str, str, str]:
    return cause.field, cause.cell, cause.expected


def _told(one: Finding) -> _Told:
    return one.name, one.sheet, one.cell, one.field
