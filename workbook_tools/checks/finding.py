"""A finding, and the catalogue of all kinds of findings."""

from __future__ import annotations

import re

import msgspec

from workbook_tools.standard.severity import Severity

_NAME = re.compile(r"[A-Za-z]_[A-Za-z0-9]", re.ASCII)
HASH_FIELD = "meta_standard_hash"


class Cause(msgspec.Struct, frozen=True):
    """Another finding, told by its code and place (as in :class:`Finding`)."""

    code: str
    sheet: str
    cell: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a workbook that a person should look at.

    ``code`` ("SC301") and ``name`` ("self-score-too-high") tell the kind; ``sheet`` and ``cell``
    (A1) the place, both "" when it concerns the file; ``field`` the id of the input, indicator or
    defined name. ``expected`` and ``actual`` are both numbers (or texts) as a person would write
    them. ``message`` (Chinese) says where, what, why with the figures, and what to do. ``causes``
    are the findings that this one follows from: it goes, or is worked out anew, with them.
    """

    code: str
    name: str
    severity: Severity
    sheet: str
    cell: str
    field: str
    expected: str
    actual: str
    message: str
    causes: tuple[Cause, ...] = ()

    @property
    def as_cause(self) -> Cause:
        """How another finding names this one that it follows from."""
        return Cause(self.code, self.sheet, self.cell)

    @property
    def compared(self) -> tuple[str, str]:
        """Expected and actual for people: no digests, and no formulas that speak in names."""
        if self.field == HASH_FIELD:
            return "", ""
        return _for_people(self.expected), _for_people(self.actual)


def _for_people(text: str) -> str:
    return "公式" if text.startswith("=") and _NAME.search(text) else text


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of finding: what ``explain`` prints and docs/findings.md lists.

    ``severity`` is the usual one (a rule in the standard may set another), ``title`` a short
    Chinese name, ``why`` the reason it matters, ``fix`` what to do, ``example`` a short case.
    """

    code: str
    name: str
    severity: Severity
    title: str
    why: str
    fix: str
    example: str
