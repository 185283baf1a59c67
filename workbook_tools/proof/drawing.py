"""Random contents for cells: what people type, within the ranges, and what they should not type."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from workbook_tools.proof.inputs import CellContent, ErrorValue
from workbook_tools.standard.contract import Entered
from workbook_tools.standard.inputs import NUMBER_TYPES, WHOLE_TYPES, Choice

SMALLEST_STEP: dict[str, Fraction] = {
    "money": Fraction(1, 100),
    "count": Fraction(1),
    "share": Fraction(1, 10_000),
    "number": Fraction(1, 100),
    "score": Fraction(1, 100),
    "year": Fraction(1),
}
"""By type, the least by which two typed numbers differ."""
_ROUND = (1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 80, 100, 125, 200, 250, 400, 500, 1000, 2000, 4000)
_LARGEST = {"money": 500_000, "count": 3000, "share": 1, "number": 5000, "score": 100}
_LAST_YEAR = 2100
_FINEST_TYPED = 10**6
_TEXTS = (
    "12",
    "１２",
    "3,975.53",
    "100万元",
    "待定",
    "-",
    " ",
    "1e3",
    "是",
    "TRUE",
    "0",
    "\u3000\u00a0",
)
_ERRORS = (ErrorValue("#N/A"), ErrorValue("#DIV/0!"))


def number(random: Random, entry: Entered) -> Fraction:
    """A number of the entry's type, within its range."""
    step, most = SMALLEST_STEP[entry.type], _LARGEST.get(entry.type, _LAST_YEAR)
    low = Fraction(0) if entry.min is None else entry.min
    high = max(low, Fraction(most) if entry.max is None else min(entry.max, Fraction(most)))
    if entry.min is None and entry.type == "number" and random.random() < 0.1:
        low = -high
    match random.random():
        case chance if chance < 0.06:
            found = low
        case chance if chance < 0.35 and high > 1:
            found = Fraction(random.choice(_ROUND))
        case chance if chance < 0.9:
            found = low + (min(high, low + 5000) - low) * Fraction(random.random())
        case _:
            found = low + (high - low) * Fraction(random.random())
    return min(max(low, round(found / step) * step), high)


def fits(entry: Entered, value: Fraction) -> bool:
    """Whether somebody could type this number there: in range, whole where asked, short."""
    if abs(value) > _LARGEST.get(entry.type, _LAST_YEAR):
        return False
    if (entry.min is not None and value < entry.min) or (
        entry.max is not None and value > entry.max
    ):
        return False
    if entry.type in WHOLE_TYPES:
        return value.denominator == 1
    return _FINEST_TYPED % value.denominator == 0


def choice(random: Random, choices: tuple[Choice, ...]) -> CellContent:
    """One of the choices, the first ones more often."""
    found = choices[min(random.randrange(len(choices)), random.randrange(len(choices)))]
    return found if isinstance(found, str) else Fraction(found)


def typed(random: Random, entry: Entered) -> CellContent:
    """What belongs into the cell of an entry."""
    if entry.type == "choice":
        return choice(random, entry.choices)
    if entry.type in NUMBER_TYPES:
        return number(random, entry)
    return f"{entry.label[:4]}{random.randrange(100)}"


def mistyped(random: Random, entry: Entered) -> CellContent | None:
    """What does not belong there: None is a blank."""
    match random.randrange(7):
        case 0 | 1:
            return None
        case 2:
            return random.choice(_ERRORS)
        case 3:
            return random.random() < 0.5
        case 4:
            return _almost(random, entry)
        case 5:
            return _out_of_range(random, entry)
        case _:
            return random.choice(_TEXTS)


def _almost(random: Random, entry: Entered) -> CellContent:
    """The right thing in the wrong form: a number as text, a choice with a space."""
    right = typed(random, entry)
    assert isinstance(right, Fraction | str)  # no more is ever right
    text = right if isinstance(right, str) else f"{float(right):g}"
    if entry.type == "choice":
        text = random.choice((f"{text} ", f" {text}", f"{text}　", text + text))
    return text


def _out_of_range(random: Random, entry: Entered) -> CellContent:
    """A number that the range excludes, or that is not whole."""
    beyond = random.choice(
        (Fraction(-1), Fraction(-250), Fraction(3, 2), Fraction(10**7), Fraction(0))
    )
    if entry.type in NUMBER_TYPES and entry.max is not None:
        return random.choice((beyond, entry.max + 1, entry.max + SMALLEST_STEP[entry.type]))
    return beyond
