"""Prose cut into the few kinds of words that a sentence about figures is made of.

Everything that is none of these is *other*, and what stands beside it is not understood: a
statement is read only where every word of it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from workbook_tools.narrative import words
from workbook_tools.narrative.numbers import NUMBER, Number, number_of
from workbook_tools.narrative.words import WordKind
from workbook_tools.standard.model import Standard
from workbook_tools.standard.vocabulary import Aspect, Term

SaidYear = Literal["this", "previous", "other"]


class Meaning(msgspec.Struct, frozen=True, gc=False):
    """What a word says.

    ``term`` of T and A, ``number`` of N, ``year`` of Y; ``aspect`` of A, of B and of C (what it is
    compared with: the budget, or None for the year before); ``direction`` of G; ``terms`` of M: how
    many are added up, 0 where it is not said.
    """

    kind: WordKind
    term: Term | None = None
    number: Number | None = None
    year: SaidYear | None = None
    aspect: Aspect | None = None
    direction: int = 0
    terms: int = 0


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word in its place: ``text[start:end]``."""

    start: int
    end: int
    says: Meaning

    @property
    def kind(self) -> WordKind:
        """The kind of word."""
        return self.says.kind


OTHER = Meaning("O")
OURSELVES = Meaning("W")


class Lexicon:
    """The words of a standard's vocabulary and those of the language, as one pattern."""

    def __init__(self, standard: Standard) -> None:
        vocabulary = standard.vocabulary
        self._known: dict[str, Meaning] = {}
        for kind, plain in words.PLAIN.items():
            self._learn(plain.split(" "), Meaning(kind))
        for word, terms in words.SUMS.items():
            self._learn([word], Meaning("M", terms=terms))
        for aspect, said in words.ASPECTS.items():
            self._learn(said.split(), Meaning("B", aspect=aspect))
        for year, said in words.YEARS.items():
            self._learn(said.split(), Meaning("Y", year=year))
        for base, said in words.COMPARED.items():
            self._learn(said.split(), Meaning("C", aspect=base))
        for direction, said in words.DIRECTIONS.items():
            self._learn(said.split(), Meaning("G", direction=direction))
        self._learn(vocabulary.ourselves, Meaning("W"))
        self._learn(vocabulary.elsewhere, Meaning("E"))
        self._learn(vocabulary.uncertain, Meaning("U"))
        for term in vocabulary.terms:
            for word in term.words:
                early: Aspect | None = "budget" if word.startswith(words.EARLY) else None
                column = term.column or (early if term.budget else None)
                self._learn([word], Meaning("A" if column else "T", term=term, aspect=column))
        columns = [term for term in vocabulary.terms if term.column]
        self._of_columns = {figure for term in columns for figure in term.figures.values()}
        named = [word for term in vocabulary.terms for word in term.words]
        sums = {word[1:] for word in words.SUMS}  # 两项合计, 三项合计: the number does not matter
        self._telling = _shortest([*named, *sums] if named else [])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Compiled when a text first speaks of figures: it takes longer than reading many."""
        return re.compile(
            rf"(?P<item>{words.ITEM})|(?P<year>20\d\d年度?)|(?P<number>{NUMBER})"
            rf"|(?P<word>{_any_of(self._known)})"
        )

    def _learn(self, found: Iterable[str], meaning: Meaning) -> None:
        for word in found:
            self._known[word] = meaning

    def speaks_of_figures(self, text: str) -> bool:
        """Whether a figure is named in a text at all; never where the standard names none."""
        return any(word in text for word in self._telling)

    def is_whole(self, term: Term) -> bool:
        """Whether a term means what the words of columns mean where nothing else is named."""
        return not self._of_columns.isdisjoint(term.figures.values())

    def is_row(self, term: Term) -> bool:
        """Whether the words of columns may follow a term and be of it: 基本支出…，全年执行数…."""
        return bool(self._of_columns) and len(term.figures) > 1 and not self.is_whole(term)

    def tokens(
        self, text: str, start: int, end: int, fiscal_year: int | None, own: re.Pattern[str] | None
    ) -> list[Token]:
        """The words of ``text[start:end]`` in order; spaces are passed over.

        ``own``: names of the subject, one word each whatever is in them (住房和城乡建设局).
        """
        found: list[Token] = []
        for name in own.finditer(text, start, end) if own else ():
            found += self._between(text, start, name.start(), fiscal_year)
            found.append(Token(*name.span(), OURSELVES))
            start = name.end()
        return [*found, *self._between(text, start, end, fiscal_year)]

    def _between(self, text: str, start: int, end: int, fiscal_year: int | None) -> list[Token]:
        found: list[Token] = []
        at = start
        for match in self._pattern.finditer(text, start, end):
            if text[at : match.start()].strip():
                found.append(Token(at, match.start(), OTHER))
            at = match.end()
            if match.lastgroup != "item":
                found.append(Token(match.start(), at, self._meaning(match, fiscal_year)))
        if text[at:end].strip():
            found.append(Token(at, end, OTHER))
        return found

    def _meaning(self, match: re.Match[str], fiscal_year: int | None) -> Meaning:
        match match.lastgroup:
            case "year":
                return Meaning("Y", year=_year(int(match[0][:4]), fiscal_year))
            case "number":
                return Meaning("N", number=number_of(match[0]))
            case _:
                return self._known[match[0]]


def _shortest(found: Iterable[str]) -> list[str]:
    """The words of which every other one contains one."""
    kept: list[str] = []
    for word in sorted(found, key=len):
        if not any(one in word for one in kept):
            kept.append(word)
    return kept


def _any_of(found: Iterable[str]) -> str:
    """Any of the words, the longest first.

    Words are put together by their first character, which saves most of the comparing.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(found, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())


def _year(year: int, fiscal_year: int | None) -> SaidYear:
    if year == fiscal_year:
        return "this"
    return "previous" if fiscal_year is not None and year == fiscal_year - 1 else "other"


@lru_cache(maxsize=16)
def lexicon(standard: Standard) -> Lexicon:
    """The lexicon of a standard, made once."""
    return Lexicon(standard)
