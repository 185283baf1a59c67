"""Read prose: which figures it names, and what it says of them.

Precision comes before everything. A sentence is cut at its commas; a piece is read only when it
consists of known words in a known order, and everything else is passed over: other years, other
units, plans, approximations, a project or a place before the name of a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.narrative import pieces as shape
from workbook_tools.narrative.doubts import Doubts
from workbook_tools.narrative.lexicon import OTHER, OURSELVES, Token, lexicon
from workbook_tools.narrative.meaning import (
    Around,
    Said,
    claim_of,
    fits,
    may_be_either_budget,
    said_in,
)
from workbook_tools.narrative.numbers import Number
from workbook_tools.narrative.pieces import Clause, pieces, words_of
from workbook_tools.narrative.plain import plain
from workbook_tools.narrative.statements import (
    Claim,
    Group,
    Listed,
    Share,
    StatedChange,
    Statements,
)
from workbook_tools.narrative.subjects import Outline, Subject, is_functional
from workbook_tools.narrative.words import EARLY, whole_name
from workbook_tools.standard.model import Standard
from workbook_tools.standard.placeholders import placeholders

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE = re.compile(r"[^。！？!?]+")
_DIGIT = re.compile(r"\d")
_RESPECTIVELY = re.compile(r"T(?:[、+,]T)+[YLB]*DL*N(?:[、+,]N)+(?=[,;、)]|$)")


def read(
    text: str, standard: Standard, fiscal_year: int | None, own_name: str, project: str = ""
) -> Statements:
    """What a text, made :func:`~.plain.plain`, says of the workbook's figures.

    Nothing is said where it is not certain; places are those of the plain text.

    ``fiscal_year`` tells which year 2020年 is (None: no year in digits is understood), ``own_name``
    is the department's own name, and ``project`` that of the project whose workbook it is: they may
    stand before a figure.
    """
    found = Statements()
    known = lexicon(standard)
    names = [one for name in (own_name, project) if len(one := whole_name(plain(name))) > 2]
    own = re.compile("|".join(map(re.escape, names))) if names else None
    outline = Outline(own_name, (*names, *standard.vocabulary.ourselves))
    for line in _LINE.finditer(text):
        outline.take(line[0])
        if not _DIGIT.search(line[0]) or not known.speaks_of_figures(line[0]):
            continue
        if outline.subject is Subject.ANOTHER:
            continue
        paragraph = _TextLine(text, standard, outline, found)
        for sentence in _SENTENCE.finditer(text, *line.span()):
            if is_functional(sentence[0]):
                break  # and what follows may be of that item
            paragraph.sentence(known.tokens(text, *sentence.span(), fiscal_year, own))
    return found


class _TextLine:
    """A line of text, sentence by sentence."""

    def __init__(self, text: str, standard: Standard, outline: Outline, found: Statements) -> None:
        self.text, self.outline, self.found = text, outline, found
        self.placeholders = placeholders(standard)
        self.known = lexicon(standard)
        self.doubts = Doubts(text, outline, self.known)
        self.around = Around()
        self._begin()

    def _begin(self) -> None:
        self.around = Around(year=self.around.year)
        self.doubts.begin()
        self.last: Claim | None = None
        self.compared: tuple[Claim, str] | None = None
        self.understood = True
        self.bracket: tuple[int, bool] = (-1, True)
        self.begins = True
        self.groups: list[tuple[Claim, list[Claim]]] = []
        self.amounts: list[Number] = []

    def sentence(self, tokens: Sequence[Token]) -> None:
        """Read one sentence."""
        self._begin()
        tokens = [self._own(token) if token.kind == "O" else token for token in tokens]
        kinds = [token.kind for token in tokens]
        if "U" in kinds:
            self.doubts.elsewhere = self.doubts.elsewhere or "E" in kinds
            self._year_from(Clause(None, tokens))
            return
        self.doubts.hear(tokens)
        for piece in pieces(self._respectively(tokens), self.text):
            if piece.after == "(":
                closed = self.text.find(")", piece.start), self.text.find("）", piece.start)
                end = min((one for one in closed if one >= 0), default=len(self.text))
                self.bracket = (end, self.understood)
            if piece.start > self.bracket[0] or self.bracket[1]:
                self._piece(piece)
            self.understood = shape.NOT_UNDERSTOOD.isdisjoint(piece.codes)
            self.begins = piece.before == ":"
        self.found.groups += [Group(whole=one, parts=tuple(parts)) for one, parts in self.groups]

    def _own(self, token: Token) -> Token:
        words = words_of(token, self.text)
        own = len(words) > 2 and words in self.outline.own_name
        return Token(token.start, token.end, OURSELVES) if own else token

    def _year_from(self, piece: Clause) -> None:
        if piece.years:
            self.around.year = piece.years[-1]

    def _piece(self, piece: Clause) -> None:
        codes = piece.codes
        if codes.startswith("X") and self.last is not None:
            self._take_back(self.last)  # 含…: it is more, or less, than its name says
        if not shape.NOT_UNDERSTOOD.isdisjoint(codes):
            self._not_understood(piece, codes)
        elif "N" not in codes:
            self._context(piece, codes)
        elif not self._statement(piece, codes):
            self.last = None
            self._amount(piece)

    def _not_understood(self, piece: Clause, codes: str) -> None:
        """Pass over a piece, but notice when somebody else becomes the subject."""
        self.last = self.compared = None
        if codes.startswith("Y"):
            self._year_from(piece)
        self.doubts.pass_over(piece, self.begins)
        self._amount(piece)

    def _context(self, piece: Clause, codes: str) -> None:
        """Words without a number: a year, a heading, 其中, or the name of a figure."""
        if "P" in codes:
            self.amounts.clear()
            self._open_group()
        self._year_from(piece)
        if shape.NAMED.fullmatch(codes):
            self.doubts.name(piece)
            said = said_in(piece, self.around)
            self.last = None if said is None else claim_of(said, self.around)
        elif "P" not in codes:
            self.last = None
            if len(piece.aspects) == 1:
                self.around.aspect = next(iter(piece.aspects))

    def _statement(self, piece: Clause, codes: str) -> bool:
        if self.doubts.is_of_others:
            return False
        if "P" in codes:
            self.amounts.clear()
            self._open_group()
        if shape.CLAIM.fullmatch(codes):
            return not self.doubts.is_unsure(piece, self.around.whole, self.last) and self._claim(
                piece
            )
        if shape.EARLY_BUDGET.fullmatch(codes):
            if self._is_column_of_last(piece):
                return self._goes_on(piece)
            another = self.doubts.is_of_another_item(piece)
            return (
                not another
                and not self.doubts.is_unsure(piece, self.around.whole, self.last)
                and self._claim(piece)
            )
        if shape.SHARE.fullmatch(codes):
            return self._share(piece)
        if shape.CHANGE.fullmatch(codes):
            return self._change(piece, codes)
        if shape.SUM.fullmatch(codes):
            return self._sum(piece)
        return shape.GOES_ON.fullmatch(codes) is not None and self._goes_on(piece)

    def _is_column_of_last(self, piece: Clause) -> bool:
        """基本支出年初预算5万元，全年执行数3.1万元: the words of a column go on with the row."""
        column, last = piece.of("A")[0].term, self.last
        return (
            column is not None
            and column.column is not None
            and last is not None
            and last.term.column is None
            and not last.term.means
        )

    def _open_group(self) -> None:
        if self.last is not None:
            self.groups.append((self.last, []))
            self.around.whole = self.last

    def _claim(self, piece: Clause) -> bool:
        said = said_in(piece, self.around)
        if piece.years and piece.tokens[0].kind == "Y":
            self.around.year = piece.years[0]
        self.last = None
        self._amount(piece)
        self.doubts.claim(piece, said)
        if said is not None and (self.around.whole or piece.of("A") or not said.term.as_part):
            self._add(said)
        return True

    def _goes_on(self, piece: Clause) -> bool:
        """公务接待费预算5万元，实际支出3.1万元，上年4万元: the same thing, another figure."""
        last, aspects = self.last, piece.aspects
        if last is None or last.term.means or len(aspects) > 1:
            return False
        if not self.doubts.may_go_on(last, self.around.whole):
            return False
        said = Said(
            term=last.term,
            year=piece.years[-1] if piece.years else last.year,
            aspect=next(iter(aspects), last.aspect),
            number=piece.number,
            start=piece.start,
            end=piece.end,
            stated=not may_be_either_budget(piece, last.term) if aspects else last.stated,
        )
        self._amount(piece)
        self._add(said)
        of = self._this_year(self.last)
        if self.last is not None and of is not None and of is not self.last:
            self.compared = of, self.last.figure
        return True

    def _add(self, said: Said) -> None:
        claim = claim_of(said, self.around)
        self.compared = None
        if claim is None or not fits(claim, self.placeholders):
            self.last = None
            return
        self.found.claims.append(claim)
        for _, parts in self.groups:
            parts.append(claim)
        self.last = claim

    def _take_back(self, claim: Claim) -> None:
        if claim in self.found.claims:
            self.found.claims.remove(claim)
        self.groups = [(whole, parts) for whole, parts in self.groups if whole is not claim]
        for _, parts in self.groups:
            if claim in parts:
                parts.remove(claim)

    def _share(self, piece: Clause) -> bool:
        part = self.last
        if part is None or piece.number.measured != "share":
            return False
        base = self._base(piece, part)
        if base is not None:
            number, end = piece.number, piece.end
            self.found.shares.append(
                Share(start=part.start, end=end, number=number, part=part, base=base)
            )
        return True

    def _base(self, piece: Clause, part: Claim) -> Claim | str | None:
        """What a share is of: a claim of the text, or a figure of the workbook."""
        whole = next((one for one, parts in reversed(self.groups) if part in parts), None)
        named = piece.of("T", "A")
        if not named:
            return whole if not piece.aspects and not piece.years else None
        term = named[0].term
        assert term is not None, "T and A have terms"
        if named[0].kind == "A":
            spent = (part.aspect, part.year) == ("actual", "this") and not part.term.means
            if not spent or named[0].aspect is None or self.known.is_row(part.term):
                return None  # of a row: 占全年预算 may be its own, or the whole
            column = (named[0].aspect, part.year)
            figure = part.term.figures.get(column) or term.figures.get(column, "")
            return figure if figure != part.figure else None
        if any(year != part.year for year in piece.years):
            return None
        aspect = next(iter(piece.aspects), part.aspect)
        figure = term.means or term.figures.get((aspect, part.year), "")
        if not figure or figure == part.figure:
            return None
        return whole if whole is not None and whole.figure == figure else figure

    def _change(self, piece: Clause, codes: str) -> bool:
        """较上年下降…, or only 下降… where it is said already what is compared."""
        if codes.startswith("C"):
            self.compared = self._comparison(piece)
        if self.compared is None or piece.number.measured not in ("share", "money"):
            return False
        of, than = self.compared
        direction = piece.of("G")[0].direction
        start, end, number = piece.start, piece.end, piece.number
        self.found.changes.append(
            StatedChange(start=start, end=end, number=number, of=of, than=than, direction=direction)
        )
        return True

    def _comparison(self, piece: Clause) -> tuple[Claim, str] | None:
        """The claim that a comparison is about, and the figure that it is compared with."""
        of = self._this_year(self.last)
        if of is None:
            return None
        if piece.tokens[0].says.aspect is None:
            than = of.term.figures.get((of.aspect, "previous"), "")
        else:
            said = words_of(piece.tokens[0], self.text)
            certain = not of.term.adjusted or EARLY in said
            than = of.term.budget if of.aspect == "actual" and certain else ""
        return (of, than) if than else None

    def _this_year(self, last: Claim | None) -> Claim | None:
        """What a comparison is about: 本年2万元，上年3万元，下降… is about the first."""
        if last is None or last.year == "this":
            return last
        same = (one for one in reversed(self.found.claims) if one.term is last.term)
        return next((one for one in same if one.year == "this"), None)

    def _amount(self, piece: Clause) -> None:
        """Remember the amount that a piece ends with, for a sum that may follow."""
        numbers = piece.of("N")
        if len(numbers) == 1 and piece.tokens[-1].kind == "N" and piece.after != "(":
            self.amounts.append(piece.number)
        elif numbers or piece.of("P"):
            self.amounts.clear()

    def _sum(self, piece: Clause) -> bool:
        count, total, terms = piece.of("M")[0].terms, piece.number, tuple(self.amounts)
        self.amounts.clear()
        self.last = None
        if len(terms) == count > 0 and {one.measured for one in (total, *terms)} == {"money"}:
            start, end = piece.start, piece.end
            self.found.sums.append(Listed(start=start, end=end, total=total, terms=terms))
        return True

    def _respectively(self, tokens: list[Token]) -> list[Token]:
        """Read 基本支出和项目支出分别为1万元和2万元; gives the sentence with that passed over."""
        codes = Clause(None, tokens).codes
        match = _RESPECTIVELY.search(codes)
        if match is None:
            return tokens
        before, inside = tokens[: match.start()], tokens[match.start() : match.end()]
        behind = tokens[match.end() :]
        piece, said_before = Clause(None, inside), codes[: match.start()]
        terms, numbers = piece.of("T"), piece.of("N")
        understood = re.fullmatch(r"(?:.*[,;:])?[PYL]*", said_before) and len(piece.aspects) < 2
        if (
            understood
            and shape.NOT_UNDERSTOOD.isdisjoint(said_before)
            and not self.doubts.elsewhere
        ):
            self._year_from(Clause(None, before))
            if len(terms) == len(numbers) and not piece.years:
                for term, number in zip(terms, numbers, strict=True):
                    assert term.term is not None, "T has a term"
                    self._add(
                        Said(
                            term=term.term,
                            year=self.around.year,
                            aspect=next(iter(piece.aspects), None),
                            number=number.number,
                            start=piece.start,
                            end=piece.end,
                        )
                    )
        return [*before, Token(piece.start, piece.end, OTHER), *behind]
