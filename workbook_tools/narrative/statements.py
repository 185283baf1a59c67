"""What prose says of figures, once it is understood."""

from __future__ import annotations

import msgspec

from workbook_tools.narrative.numbers import Number
from workbook_tools.standard.vocabulary import Aspect, Term, Year


class Claim(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A figure with its name: 基本支出1,004.08万元 (without a number where it is only named).

    ``start`` and ``end`` are the words in the text. ``figure`` is the placeholder name of what is
    meant. ``stated``: the words say which figure of the term it is; else it is the usual one.
    """

    start: int
    end: int
    term: Term
    aspect: Aspect
    year: Year
    figure: str
    number: Number | None
    stated: bool


class Share(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A claim's part of a whole: ，占25.26%. ``base``: a claim, or the name of a figure."""

    start: int
    end: int
    number: Number
    part: Claim
    base: Claim | str


class StatedChange(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A claim against an earlier or planned figure: ，较上年下降12%.

    ``than`` is the name of that figure, ``direction`` 1 where more is claimed and -1 where less.
    """

    start: int
    end: int
    number: Number
    of: Claim
    than: str
    direction: int


class Group(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A claim and what is listed after its 其中."""

    whole: Claim
    parts: tuple[Claim, ...]


class Listed(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Amounts and the sum that the text gives for them: A 2万元、B 3万元，两项合计5万元."""

    start: int
    end: int
    total: Number
    terms: tuple[Number, ...]


class Statements(msgspec.Struct):
    """Everything that was understood in one text, in its order."""

    claims: list[Claim] = []
    shares: list[Share] = []
    changes: list[StatedChange] = []
    groups: list[Group] = []
    sums: list[Listed] = []
