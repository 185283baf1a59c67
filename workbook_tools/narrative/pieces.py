"""A sentence cut at its commas into pieces, and what a piece says as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from workbook_tools.narrative.lexicon import Meaning, SaidYear, Token
from workbook_tools.narrative.numbers import Number
from workbook_tools.narrative.words import PURPOSES, WordKind
from workbook_tools.standard.vocabulary import Aspect

CLAIM = re.compile(r"P?[YLBAM]*T[YLBAM]*N")  # 基本支出1,004.08万元
EARLY_BUDGET = re.compile(r"P?[YLB]*A[YLBM]*N")  # 年初预算3,975.53万元
GOES_ON = re.compile(r"[YLB]*[YB][YLB]*N")  # …，实际支出3.1万元
NAMED = re.compile(r"P?[YLBA]*T[LB]*")  # 基本支出 (占…)
SHARE = re.compile(r"S[LYB]*[TA]?[YLBM]*N")  # 占支出合计的25.26%
CHANGE = re.compile(r"(?:C[LB]*)?GL*N")  # 较上年下降12%
SUM = re.compile(r"L*ML*N")  # 两项合计5万元
NOT_UNDERSTOOD = frozenset("OXE+D")


class Clause(msgspec.Struct):
    """The words between two marks: ``after`` the one before them, ``before`` the one behind."""

    after: WordKind | None
    tokens: list[Token]
    before: WordKind | None = None

    @property
    def codes(self) -> str:
        """The kinds of the words, a letter each; the department itself says nothing."""
        return "".join(token.kind for token in self.tokens).replace("W", "L")

    @property
    def start(self) -> int:
        """Where its words begin, 其中 left out."""
        return next((one.start for one in self.tokens if one.kind != "P"), self.tokens[0].start)

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.tokens[-1].end

    @property
    def number(self) -> Number:
        """The number that it ends with."""
        number = self.tokens[-1].says.number
        assert number is not None, "asked only of pieces that end with one"
        return number

    @property
    def years(self) -> list[SaidYear]:
        """The years that it names."""
        return [year for one in self.tokens if (year := one.says.year) is not None]

    @property
    def aspects(self) -> set[Aspect]:
        """Whether it speaks of a budget, of what was spent, of several, or does not say."""
        return {one.aspect for one in self.of("A", "B") if one.aspect is not None}

    def of(self, *kinds: WordKind) -> list[Meaning]:
        """What its words of some kinds say."""
        return [token.says for token in self.tokens if token.kind in kinds]


def pieces(tokens: Sequence[Token], text: str) -> list[Clause]:
    """The pieces of a sentence, without what amounts are used for and without empty ones."""
    cut = list(_cut(tokens))
    for piece, following in zip(cut, [*cut[1:], None], strict=True):
        piece.before = following.after if following else None
        _leave_out_purpose(piece, text)
    return [piece for piece in cut if piece.tokens]


def words_of(token: Token, text: str) -> str:
    """The words of a token without spaces around them."""
    return text[token.start : token.end].strip()


def _cut(tokens: Sequence[Token]) -> Iterator[Clause]:
    piece = Clause(None, [])
    for token in tokens:
        after_number = bool(piece.tokens) and piece.tokens[-1].kind == "N"
        if token.kind in ",、;:()" or (token.kind == "+" and after_number):
            yield piece
            piece = Clause(token.kind, [])
        elif token.kind in "SC" and piece.tokens:
            yield piece
            piece = Clause(None, [token])
        else:
            piece.tokens.append(token)
    yield piece


def _leave_out_purpose(piece: Clause, text: str) -> None:
    for place, token in enumerate(piece.tokens[1:], start=1):
        if piece.tokens[place - 1].kind == "N" and token.kind == "O":
            if words_of(token, text).startswith(PURPOSES):
                del piece.tokens[place:]
            return
