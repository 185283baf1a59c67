"""What departments are compared in, with each other and with themselves: hints, never scores."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from workbook_tools.standard.inputs import Part
from workbook_tools.standard.tables import Condition


class PeerRatio(Part, frozen=True, kw_only=True):
    """A quantity that departments of one kind have much alike: an expense per person, say.

    ``of``: an expression over inputs and derived formulas; a department for which one is blank, or
    a divisor is 0, is not compared. ``shown``: as a share, or as 万元. ``least``: a spread that is
    taken for normal even where the group's is smaller. ``at``: the input whose cell is meant.
    """

    id: str
    label: str
    of: str
    shown: Literal["share", "money"] = "share"
    least: Fraction
    at: str


class Sign(Part, frozen=True, kw_only=True):
    """``of`` is at least, or at most, so much.

    An expression over inputs, derived formulas and indicators, which stand for the share of their
    points that was earned.
    """

    of: str
    at_least: Fraction | None = None
    at_most: Fraction | None = None


class Suspect(Part, frozen=True, kw_only=True):
    """Figures that are each possible and hardly true together.

    A hint where all of ``signs`` hold, each of ``filled`` is filled and none of ``blank``. What a
    sign looks at and is not known is no sign. ``at``: the input whose cell is meant.
    """

    id: str
    label: str
    signs: tuple[Sign, ...] = ()
    filled: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    at: str
    message: str
    advice: str


class RowSuspect(Part, frozen=True, kw_only=True):
    """Words and figures of a table row that are each possible and hardly true together.

    A hint where all of ``when`` hold in a row; the rows of a department are told as one. ``at``:
    the column whose cell is meant.
    """

    id: str
    label: str
    table: str
    when: tuple[Condition, ...]
    at: str
    message: str
    advice: str


class Continuity(Part, frozen=True, kw_only=True):
    """A figure of last year, ``was``, that ``now`` is this year: both are inputs.

    ``may_change``: it usually stays, and there may be a reason why it did not.
    """

    was: str
    now: str
    may_change: bool = False


class Peers(Part, frozen=True, kw_only=True):
    """How departments are held beside each other.

    ``size``: the amount by which they are grouped where the bureau gives no groups, at ``bounds``
    (万元, going up; a department at a bound is in the group above). A group of fewer than ``few``
    that have a quantity is not compared in it. A value stands out that is further from the
    group's median than ``times`` its median absolute deviation. ``least``: for shares of an
    indicator's points what :class:`PeerRatio` has for its own.
    """

    size: str
    bounds: tuple[Fraction, ...]
    few: int = 5
    times: Fraction = Fraction(5)
    least: Fraction = Fraction(1, 20)
    ratios: tuple[PeerRatio, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    rows: tuple[RowSuspect, ...] = ()
