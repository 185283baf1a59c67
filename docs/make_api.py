"""docs/api.md, generated from the docstrings: ``python docs/make_api.py > docs/api.md``."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator

import workbook_tools
from workbook_tools import errors

_ROLE = re.compile(r":\w+:`~?(?:[\w.]+\.)?(\w+)`")
"""A reference as Sphinx reads it; of its path the last step is left."""
_HEAD = """# The Python interface

Everything here is had from `workbook_tools` itself; what is not here may change. Generated from the
docstrings by `python docs/make_api.py > docs/api.md`, and held current by a test.

```python
import workbook_tools as wt

frame = wt.validate("samples").frame()  # a row per workbook and indicator
frame.groupby("unit_name")["score"].sum()
```

Exact numbers are `fractions.Fraction` in submissions and evaluations, decimal strings in records,
floats in frames. Amounts are in 万元, shares are 1 for 100 %, scores are points.
"""


def pages() -> Iterator[str]:
    """The document, a piece per name: functions first, then types, then errors."""
    yield _HEAD
    exported = {name: getattr(workbook_tools, name) for name in workbook_tools.__all__}
    raised = {
        name: one
        for name, one in exported.items()
        if isinstance(one, type) and issubclass(one, workbook_tools.WorkbookToolsError)
    }
    types = {
        name: one for name, one in exported.items() if isinstance(one, type) and name not in raised
    }
    functions = {name: one for name, one in exported.items() if not isinstance(one, type)}
    yield "## Functions\n"
    for name, one in functions.items():
        yield f"### {name}\n\n```text\n{_signature(name, one)}\n```\n\n{_doc(one)}\n"
    yield "## Types\n"
    for name, one in types.items():
        yield f"### {name}\n\n{_doc(one)}\n"
        yield from _members(one)
    yield "## Errors\n"
    yield f"```text\n{_tree()}\n```\n"
    for name, one in raised.items():
        yield f"- **{name}**: {' '.join(_doc(one).split())}"


def _members(one: type) -> Iterator[str]:
    """The fields of a type, and its public methods with the first line of what they say."""
    fields = [
        f"{name}: {kind}"
        for name, kind in inspect.get_annotations(one).items()
        if not name.startswith("_")
    ]
    if fields:
        yield "```text\n" + "\n".join(fields) + "\n```\n"
    for name, member in vars(one).items():
        if name.startswith("_") or name in inspect.get_annotations(one):
            continue
        doc = _doc(member)
        if inspect.isfunction(member):
            yield f"- `{name}{_arguments(member)}`: {doc.splitlines()[0]}"
        elif doc and not inspect.ismemberdescriptor(member):  # a property, cached or not
            yield f"- `{name}`: {doc.splitlines()[0]}"
    yield ""


def _signature(name: str, function: object) -> str:
    """The signature, a line per parameter; annotations as they are written."""
    assert callable(function)
    signature = inspect.signature(function)
    lines, named = [], False
    for one in signature.parameters.values():
        if one.kind is inspect.Parameter.KEYWORD_ONLY and not named:
            lines.append("*")
            named = True
        default = "" if one.default is inspect.Parameter.empty else f" = {one.default!r}"
        lines.append(f"{one.name}: {one.annotation}{default}")
    inside = "".join(f"\n    {line}," for line in lines)
    return f"{name}({inside}\n) -> {signature.return_annotation}"


def _arguments(function: object) -> str:
    assert callable(function)
    names = [one for one in inspect.signature(function).parameters if one != "self"]
    return f"({', '.join(names)})"


def _doc(one: object) -> str:
    return _ROLE.sub(r"`\1`", inspect.getdoc(one) or "")


def _tree() -> str:
    lines = (errors.__doc__ or "").splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith("    "))


if __name__ == "__main__":
    sys.stdout.buffer.write("\n".join(pages()).encode() + b"\n")
