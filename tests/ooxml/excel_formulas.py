"""What Excel cannot read of a formula in a file, though other programs can."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'((?:[^']|'')+)'!|(?<![\w.'\]])([^\W\d][\w.]*)!")
_CALL = re.compile(r"([A-Za-z_][\w.]*)\(")
_LATER = frozenset(
    """
    ACOT ACOTH AGGREGATE ARABIC BASE BINOM.DIST.RANGE BITAND BITOR BITXOR BYCOL BYROW
    CEILING.MATH CHOOSECOLS CHOOSEROWS CONCAT CONFIDENCE.NORM COVARIANCE.P COVARIANCE.S DAYS
    DECIMAL DROP EXPAND FILTERXML FLOOR.MATH FORMULATEXT HSTACK IFNA IFS ISFORMULA LAMBDA LET
    MAXIFS MINIFS MODE.SNGL NUMBERVALUE PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.INC
    QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ SEQUENCE SHEET SHEETS SORTBY STDEV.P STDEV.S SWITCH
    TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VAR.P VAR.S
    VSTACK WEBSERVICE WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR
    """.split()  # noqa: SIM905 - reads better than sixty lines
)
"""Functions younger than Excel 2007: the file's form of them begins with ``_xlfn.``."""


def formula_faults(formula: str, sheets: Sequence[str] | None) -> Iterator[str]:
    """Why Excel would take the formula out; ``sheets``: those that it may name, None where any."""
    if len(formula) > 8_192:
        yield f"formula of {len(formula)} characters"
    if formula.startswith("="):
        yield "formula begins with a second ="
    literals = _TEXT.findall(formula)
    if any(len(one[1:-1].replace('""', '"')) > 255 for one in literals):
        yield "literal of more than 255 characters"
    bare = _TEXT.sub('""', formula)
    if bare.count('"') % 2:
        yield "a quote is left open"
    if sheets is not None:
        for quoted, plain in _SHEET.findall(bare):
            name = quoted.replace("''", "'") or plain
            if "[" not in name and name.lower() not in {one.lower() for one in sheets}:
                yield f"formula names an absent sheet {name}"
    bare = re.sub(r"'(?:[^']|'')+'", "_", bare)
    if bare.count("(") != bare.count(")"):
        yield "parentheses do not pair"
    if ";" in re.sub(r"\{[^}]*\}", "", bare):
        yield "arguments apart by semicolons"
    depth = deepest = 0
    for letter in bare:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    if deepest > 64:
        yield "nested more than 64 levels deep"
    for name in _CALL.findall(bare):
        if name.upper() in _LATER:
            yield f"{name} without _xlfn."
