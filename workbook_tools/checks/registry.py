"""The register of all kinds of findings, and of the checks that raise them.

One check, one function, one code: ``@raises(...)`` puts a function and the kind it raises on the
register. Kinds that other rooms raise (a refused workbook, a unit counted twice) are declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.finding import Finding, Kind
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.standard.severity import Severity

Check = Callable[[Case], Iterator[Finding]]

_KINDS: dict[str, Kind] = {}
_CHECKS: dict[str, Check] = {}


class UnknownFindingError(WorkbookToolsError, KeyError):
    """No kind of finding has this code or name."""

    def __str__(self) -> str:
        return f"没有编号或名称为“{self.args[0]}”的问题"


def declare(
    *, code: str, name: str, severity: Severity, title: str, why: str, fix: str, example: str
) -> Kind:
    """Put a kind of finding on the register; codes and names are each used once."""
    kind = Kind(
        code=code, name=name, severity=severity, title=title, why=why, fix=fix, example=example
    )
    _list(kind)
    return kind


def raises(
    *, code: str, name: str, severity: Severity, title: str, why: str, fix: str, example: str
) -> Callable[[Check], Check]:
    """Register the decorated function as the check that raises this kind of finding."""
    kind = Kind(
        code=code, name=name, severity=severity, title=title, why=why, fix=fix, example=example
    )

    def decorate(function: Check) -> Check:
        register(kind, function)
        return function

    return decorate


def register(kind: Kind, function: Check) -> None:
    """Put a kind of finding on the register, and the check that raises it."""
    _list(kind)
    _CHECKS[kind.name] = function


def _list(kind: Kind) -> None:
    taken = {one.code for one in _KINDS.values()} | _KINDS.keys()
    assert taken.isdisjoint({kind.code, kind.name}), f"{kind.code} {kind.name} is registered twice"
    _KINDS[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    """Every kind of finding, by family and number."""
    families = ("WB", "IN", "SC", "XC", "NA", "ST")
    return tuple(sorted(_KINDS.values(), key=lambda one: (families.index(one.code[:2]), one.code)))


def kind(code_or_name: str) -> Kind:
    """The kind with this code (any letter case) or name; raises :class:`UnknownFindingError`."""
    if code_or_name in _KINDS:
        return _KINDS[code_or_name]
    for one in _KINDS.values():
        if one.code == code_or_name.upper():
            return one
    raise UnknownFindingError(code_or_name)


def checks() -> dict[str, Check]:
    """The check function of each kind that has one, by the kind's name."""
    return dict(_CHECKS)


def make(
    name: str,
    message: str,
    *,
    severity: Severity | None = None,
    sheet: str = "",
    cell: str = "",
    field: str = "",
    expected: str = "",
    actual: str = "",
) -> Finding:
    """A finding of a registered kind, of its usual severity unless another is given."""
    known = kind(name)
    return Finding(
        code=known.code,
        name=known.name,
        severity=severity or known.severity,
        sheet=sheet,
        cell=cell,
        field=field,
        expected=expected,
        actual=actual,
        message=message,
    )


def make_at(
    slot: Slot,
    name: str,
    message: str,
    *,
    severity: Severity | None = None,
    expected: str = "",
    actual: str | None = None,
) -> Finding:
    """A finding about one input cell; ``message`` goes on after the words that say where.

    ``actual`` is what stands in the cell unless something else is given.
    """
    return make(
        name,
        f"{slot.where}{message}",
        severity=severity,
        sheet=slot.entry.sheet,
        cell=slot.entry.cell,
        field=slot.field,
        expected=expected,
        actual=slot.entry.raw if actual is None else actual,
    )
