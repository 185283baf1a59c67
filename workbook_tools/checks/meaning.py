"""What a formula says, whatever program wrote it down.

Nothing is calculated here: formulas are cut into tokens and put into postfix order, in which
redundant parentheses are gone, and compared as texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from workbook_tools.ooxml.formula import FormulaToken, bare_function, tokens
from workbook_tools.ooxml.memo import remembered

MeaningKey = tuple[tuple[str, str], ...]

_BINDS = {
    ":": 9, "neg": 8, "%": 7, "^": 6, "*": 5, "/": 5, "+": 4, "-": 4, "&": 3,
    "=": 2, "<": 2, ">": 2, "<=": 2, ">=": 2, "<>": 2,
}  # fmt: skip
"""How tightly operators bind in Excel (ECMA-376 part 1, 18.17.2.2), where -2^2 is 4."""
_CALLED = re.compile(r""""[^"]*"|'[^']*'|(?<![\w.\\?])(TRUE|FALSE)\(\)""")
"""A constant as LibreOffice writes it; what stands in quotes is passed over."""
_GROUP = "open"
_MEANS_NOTHING = ("+", "@", "=")
"""Before an operand: a sign that changes nothing, implicit intersection, which a single cell does
not need, and the mark of a formula as people type it."""


@remembered(results=4096, longest=1000)
def meaning(formula: str) -> MeaningKey:
    """The tokens that count, operands before their operators: kind and text.

    Spaces, letter case, dollar signs, the spelling of numbers, parentheses and signs that change
    nothing, the prefixes of functions, and [0]! (this workbook) before a name do not count. A
    reference carries its sheet, "" for its own. What is no formula by Excel's grammar keeps the
    order in which it is written.
    """
    spelled = tuple(_spelled(tokens(formula)))
    return _in_postfix(spelled) or spelled


def _spelled(written: Sequence[FormulaToken]) -> Iterator[tuple[str, str]]:
    """The tokens without spaces, each in one spelling."""
    sheet = ""
    for kind, text in written:
        match kind:
            case "space":
                continue
            case "sheet":
                sheet = text[:-1].strip("'").replace("''", "'")
                continue
            case "reference":
                text = f"{sheet}!{text.replace('$', '')}"
            case "name" if sheet.startswith("[") and sheet != "[0]":
                text = f"{sheet}!{text}"  # another workbook's
            case "number":
                text = repr(float(text))
            case "function":
                text = bare_function(text).casefold()
            case "string":
                pass
            case _:
                text = text.casefold()
        yield kind, text
        sheet = ""


def _in_postfix(written: Sequence[tuple[str, str]]) -> MeaningKey | None:
    """The tokens with operands before operators; None where they do not make up a formula."""
    postfix = _Postfix()
    for kind, text in written:
        if not postfix.takes(kind, text):
            return None
    postfix.settle(0)
    return tuple(postfix.found) if postfix.operand and not postfix.waiting else None


class _Postfix:
    """The shunting yard: operators and open parentheses wait until their operands are out."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.waiting: list[tuple[str, str, int]] = []
        """Operators, calls and groups; the number is that of a call's arguments so far."""
        self.operand = False
        """Whether what was read last can be operated on."""

    def takes(self, kind: str, text: str) -> bool:
        """Read one token; whether a formula can go on with it."""
        match kind:
            case "operator" if self.operand:
                return self._between(text)
            case "operator":
                if text == "-":
                    self.waiting.append((kind, "neg", 0))
                return text == "-" or text in _MEANS_NOTHING
            case "separator" | "close":
                return text != "}" and self._ends_argument(closes=kind == "close")
            case "function" | "open":
                self.waiting.append((kind, text, 1))
                return not self.operand and text != "{"
            case "boolean" | "error" | "name" | "number" | "reference" | "string" | "table":
                self.found.append((kind, text))
                before, self.operand = self.operand, True
                return not before
            case _:
                return False

    def settle(self, binds: int) -> None:
        """Put out the operators that bind at least as tightly as the next one."""
        while self.waiting and self.waiting[-1][0] == "operator":
            if _BINDS[self.waiting[-1][1]] < binds:
                return
            kind, text, _ = self.waiting.pop()
            self.found.append((kind, text))

    def _between(self, text: str) -> bool:
        """An operator after an operand: % follows its own, all others stand between two."""
        if text not in _BINDS:
            return False
        self.settle(_BINDS[text])
        if text == "%":
            self.found.append(("operator", text))
        else:
            self.waiting.append(("operator", text, 0))
            self.operand = False
        return True

    def _ends_argument(self, closes: bool) -> bool:
        self.settle(0)
        if not self.waiting:
            return False
        kind, text, arguments = self.waiting.pop()
        if kind == _GROUP:
            return closes and self.operand
        if not self.operand and closes and arguments == 1:
            arguments = 0
        elif not self.operand:
            self.found.append(("empty", ""))
        if not closes:
            self.waiting.append((kind, text, arguments + 1))
        elif text in ("true(", "false(") and not arguments:  # how LibreOffice writes constants
            self.found.append(("boolean", text[:-1]))
        elif text != "single(":  # how files write @
            self.found.append((kind, f"{text}{arguments}"))
        self.operand = closes
        return True


def is_spelled_alike(wanted: str, there: str) -> bool:
    """Whether two formulas are the same text, constants called as functions or not.

    Then they mean the same, and need not be cut up to see it.
    """
    if len(there) < len(wanted):
        return False
    return wanted == there or wanted == _CALLED.sub(lambda found: found[1] or found[0], there)


def says_the_same(
    wanted: MeaningKey, there: str, stands_for: Callable[[str, str, str], bool]
) -> bool:
    """Whether the formula that stands there means what is wanted, the template's formula.

    Cells that references mean are not compared, since they move when rows are inserted; where the
    template has a name, a reference to the cell of that name does as well:
    ``stands_for(sheet, cell, name)``, the sheet "" for the formula's own.
    """
    if len(there) > 200 + 4 * sum(len(text) for _, text in wanted):
        return False  # no program's way of writing is as long, and a crafted text is not cut up
    said = meaning(there)
    if len(wanted) != len(said):
        return False
    for one, other in zip(wanted, said, strict=True):
        if one == other or (one[0] == other[0] == "reference" and "[" not in other[1]):
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
