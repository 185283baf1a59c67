"""Records as tables for pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from workbook_tools.assessment.record import Record

if TYPE_CHECKING:
    import pandas as pd

FrameKind = Literal["scores", "totals", "findings"]
_Row = dict[str, Any]
_WHO = ("path", "unit_code", "unit_name")
_POINTS = ("weight", "measure", "score", "cached", "self", "review")
_TOTALS = ("score", "low", "high", "cached", "self", "claimed", "review")
_GRADES = ("grade", "grade_self", "grade_claimed", "grade_review")
_FOUND = ("code", "name", "severity", "sheet", "cell", "field", "expected", "actual", "message")


def to_frame(records: Iterable[Record], kind: FrameKind = "scores") -> pd.DataFrame:
    """Records, as :func:`validate` gives them, as a table.

    - ``scores``: a row per workbook and indicator with the columns ``path``, ``unit_code``,
      ``unit_name``, ``indicator``, ``weight``, ``measure``, ``score`` (ours), ``cached`` (the
      workbook's own result), ``self``, ``review``, ``status`` and ``calculation`` (a sentence).
      A refused workbook has no row.
    - ``totals``: a row per workbook with ``status``, ``score``, ``low``, ``high``, ``cached``,
      ``self``, ``claimed``, ``review``, the grades, and how many findings of each severity.
    - ``findings``: a row per finding.

    Points and measures are ``float64``, NaN where there is no number; counts are ``int64``; the
    rest are texts. An empty table has the same columns and types.
    """
    import pandas as pd

    rows, columns, types = _KINDS[kind]
    text = str(pd.Series([""]).dtype)  # "object" before pandas 3
    table = [row for record in records for row in rows(record)]
    wanted = {column: types.get(column, text) for column in (*_WHO, *columns)}
    return pd.DataFrame(table, columns=list(wanted), dtype=object).astype(wanted)


def _who(record: Record) -> _Row:
    return {name: getattr(record, name) for name in _WHO}


def _scores(record: Record) -> Iterator[_Row]:
    for indicator, score in record.scores.items():
        yield {
            **_who(record),
            "indicator": indicator,
            **{name: getattr(score, name) for name in _POINTS},
            "status": score.status,
            "calculation": record.calculations.get(indicator, ""),
        }


def _totals(record: Record) -> Iterator[_Row]:
    row = {**_who(record), "status": record.status}
    row |= {name: getattr(record.total, name, None) for name in (*_TOTALS, *_GRADES)}
    row |= {name: row[name] or "" for name in _GRADES}
    for severity, column in _COUNTS.items():
        row[column] = sum(one.severity == severity for one in record.findings)
    yield row


def _findings(record: Record) -> Iterator[_Row]:
    for finding in record.findings:
        values = {name: getattr(finding, name) for name in _FOUND}
        yield {**_who(record), **{name: value or "" for name, value in values.items()}}


_COUNTS = {"error": "errors", "warning": "warnings", "info": "hints"}
_KINDS: Mapping[
    FrameKind, tuple[Callable[[Record], Iterator[_Row]], tuple[str, ...], Mapping[str, str]]
] = {
    "scores": (
        _scores,
        ("indicator", *_POINTS, "status", "calculation"),
        dict.fromkeys(_POINTS, "float64"),
    ),
    "totals": (
        _totals,
        ("status", *_TOTALS, *_GRADES, *_COUNTS.values()),
        dict.fromkeys(_TOTALS, "float64") | dict.fromkeys(_COUNTS.values(), "int64"),
    ),
    "findings": (_findings, _FOUND, {}),
}
"""By kind: the rows of a record, the columns beside who it is, and their types but for texts."""
