"""Which figure of the workbook a term means, given what is said around it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from workbook_tools.narrative.lexicon import SaidYear
from workbook_tools.narrative.numbers import Number
from workbook_tools.narrative.pieces import Clause
from workbook_tools.narrative.statements import Claim
from workbook_tools.standard.placeholders import Placeholder
from workbook_tools.standard.vocabulary import Aspect, Term


class Around(msgspec.Struct):
    """What was said before in the paragraph (the year) and in the sentence (all else).

    ``aspect``: a heading spoke of the budget or of what was spent. ``whole``: the claim whose parts
    are being listed.
    """

    year: SaidYear = "this"
    aspect: Aspect | None = None
    whole: Claim | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A term with what its own piece says; ``stated`` is false where that was taken over."""

    term: Term
    year: SaidYear
    aspect: Aspect | None
    number: Number | None
    start: int
    end: int
    stated: bool = True


def said_in(piece: Clause, around: Around) -> Said | None:
    """What a piece says of the figure that it names; None where it is unclear which is meant."""
    named = next((one for one in piece.tokens if one.kind == "T"), None)
    named = named or next(one for one in piece.tokens if one.kind == "A")
    term, years, aspects = named.says.term, piece.years, piece.aspects
    assert term is not None, "T and A have terms"
    year = years[-1] if years else around.year
    behind = piece.tokens[piece.tokens.index(named) + 1 :]
    fixed = bool(term.means)
    if len(aspects) > 1 or (fixed and (year != "this" or not aspects <= {"actual"})):
        return None
    if fixed and any(one.kind == "B" for one in behind):
        return None
    return Said(
        term=term,
        year=year,
        aspect=next(iter(aspects), None),
        number=piece.number if piece.tokens[-1].kind == "N" else None,
        start=piece.start,
        end=piece.end,
        stated=not may_be_either_budget(piece, term),
    )


def may_be_either_budget(piece: Clause, term: Term) -> bool:
    """Whether a piece says 预算 of a term that has one before and one after the year's changes."""
    return "budget" in piece.aspects and bool(term.adjusted) and not piece.of("A")


def claim_of(said: Said, around: Around) -> Claim | None:
    """The claim that is made; None where there is no such figure in the workbook.

    What the piece leaves open is taken from the whole that it is a part of, then from a heading,
    then the term's first figure of that year is meant.
    """
    term, aspect, year, whole = said.term, said.aspect, said.year, around.whole
    if year == "other":
        return None
    figures = term.figures
    stated = said.stated and (aspect is not None or bool(term.means))
    if aspect is None and whole is not None and not whole.term.means:
        aspect, stated = whole.aspect, whole.stated
        year = whole.year if year == "this" else year
    aspect = aspect or around.aspect
    possible = [slot[0] for slot in figures if slot[1] == year]
    if aspect is None:
        aspect = possible[0] if possible else "actual"
        stated = stated or len(possible) == 1
    figure = term.means or figures.get((aspect, year), "")
    if not figure:
        return None
    return Claim(
        start=said.start,
        end=said.end,
        term=term,
        aspect=aspect,
        year=year,
        figure=figure,
        number=said.number,
        stated=stated,
    )


def fits(claim: Claim, placeholders: Mapping[str, Placeholder]) -> bool:
    """Whether the claim's number is of the unit that its figure has."""
    number, placeholder = claim.number, placeholders[claim.figure]
    assert number is not None, "asked only of claims with a number"
    if number.measured == "bare":  # a count without its unit (编制数为62), or a mere 0
        return placeholder.kind == "count" or (number.value == 0 and placeholder.kind == "money")
    if number.measured == "count":
        return number.unit == placeholder.unit
    return number.measured == placeholder.kind
