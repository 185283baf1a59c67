"""Programs that work out the template's formulas, none of which knows our engine.

Each is its own module, imported when asked for: the libraries belong to the extra ``witness``.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Protocol

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.proof.inputs import InputSet
from workbook_tools.proof.workbook import PLANTED, PLANTED_RESULT, ProofBook, WitnessResult

WITNESSES = ("ironcalc", "formulas", "libreoffice")


class Witness(Protocol):
    """A program with the template loaded; ``results`` by defined name, for one input set."""

    def results(self, inputs: InputSet) -> Mapping[str, WitnessResult]:
        """Fill in the inputs, calculate everything, and read what the result cells show."""


class WitnessError(WorkbookToolsError):
    """A witness is not installed, or gave up; the message (Chinese) says what to do."""


def open_witness(name: str, book: ProofBook) -> AbstractContextManager[Witness]:
    """The witness of that name with the book loaded.

    Raises :class:`WitnessError`, also where the witness does not calculate: a wrong result stands
    in the file beside one formula, and whoever still shows it has only read.
    """
    module = import_module(f"workbook_tools.proof.witnesses.{name}")
    witness = module.opened(book)
    assert isinstance(witness, AbstractContextManager)
    return _Calculating(name, witness)


class _Calculating(AbstractContextManager["Witness"]):
    """A witness that has been seen to replace the planted result."""

    def __init__(self, name: str, witness: AbstractContextManager[Witness]) -> None:
        self.name, self.witness = name, witness

    def __enter__(self) -> Witness:
        found = self.witness.__enter__()
        try:
            if found.results(InputSet())[PLANTED] == PLANTED_RESULT:
                raise WitnessError(
                    f"{self.name} 没有重新计算工作簿，只读出了存储的结果，不能作证。"
                )
        except BaseException as error:
            self.witness.__exit__(type(error), error, error.__traceback__)
            raise
        return found

    def __exit__(self, *raised: object) -> None:
        self.witness.__exit__(*raised)  # type: ignore[arg-type]  # passed on as they came


def not_installed(name: str) -> WitnessError:
    """The library of a witness is missing."""
    return WitnessError(
        f"没有安装公式计算程序 {name}。请先安装：python -m pip install 'workbook-tools[witness]'"
    )
