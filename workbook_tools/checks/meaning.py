"""What a formula says, whatever program wrote it down.

Nothing is calculated here: formulas are compared as texts cut into tokens.
"""

from __future__ import annotations

from collections.abc import Callable

from workbook_tools.ooxml.formula import tokens
from workbook_tools.ooxml.memo import remembered

Meaning = tuple[tuple[str, str], ...]


@remembered(results=4096, longest=1000)
def meaning(formula: str) -> Meaning:
    """The tokens that count: kind and text.

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


def says_the_same(wanted: Meaning, there: str, stands_for: Callable[[str, str, str], bool]) -> bool:
    """Whether the formula that stands there means what is wanted, the template's formula.

    Cells that references mean are not compared, since they move when rows are inserted; where the
    template has a name, a reference to the cell of that name does as well:
    ``stands_for(sheet, cell, name)``, the sheet "" for the formula's own.
    """
    if len(there) > 200 and len(there) > 200 + 4 * sum(len(text) for _, text in wanted):
        return False  # no program's way of writing is as long, and a crafted text is not cut up
    said = meaning(there)
    if len(wanted) != len(said):
        return False
    for one, other in zip(wanted, said, strict=True):
        if one == other or one[0] == other[0] == "reference":
            continue
        if one[0] != "name" or other[0] != "reference":
            return False
        sheet, _, cell = other[1].rpartition("!")
        if not stands_for(sheet, cell, one[1]):
            return False
    return True


@remembered(results=4096, longest=1000)
def names_in(formula: str) -> frozenset[str]:
    """The defined names that a formula uses, in lower case."""
    return frozenset(text for kind, text in meaning(formula) if kind == "name")
