"""Put the cases through the witnesses and hold the results against the engine's."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from workbook_tools.proof.cases import make_cases
from workbook_tools.proof.comparing import (
    TOTALS,
    Expected,
    differing,
    expected_results,
    part_of,
)
from workbook_tools.proof.defects import Defect, WitnessReading, readings
from workbook_tools.proof.inputs import InputSet, submission_of
from workbook_tools.proof.shrinking import shrink
from workbook_tools.proof.witnesses import Witness, open_witness
from workbook_tools.proof.workbook import WitnessResult, build_proof_book
from workbook_tools.scoring import evaluate
from workbook_tools.standard import Standard

Progress = Callable[[int, int], None]
"""Called with how many cases are done, and how many there are."""


class WitnessTally(msgspec.Struct):
    """What came of a witness's cases for one part: an indicator, or the totals.

    ``explained`` cases differ, but exactly as a named defect of the witness makes them.
    """

    agreed: int = 0
    explained: int = 0
    disagreed: int = 0

    @property
    def cases(self) -> int:
        """All of them."""
        return self.agreed + self.explained + self.disagreed


class WitnessDisagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A cell on which a witness and the engine differ, with the smallest inputs that show it."""

    witness: str
    part: str
    name: str
    expected: Expected
    shown: WitnessResult
    inputs: InputSet


class Proof(msgspec.Struct, frozen=True):
    """What came of a proof: ``tallies`` by part and witness, and every disagreeing cell once.

    ``defects``: those that were seen, with the number of cases that they explain.
    """

    standard: Standard
    tallies: dict[tuple[str, str], WitnessTally]
    disagreements: list[WitnessDisagreement]
    defects: dict[Defect, int]

    @property
    def holds(self) -> bool:
        """Nothing disagreed, but for named defects."""
        return not self.disagreements


def prove(
    standard: Standard,
    witnesses: Iterable[str],
    *,
    cases: int = 1000,
    seed: int = 1,
    template: Standard | None = None,
    progress: Progress = lambda done, count: None,
) -> Proof:
    """Compare the template's formulas with the engine, on made-up inputs, in each witness.

    ``template``: make the template by this standard instead, to see that a difference is found.
    Raises :class:`~.witnesses.WitnessError` for a witness that is not there or gives up.
    """
    sets = list(make_cases(standard, cases, seed))
    return compare(standard, witnesses, sets, template=template, progress=progress)


def compare(
    standard: Standard,
    witnesses: Iterable[str],
    cases: Sequence[InputSet],
    *,
    template: Standard | None = None,
    progress: Progress = lambda done, count: None,
) -> Proof:
    """As :func:`prove`, on input sets of one's own."""
    names = tuple(dict.fromkeys(witnesses))
    parts = (*(one.id for one in standard.indicators), TOTALS)
    proof = Proof(
        standard, {(part, name): WitnessTally() for part in parts for name in names}, [], {}
    )
    done = 0
    with tempfile.TemporaryDirectory(prefix="proof_") as folder:
        book = build_proof_book(template or standard, Path(folder))
        for name in names:
            with open_witness(name, book) as witness:
                run = _Run(proof, name, witness)
                for case in cases:
                    run.case(case)
                    done += 1
                    progress(done, len(cases) * len(names))
                run.shrink()
    return proof


class _Run:
    """The cases of one witness."""

    def __init__(self, proof: Proof, name: str, witness: Witness) -> None:
        self.proof, self.name, self.witness = proof, name, witness
        self.standard = proof.standard
        self.found: dict[str, InputSet] = {}

    def _expected(self, inputs: InputSet) -> dict[str, Expected]:
        return expected_results(evaluate(submission_of(self.standard, inputs)))

    def case(self, inputs: InputSet) -> None:
        """One case: compare, and where something differs see whether a named defect explains it."""
        shown = self.witness.results(inputs)
        wrong = differing(self._expected(inputs), shown)
        defects: tuple[Defect, ...] = ()
        if wrong:
            defects = self._explained(inputs, shown, wrong)
        self._count({part_of(self.standard, name) for name in wrong}, explained=bool(defects))
        for defect in defects:
            self.proof.defects[defect] = self.proof.defects.get(defect, 0) + 1
        if not defects:
            for name in wrong:
                known = self.found.get(name)
                if known is None or _size(inputs) < _size(known):
                    self.found[name] = inputs

    def _count(self, wrong: set[str], *, explained: bool) -> None:
        for (part, witness), tally in self.proof.tallies.items():
            if witness != self.name:
                continue
            if part not in wrong:
                tally.agreed += 1
            elif explained:
                tally.explained += 1
            else:
                tally.disagreed += 1

    def _explained(
        self, inputs: InputSet, shown: Mapping[str, WitnessResult], wrong: Collection[str]
    ) -> tuple[Defect, ...]:
        """The defects by which all these cells are right after all; none where no reading does."""
        for reading in readings(self.name, self.standard, inputs):
            if self._unexplained(reading, shown).isdisjoint(wrong):
                return reading.defects
        return ()

    def _unexplained(self, reading: WitnessReading, shown: Mapping[str, WitnessResult]) -> set[str]:
        """The cells that differ even where the inputs are taken as the witness takes them."""
        stood_for = {name: reading.shown(result) for name, result in shown.items()}
        return set(differing(self._expected(reading.inputs), stood_for))

    def shrink(self) -> None:
        """Find the smallest input set for each cell that disagreed, first those of indicators."""
        smallest: list[InputSet] = []
        ordered = sorted(self.found, key=lambda name: part_of(self.standard, name) == TOTALS)
        for name in ordered:
            # what shows one cell's disagreement often shows another's, a score's and its subtotal's
            shared = [each for each in smallest if self._differs(name, each)]
            small = min(shared, key=_size, default=None)
            if small is None:
                small = shrink(self.found[name], partial(self._differs, name))
                smallest.append(small)
            self.proof.disagreements.append(
                WitnessDisagreement(
                    witness=self.name,
                    part=part_of(self.standard, name),
                    name=name,
                    expected=self._expected(small)[name],
                    shown=self.witness.results(small)[name],
                    inputs=small,
                )
            )

    def _differs(self, name: str, inputs: InputSet) -> bool:
        shown = self.witness.results(inputs)
        wrong = differing(self._expected(inputs), shown)
        return name in wrong and not self._explained(inputs, shown, wrong)


def _size(inputs: InputSet) -> int:
    return len(inputs.values) + sum(len(row) for rows in inputs.rows.values() for row in rows)
