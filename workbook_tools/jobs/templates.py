"""A roster to prefilled templates: a workbook for each department, under a name of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from workbook_tools.files.names import distinct, safe_name
from workbook_tools.files.targets import TargetRefused
from workbook_tools.files.whole import write_failure
from workbook_tools.intake.roster import Roster, RosterRow
from workbook_tools.standard import Standard
from workbook_tools.standard.inputs import Value


class Issue(msgspec.Struct, frozen=True):
    """One template to make: where, and what the bureau already knows, by input id.

    ``rows``: what stands in its tables beforehand, by table id.
    """

    target: Path
    values: Mapping[str, Value]
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = {}


def issues(roster: Roster, folder: Path) -> tuple[Issue, ...]:
    """A template per row, ``001 县教育局.xlsx``, in the order of the roster.

    Where a unit has several, what tells them apart stands in the name too: ``001 P03 县教育局``.
    """
    taken: set[str] = set()
    return tuple(
        Issue(folder / f"{_name(row, taken)}.xlsx", row.values, row.rows) for row in roster.rows
    )


def _name(row: RosterRow, taken: set[str]) -> str:
    return distinct(safe_name(" ".join((row.unit_code, *row.subject, row.unit_name))), taken)


def issue(one: Issue, standard: Standard) -> None:
    """Write one template, whole or not at all.

    Raises OSError where it cannot be written, TargetRefused where something already stands.
    """
    from workbook_tools.template import Filling, build_issued, build_template

    if one.rows:
        build_template(standard, one.target, one.values, Filling(rows=one.rows))
    else:
        build_issued(standard, one.target, one.values)


def issue_one(one: Issue, standard: Standard) -> str:
    """Write one template of many; the sentence that says why it could not be, else ""."""
    try:
        issue(one, standard)
    except TargetRefused as error:  # since somebody looked
        return str(error)
    except OSError as error:
        return write_failure(one.target, error)
    return ""
