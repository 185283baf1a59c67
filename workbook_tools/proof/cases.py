"""The input sets of a proof, each made from the seed and its own number alone.

The first few are the plain extremes. In the others every cell is filled at random, and then each
indicator in turn aims at one of the places where its rule changes (see :mod:`.aims`), with the
inputs that no other indicator has used yet. In about half of them a few cells then hold what does
not belong there.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from workbook_tools.proof.aims import ZERO, Aim, aims, halfway, thresholds
from workbook_tools.proof.drawing import SMALLEST_STEP, fits, mistyped, number, typed
from workbook_tools.proof.inputs import (
    CellContent,
    InputSet,
    Key,
    contents,
    input_set,
    submission_of,
)
from workbook_tools.proof.row_aims import aim_at_unusable
from workbook_tools.proof.solving import expanded, solve
from workbook_tools.scoring import evaluate
from workbook_tools.standard.contract import YES, Entered, Field, fields
from workbook_tools.standard.expression import Expression, names, parse
from workbook_tools.standard.inputs import NUMBER_TYPES
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.tables import Column, Formula, Table

_EXTREMES = 4
_TRIES = 8  # at meeting an aim, each with other numbers
_FULL_TABLES = 0.04


def make_cases(standard: Standard, count: int, seed: int) -> Iterator[InputSet]:
    """``count`` input sets; the same seed gives the same ones, fewer being the first of more."""
    maker = _Maker(standard)
    for place in range(count):
        yield maker.case(place, Random(f"{seed}:{place}"))


class _Maker:
    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.scored = [
            one
            for one in fields(standard).values()
            if one.role in ("check", "self", "review", "na")
            or (one.role == "input" and one.type in NUMBER_TYPES)
        ]
        self.numbers = {one.id: one for one in self.scored if one.role == "input"}
        self.aims = {one.id: aims(one, standard) for one in standard.indicators}

    def case(self, place: int, random: Random) -> InputSet:
        if place < _EXTREMES:
            return self._extreme(place)
        rows = {table.id: self._rows(table, random) for table in self.standard.tables}
        draft = _Draft(self, random, InputSet({}, rows))
        for indicator in random.sample(self.standard.indicators, len(self.standard.indicators)):
            draft.aim(indicator, place)
        cells = dict(contents(InputSet({**draft.values, **self._answers(random)}, rows)))
        self._review(cells, random)
        if random.random() < 0.5:
            for _ in range(random.randint(1, 6)):
                self._spoil(cells, random)
        return input_set(cells)

    def _extreme(self, place: int) -> InputSet:
        """Nothing; the template's presets; nothing but zeros; nothing but ones, tables full."""
        if place == 0:
            return InputSet()
        if place == 1:
            return InputSet({one.id: one.preset for one in self.scored if one.preset is not None})
        same = Fraction(place - 2)
        values: dict[str, CellContent] = dict.fromkeys(self.numbers, same)
        answers = [one for one in self.scored if one.role == "check"]
        values |= {one.id: str(one.choices[place - 3]) for one in answers}
        values |= {one.id: same for one in self.scored if one.role == "self"}
        rows = {
            table.id: tuple(
                {column.id: self._same(column, same) for column in table.columns}
                for _ in range(table.rows * (place - 2))
            )
            for table in self.standard.tables
        }
        return InputSet(values, rows)

    def _same(self, column: Column, value: Fraction) -> CellContent:
        if column.type == "choice":
            first = column.choices[0]
            return first if isinstance(first, str) else Fraction(first)
        return value if column.type in NUMBER_TYPES else column.label

    def _answers(self, random: Random) -> dict[str, CellContent]:
        """Checklists, own scores and claims of 不涉及."""
        values: dict[str, CellContent] = {}
        yes = random.choice((0.5, 0.9, 1))
        for one in self.scored:
            match one.role:
                case "check":
                    values[one.id] = YES if random.random() < yes else typed(random, one)
                case "self" if random.random() < 0.995:
                    values[one.id] = _own_score(random, one)
                case "na" if random.random() < 0.08:
                    values[one.id] = YES
        return values

    def _rows(self, table: Table, random: Random) -> tuple[dict[str, CellContent], ...]:
        """A table that is empty, full, or has some rows, with gaps and unnamed rows among them."""
        match random.random():
            case chance if chance < 0.12:
                count = 0
            case chance if chance < 0.12 + _FULL_TABLES:
                count = table.rows
            case _:
                count = random.randint(1, min(table.rows, 9))
        gaps = random.choice((0.0, 0.0, 0.2))
        return tuple(
            {} if random.random() < gaps else self._row(table, random) for _ in range(count)
        )

    def _row(self, table: Table, random: Random) -> dict[str, CellContent]:
        row = {column.id: typed(random, column) for column in table.columns}
        for column in table.columns:
            needed = all(
                row.get(one.column) in one.values for one in column.needed_when if one.values
            )
            if not column.required or (not needed and random.random() < 0.5):
                row.pop(column.id, None)
        aim_at_unusable(row, table, random)
        if random.random() < 0.03:
            row.pop(table.named_by.id, None)
        return row

    def _review(self, cells: dict[Key, CellContent], random: Random) -> None:
        """Scores of the bureau: none, some, or all; sometimes they just meet a grade."""
        reviews = [one for one in self.scored if one.role == "review"]
        share = random.choice((0.0, 0.0, 0.2, 1.0))
        chosen = [one for one in reviews if random.random() < share]
        for one in chosen:
            cells["", 0, one.id] = _own_score(random, one)
        self._meet_grade(cells, "self", _own_total(cells), random)
        if chosen:
            review = evaluate(submission_of(self.standard, input_set(cells))).review
            self._meet_grade(cells, "review", review.score if review else None, random)

    def _meet_grade(
        self, cells: dict[Key, CellContent], role: str, total: Fraction | None, random: Random
    ) -> None:
        """Change the own or the review scores so that their total is at a grade's bound."""
        if total is None:
            return
        bound = random.choice(self.standard.grades).at_least
        lacking = bound + random.choice((0, 0, -1, 1)) * SMALLEST_STEP["score"] - total
        given = [one for one in self.scored if one.role == role and ("", 0, one.id) in cells]
        for one in random.sample(given, len(given)):
            content = cells["", 0, one.id]
            assert isinstance(content, Fraction)
            changed = min(max(ZERO, content + lacking), one.max or ZERO)
            cells["", 0, one.id] = changed
            lacking -= changed - content

    def _spoil(self, cells: dict[Key, CellContent], random: Random) -> None:
        """Put something wrong into a cell, or nothing."""
        tables = {table.id: table for table in self.standard.tables}
        filled = [key for key in cells if key[0]]
        key: Key
        entry: Entered
        if filled and random.random() < 0.4:
            key = random.choice(filled)
            entry = next(one for one in tables[key[0]].columns if one.id == key[2])
        else:
            entry = random.choice(self.scored)
            key = ("", 0, entry.id)
        wrong = mistyped(random, entry)
        if wrong is None:
            cells.pop(key, None)
        else:
            cells[key] = wrong


class _Draft:
    """The number inputs of a case, as the indicators take hold of them one after the other."""

    def __init__(self, maker: _Maker, random: Random, tables: InputSet) -> None:
        self.maker, self.random = maker, random
        figures = evaluate(submission_of(maker.standard, tables)).quantities
        formulas = {one.id for one in maker.standard.derived if isinstance(one, Formula)}
        self.counted = {
            one.id: figures[one.id] or ZERO
            for one in maker.standard.derived
            if one.id not in formulas
        }
        self.values: dict[str, CellContent] = {
            one.id: number(random, one) for one in maker.numbers.values()
        }
        self.taken: set[str] = set()

    def aim(self, indicator: Indicator, place: int) -> None:
        """Meet one of the aims of an indicator, if the inputs that are left allow it."""
        random, every = self.random, self.maker.aims[indicator.id]
        if not every:
            return
        chance = random.random()
        if place % 2:  # each in its turn
            self._meet(every[place // 2 % len(every)])
        elif chance < 0.3:
            self._meet(random.choice(every))
        elif indicator.measures and chance < 0.8:
            tree = expanded(parse(random.choice(indicator.measures)), self.maker.standard)
            self._meet(Aim(tree, self._between(indicator)), exactly=chance < 0.6)
        for one in every:
            self.taken |= self._free(one.expression)

    def _between(self, indicator: Indicator) -> Fraction:
        """A measure where something happens: halfway between two scores, or near a threshold."""
        random, weight = self.random, indicator.weight
        score = Fraction(random.randrange(int(weight * 100)) * 2 + 1, 200)
        found = halfway(indicator.rule, weight, score)
        if found is not None and random.random() < 0.6:
            return found
        known = [*thresholds(indicator.rule, weight), Fraction(0), Fraction(1)]
        width = max(known) - min(known)
        return min(known) + width * Fraction(random.randrange(-200, 1300), 1000)

    def _free(self, *trees: Expression) -> set[str]:
        """The inputs in the expressions that no indicator has taken hold of."""
        found = {name for tree in trees for name in names(tree)}
        return found & self.maker.numbers.keys() - self.taken

    def _figures(self) -> dict[str, Fraction]:
        known = {name: value for name, value in self.values.items() if isinstance(value, Fraction)}
        return {**self.counted, **known}

    def _meet(self, aim: Aim, *, exactly: bool = True) -> None:
        trees = [aim.expression] if aim.also is None else [aim.expression, aim.also]
        free = sorted(self._free(*trees))
        if not free:
            return
        numbers = self.maker.numbers
        before = dict(self.values)
        for attempt in range(_TRIES):
            for name in free:
                fresh = number(self.random, numbers[name])
                self.values[name] = ZERO if aim.target == 0 and attempt == 0 else fresh
            if all(self._solved(tree, aim, exactly) for tree in reversed(trees)):
                return
        self.values = before

    def _solved(self, tree: Expression, aim: Aim, exactly: bool) -> bool:
        free = sorted(self._free(tree))
        if not free:
            return True
        unknown = self.random.choice(free)
        entry = self.maker.numbers[unknown]
        step = SMALLEST_STEP[entry.type]
        target = aim.target if tree is aim.expression else ZERO
        found = solve(tree, unknown, self._figures(), target)
        if found is None:
            return False
        if not exactly:
            found = round(found / step) * step
        found += aim.nudge * step
        if not fits(entry, found):
            return False
        self.values[unknown] = found
        return True


def _own_total(cells: dict[Key, CellContent]) -> Fraction:
    own = (content for (_, _, name), content in cells.items() if name.startswith("self_"))
    return sum((content for content in own if isinstance(content, Fraction)), ZERO)


def _own_score(random: Random, entry: Field) -> Fraction:
    """A score that a person gives: mostly full, else with up to three decimals."""
    full = entry.max or ZERO
    if random.random() < 0.5:
        return full
    return round(full * Fraction(random.random()), random.choice((0, 1, 2, 2, 3)))
