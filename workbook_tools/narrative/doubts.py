"""Whether a figure that a sentence names may be another's: of a body, an item, a matter, a row.

A name that says itself what it is (公务接待费) needs little; one that every item has (年初预算,
全年执行数, 执行率) is ours only where nothing that was said before could have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.narrative.lexicon import Lexicon, Token
from workbook_tools.narrative.meaning import Said
from workbook_tools.narrative.pieces import Clause, words_of
from workbook_tools.narrative.statements import Claim
from workbook_tools.narrative.subjects import Outline, Subject
from workbook_tools.narrative.words import (
    begins_like_a_circumstance,
    introduces_another,
    is_general,
    is_heading,
    names_a_body,
    names_a_matter,
)
from workbook_tools.standard.vocabulary import Term


class Doubts:
    """What was said in a line, as far as figures that follow may be of that.

    ``elsewhere`` and ``doubtful``: others may be the subject; the first ends when the department
    itself is named, the second also with a sentence that begins with a year. ``topics``: parts
    or matters that headings above or a sentence before speak of, so that totals are theirs.
    ``other_named``: an item or matter with an amount was named, whose 年初预算 may follow.
    ``passed_over``: something was said that is not understood, and a mere 执行率 may be of that;
    ``passed_here``: in this sentence, ``matter_named``: and speaks of a matter, so that the words
    of a column may be of it as well. ``named_before`` and ``part_named`` are of this sentence.
    """

    def __init__(self, text: str, outline: Outline, known: Lexicon) -> None:
        self.text, self.outline, self.known = text, outline, known
        self.topics = outline.topics
        self.elsewhere = self.doubtful = self.other_named = False
        self.passed_over = self.matter_named = False
        self.named_before = self.part_named = self.passed_here = False
        self._rows: list[Term] = []

    @property
    def is_of_others(self) -> bool:
        """Whether no figure at all may be taken for the department's."""
        return self.elsewhere or self.doubtful

    def begin(self) -> None:
        """A sentence begins."""
        self.named_before = self.part_named = self.passed_here = False
        self._rows.clear()

    def hear(self, tokens: Sequence[Token]) -> None:
        """Note by what a sentence begins, and whether it does nothing but name something."""
        kinds = [token.kind for token in tokens]
        if kinds and kinds[0] in "WY":
            self.doubtful = self.passed_over = self.matter_named = False
            self.elsewhere = self.elsewhere and kinds[0] != "W"
        if "W" in kinds:
            self.other_named = False
        if tokens and not {"N", ","} & set(kinds):
            words = self.text[tokens[0].start : tokens[-1].end].strip()
            if self.outline.of(words) is not Subject.DEPARTMENT:
                self.topics = [*self.topics, words]

    def pass_over(self, piece: Clause, begins: bool) -> None:
        """Notice when somebody or something else becomes the subject with what is not understood.

        ``begins``: the piece begins a sentence, or what stands behind a colon.
        """
        codes = piece.codes
        self.elsewhere = self.elsewhere or "E" in codes
        others = [words_of(one, self.text) for one in piece.tokens if one.kind == "O"]
        self._may_name_a_part(piece, codes)
        self.passed_over = True
        circumstance = any(map(begins_like_a_circumstance, others[:1]))
        self.passed_here = self.passed_here or not circumstance
        self.matter_named = self.matter_named or any(map(names_a_matter, others))
        if piece.before == ":" and not all(map(is_heading, others)):
            self.elsewhere = True  # 信息中心：基本支出…
        if re.search(r"O[^N]*[TA][^O]*N", codes):
            self.doubtful = True  # 滨河公园项目支出320万元: and so may be what follows
        elif others and codes.endswith("O") and "N" not in codes:
            alone = begins and codes == "O"
            self.doubtful = self.doubtful or introduces_another(others[-1], alone)
        elif "P" in codes and any(map(names_a_body, others)):
            self.doubtful = True  # 其中局本级187人（在职139人）

    def _may_name_a_part(self, piece: Clause, codes: str) -> None:
        """工会经费支出, 项目支出方面, 教育支出30万元: what follows may be the budget of that."""
        if "O" not in codes or is_heading(self.text[piece.start : piece.end]):
            return
        if "T" in codes or codes.endswith("B") or re.search(r"[BLO]N$", codes):
            self.named_before = self.other_named = True
            self.part_named = self.part_named or "N" not in codes

    def name(self, piece: Clause) -> None:
        """A figure is named without a number."""
        self.part_named = self.part_named or not self._is_general(piece)

    def claim(self, piece: Clause, said: Said | None) -> None:
        """A figure is claimed: what follows is still said of all, or may be of that one."""
        if said is not None and self.known.is_row(said.term):
            self.other_named = True
            self._rows.append(said.term)
        of_all = said is not None and self.known.is_whole(said.term)
        self.named_before = self.named_before or not (of_all or self._is_rate(piece))

    def is_of_another_item(self, piece: Clause) -> bool:
        """Whether a mere 年初预算 or 全年执行数 may be that of what was named before it."""
        return self.named_before or (self.other_named and self._is_general(piece))

    def may_go_on(self, last: Claim, whole: Claim | None) -> bool:
        """Whether an amount without a name is of the row named last, and not of all rows again.

        Of one row 全年执行数 goes on; behind several, 基本支出…、项目支出…, it may be of all.
        """
        if not self.known.is_row(last.term):
            return True
        return whole is None and all(one is last.term for one in self._rows)

    def is_unsure(self, piece: Clause, whole: Claim | None, last: Claim | None) -> bool:
        """Whether a figure that every item and body has may be another's than the department's.

        ``whole``: of what parts are being listed; ``last``: the claim right before.
        """
        if not self._is_general(piece):
            return False
        if whole is not None:
            return self.known.is_row(whole.term)
        if self.part_named or self._may_be_of_a_matter(piece, last):
            return True
        name = next(words_of(one, self.text) for one in piece.tokens if one.kind in "TA")
        announced = all(is_heading(one.replace(name, "", 1)) for one in self.topics)
        return not announced and not any(one.kind == "W" for one in piece.tokens)

    def _may_be_of_a_matter(self, piece: Clause, last: Claim | None) -> bool:
        """Whether a column's words or a rate may be of what was named before, and not of all."""
        if last is not None and self.known.is_whole(last.term):
            return False
        if self._is_rate(piece):
            return self.passed_over or self.named_before or self.other_named
        named = [one.term for one in piece.of("T", "A") if one.term is not None]
        of_all = any(map(self.known.is_whole, named))
        return of_all and (self.matter_named or self.passed_here)

    def _is_rate(self, piece: Clause) -> bool:
        """Whether a piece says a share by a name that all have: 执行率95%."""
        return self._is_general(piece) and piece.number.measured == "share"

    def _is_general(self, piece: Clause) -> bool:
        """Whether a piece names only what every item and body has."""
        named = [one for one in piece.tokens if one.kind in "TA"]
        return bool(named) and all(is_general(words_of(one, self.text)) for one in named)
