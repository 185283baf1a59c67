"""Hold what prose says against the workbook, and its own figures against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from workbook_tools.figures import amount, money, percent
from workbook_tools.narrative.numbers import Number
from workbook_tools.narrative.placeholders import value_of
from workbook_tools.narrative.plain import original_span, plain
from workbook_tools.narrative.reading import read
from workbook_tools.narrative.statements import (
    Claim,
    Group,
    Listed,
    Share,
    StatedChange,
    Statements,
)
from workbook_tools.scoring.model import Evaluation
from workbook_tools.scoring.readings import under_readings
from workbook_tools.standard.contract import fields
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.known_fields import FISCAL_YEAR, PROJECT_NAME, UNIT_NAME
from workbook_tools.standard.model import Standard
from workbook_tools.standard.placeholders import placeholders
from workbook_tools.standard.tables import Formula

_YUAN = 10_000  # 元 in a 万元


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in prose that cannot be right, or does not bear its right name.

    ``start`` and ``end``: the words in the text. ``said`` and ``right`` are both figures as people
    write them, ``because`` (Chinese) the calculation that gives the right one, "" where it stands
    in the workbook. ``figures``: the placeholder names of the workbook's figures that were used.
    ``certain``: nothing had to be assumed. ``whole``: for a name, that of the figure meant.
    """

    kind: Literal["amount", "share", "name"]
    start: int
    end: int
    said: str
    right: str
    because: str = ""
    figures: tuple[str, ...] = ()
    certain: bool = True
    whole: str = ""


def disagreements(
    text: str, evaluation: Evaluation, doubted: Collection[str] = ()
) -> list[Disagreement]:
    """What in a narrative text contradicts the workbook or itself, in the order of the text.

    ``doubted``: figures of the workbook that are not to be trusted, being wrong already.
    Placeholders in the text must be filled in before.
    """
    submission = evaluation.submission
    year = submission.number(FISCAL_YEAR)
    said = read(
        plain(text),
        evaluation.standard,
        int(year) if year else None,
        submission.text(UNIT_NAME),
        submission.text(PROJECT_NAME),
    )
    found = sorted(
        _Comparison(evaluation, doubted, said).all(), key=lambda one: (one.start, one.end)
    )
    return [_in_place(one, text) for one in found]


def _in_place(one: Disagreement, text: str) -> Disagreement:
    start, end = original_span(text, one.start, one.end)
    return msgspec.structs.replace(one, start=start, end=end)


@lru_cache(maxsize=16)
def _wholes(standard: Standard) -> Mapping[frozenset[str], str]:
    """What the standard itself adds up: the parts, and the figure that they make."""
    sums = {one.id: one.formula for one in standard.derived if isinstance(one, Formula)}
    pairs = list(sums.items())
    pairs += [
        (check.right.strip(), check.left)
        for check in standard.cross_checks
        if check.relation == "equals" and check.right.strip() in placeholders(standard)
    ]
    return {
        frozenset(parts): whole
        for whole, text in pairs
        if set("+") >= {one for one in text if one in "+-*/()"}
        and len(parts := tuple(names(parse(text)))) > 1
    }


class _Source(NamedTuple):
    """A figure as it stands somewhere; ``is_trusted``: nothing is known to be wrong with it."""

    number: Number
    from_workbook: bool
    is_trusted: bool = True


class _Comparison:
    def __init__(self, evaluation: Evaluation, doubted: Collection[str], said: Statements) -> None:
        self.evaluation, self.doubted, self.said = evaluation, doubted, said
        self.known = placeholders(evaluation.standard)
        self.wrong: set[Claim] = set()

    def all(self) -> Iterator[Disagreement]:
        """Every disagreement; a claim that is wrong already is not used against others."""
        named = [found for group in self.said.groups if (found := self._misnamed(group))]
        for claim in self.said.claims:
            if claim not in self.wrong and (found := self._against_workbook(claim)):
                yield found
        yield from named
        for group in self.said.groups:
            yield from self._group(group)
        for share in self.said.shares:
            yield from self._share(share)
        for change in self.said.changes:
            yield from self._change(change)
        for listed in self.said.sums:
            yield from self._sum(listed)

    def _value(self, figure: str) -> Fraction | None:
        """The figure of the workbook, unless it is in doubt."""
        if figure in self.doubted:
            return None
        value = value_of(self.known[figure], self.evaluation)
        return value if isinstance(value, Fraction) else None

    def _against_workbook(self, claim: Claim) -> Disagreement | None:
        exact, number = self._value(claim.figure), claim.number
        if exact is None or number is None or number.stands_for(exact):
            return None
        if self.doubted and number.stands_for(exact / _YUAN):
            return None  # the sheet is in 元, which the doubts about it say already
        if self._is_full_marks(claim.figure, number):
            return None
        if any(number.stands_for(other) for other in self._otherwise_measured(claim.figure)):
            return None
        if not claim.stated:
            others = {slot: self._value(one) for slot, one in claim.term.figures.items()}
            if any(value is None for slot, value in others.items() if slot[1] == claim.year):
                return None
            if any(value is not None and number.stands_for(value) for value in others.values()):
                return None
        self.wrong.add(claim)
        share = number.measured == "share"
        return Disagreement(
            kind="share" if share else "amount",
            start=claim.start,
            end=claim.end,
            said=self._written(number.value, claim.figure),
            right=self._written(exact, claim.figure),
            figures=(claim.figure,),
            certain=claim.stated,
        )

    def _is_full_marks(self, figure: str, number: Number) -> bool:
        """Whether a score is the most that can be had, which 自评总分100分 may just name."""
        known = self.known[figure]
        if known.source != "entry" or known.kind != "score":
            return False
        return number.value == fields(self.evaluation.standard)[known.of].max

    def _otherwise_measured(self, figure: str) -> Iterator[Fraction]:
        """What an indicator's measure is by the other readings that its rule has."""
        if self.known[figure].source == "measure":
            of = self.known[figure].of
            indicator = next(one for one in self.evaluation.standard.indicators if one.id == of)
            for result in under_readings(self.evaluation, indicator).values():
                if result.measure is not None:
                    yield result.measure

    def _sources(self, figure: str, *claims: Claim) -> list[_Source]:
        """What a figure may be: as the text has it, as the workbook has it."""
        said = [
            _Source(claim.number, from_workbook=False, is_trusted=claim not in self.wrong)
            for claim in claims
            if claim.number is not None
        ]
        value = self._value(figure)
        known = [] if value is None else [_Source(_exact(value), from_workbook=True)]
        return [*said, *known]

    def _written(self, value: Fraction, figure: str) -> str:
        kind, unit = self.known[figure].kind, self.known[figure].unit
        if kind == "share":
            return percent(value)
        return f"{money(value) if kind == 'money' else amount(value)} {unit}".rstrip()

    def _label(self, figure: str) -> str:
        return self.known[figure].label

    def _group(self, group: Group) -> Iterator[Disagreement]:
        """基本支出 ＋ 项目支出 = 支出合计."""
        number = group.whole.number
        by_figure = {claim.figure: claim for claim in group.parts}
        for parts, whole in _wholes(self.evaluation.standard).items():
            if whole != group.whole.figure or number is None or not parts <= by_figure.keys():
                continue
            claims = [by_figure[one] for one in by_figure if one in parts]
            if self.wrong & {group.whole, *claims}:
                continue
            total = sum((_number(claim).value for claim in claims), Fraction(0))
            if abs(total - number.value) <= _slack([number, *map(_number, claims)]):
                continue
            terms = " ＋ ".join(
                f"{self._label(one.figure)} {money(_number(one).value)}" for one in claims
            )
            yield Disagreement(
                kind="amount",
                start=group.whole.start,
                end=group.whole.end,
                said=f"{money(number.value)} 万元",
                right=f"{money(total)} 万元",
                because=f"文中所列 {terms} = {money(total)} 万元",
            )
            self.wrong |= {group.whole, *claims}  # one of them is, and nobody knows which

    def _misnamed(self, group: Group) -> Disagreement | None:
        """A figure with the parts of another one, which add up to it."""
        whole, number = group.whole, group.whole.number
        if number is None or number.measured != "money":
            return None
        by_figure = {claim.figure: claim for claim in group.parts}
        for parts, meant in _wholes(self.evaluation.standard).items():
            claims = [by_figure[one] for one in by_figure if one in parts]
            if meant == whole.figure or len(claims) < 2 or len(claims) < len(by_figure):
                continue
            if whole.figure in parts or _is_alike(whole, claims):
                continue
            total = sum((_number(claim).value for claim in claims), Fraction(0))
            if total == 0 or abs(total - number.value) > _slack([number, *map(_number, claims)]):
                continue
            self.wrong.add(whole)
            terms = " ＋ ".join(
                f"{self._label(one.figure).split('—')[0]} {money(_number(one).value)}"
                for one in claims
            )
            return Disagreement(
                kind="name",
                start=whole.start,
                end=whole.end,
                said=self._label(whole.figure),
                right=self._label(meant),
                because=f"{terms} = {money(total)} 万元",
                figures=(meant, whole.figure),
                whole=meant,
            )
        return None

    def _share(self, share: Share) -> Iterator[Disagreement]:
        """占 x %: by the figures in the text, or by those of the workbook."""
        base = share.base.figure if isinstance(share.base, Claim) else share.base
        parts = self._sources(share.part.figure, share.part)
        wholes = self._sources(base, *((share.base,) if isinstance(share.base, Claim) else ()))
        if any(_may_be_share(share.number, a.number, b.number) for a in parts for b in wholes):
            return
        ways = _trusted(parts, wholes)
        if not ways or ways[0][1].number.value == 0:
            return
        a, b = (one.number for one in ways[0])
        from_workbook = any(one.from_workbook for one in ways[0])
        right = percent(a.value / b.value)
        yield Disagreement(
            kind="share",
            start=share.start,
            end=share.end,
            said=percent(share.number.value),
            right=right,
            because=f"{self._label(share.part.figure)} {money(a.value)} ÷ "
            f"{self._label(base)} {money(b.value)} = {right}",
            figures=(share.part.figure, base) if from_workbook else (),
            certain=share.part.stated or not from_workbook,
        )

    def _change(self, change: StatedChange) -> Iterator[Disagreement]:
        """较上年增长 x %, 比预算减少 x 万元."""
        now = self._sources(change.of.figure, change.of)
        told = (claim for claim in self.said.claims if claim.figure == change.than)
        earlier = self._sources(change.than, *told)
        if any(_may_be_change(change, a.number, b.number) for a in now for b in earlier):
            return
        ways = _trusted(now, earlier)
        if not ways:
            return
        a, b = (one.number for one in ways[0])
        share = change.number.measured == "share"
        if share and b.value == 0:
            return
        difference = a.value - b.value
        word = "增加" if difference > 0 else "减少"
        size = percent(abs(difference) / b.value) if share else f"{money(abs(difference))} 万元"
        said = percent(change.number.value) if share else f"{money(change.number.value)} 万元"
        yield Disagreement(
            kind="share" if share else "amount",
            start=change.start,
            end=change.end,
            said=f"{'增加' if change.direction > 0 else '减少'} {said}",
            right=f"{word} {size}" if difference else "没有变化",
            because=f"{self._label(change.of.figure)} {money(a.value)} 万元，"
            f"{self._label(change.than)} {money(b.value)} 万元",
            figures=(change.of.figure, change.than),
            certain=False,
        )

    def _sum(self, listed: Listed) -> Iterator[Disagreement]:
        total = sum((one.value for one in listed.terms), Fraction(0))
        if abs(total - listed.total.value) <= _slack([listed.total, *listed.terms]):
            return
        terms = " ＋ ".join(money(one.value) for one in listed.terms)
        yield Disagreement(
            kind="amount",
            start=listed.start,
            end=listed.end,
            said=f"{money(listed.total.value)} 万元",
            right=f"{money(total)} 万元",
            because=f"文中所列 {terms} = {money(total)} 万元",
        )


def _number(claim: Claim) -> Number:
    assert claim.number is not None, "parts of a group have numbers"
    return claim.number


def _trusted(ones: list[_Source], others: list[_Source]) -> list[tuple[_Source, _Source]]:
    """The pairs by which something can be said to be wrong: both of the text, or of the workbook.

    Only then mixed ones.
    """
    pairs = [(a, b) for a in ones for b in others if a.is_trusted and b.is_trusted]
    return sorted(pairs, key=lambda pair: pair[0].from_workbook != pair[1].from_workbook)


def _exact(value: Fraction) -> Number:
    return Number("money", value, Fraction(0))


def _slack(numbers: list[Number]) -> Fraction:
    """How far rounded terms and their rounded sum may be apart."""
    return sum((one.step for one in numbers), Fraction(0)) / 2


def _is_alike(whole: Claim, claims: list[Claim]) -> bool:
    """Whether the whole may be the same thing in another year or aspect."""
    return any(claim.term is whole.term for claim in claims)


def _may_be_share(said: Number, part: Number, whole: Number) -> bool:
    """Whether the share may be said of these two, one in its last digit either way allowed."""
    if whole.low <= 0:
        return whole.value == 0
    return part.low / whole.high - said.step <= said.value <= part.high / whole.low + said.step


def _may_be_change(change: StatedChange, now: Number, earlier: Number) -> bool:
    low, high = now.low - earlier.high, now.high - earlier.low
    if change.direction < 0:
        low, high = -high, -low
    if change.number.measured == "share":
        if earlier.low <= 0:
            return True
        low, high = (
            sorted((low / earlier.low, low / earlier.high))[0],
            max(high / earlier.low, high / earlier.high),
        )
    return low - change.number.step <= change.number.value <= high + change.number.step
