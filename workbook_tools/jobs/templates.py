"""A roster to prefilled templates: a workbook for each department, under a name of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from workbook_tools.files.names import distinct, safe_name
from workbook_tools.intake.roster import Roster, Value
from workbook_tools.standard import Standard


class Issue(msgspec.Struct, frozen=True):
    """One template to make: where, and what the bureau already knows, by input id."""

    target: Path
    values: Mapping[str, Value]


def issues(roster: Roster, folder: Path) -> tuple[Issue, ...]:
    """A template per department, ``001 县教育局.xlsx``, in the order of the roster."""
    taken: set[str] = set()
    return tuple(
        Issue(
            folder / f"{distinct(safe_name(f'{row.unit_code} {row.unit_name}'), taken)}.xlsx",
            row.values,
        )
        for row in roster.rows
    )


def issue(one: Issue, standard: Standard) -> None:
    """Write one template, whole or not at all.

    Raises OSError where it cannot be written, TargetRefused where something already stands.
    """
    from workbook_tools.template import build_template

    build_template(standard, one.target, one.values)
