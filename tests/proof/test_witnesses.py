"""Witnesses that are missing, or that only read, and what the command line says of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType

import openpyxl
import pytest
from click.testing import CliRunner

from tests.lo import requires_libreoffice
from tests.proof.standards import EXAMPLE
from workbook_tools.cli import top_level
from workbook_tools.proof import InputSet, WitnessError
from workbook_tools.proof.witnesses import Witness, open_witness
from workbook_tools.proof.workbook import (
    PLANTED,
    PLANTED_RESULT,
    ProofBook,
    WitnessResult,
    build_proof_book,
)
from workbook_tools.standard import Standard


@pytest.fixture(scope="module")
def book(example: Standard, tmp_path_factory: pytest.TempPathFactory) -> ProofBook:
    return build_proof_book(example, tmp_path_factory.mktemp("book"))


@pytest.mark.parametrize("name", ["ironcalc", "formulas"])
def test_a_missing_library_says_how_to_install_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)  # what Python itself does for "not importable"
    run = CliRunner().invoke(top_level, ["standard", "prove", "--witness", name, "--cases", "1"])
    assert run.exit_code == 2
    assert f"没有安装公式计算程序 {name}" in run.stderr
    assert "workbook-tools[witness]" in run.stderr


def test_a_missing_libreoffice_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    command = ["standard", "prove", str(EXAMPLE), "--witness", "libreoffice", "--cases", "1"]
    run = CliRunner().invoke(top_level, command)
    assert run.exit_code == 2
    assert "没有找到 LibreOffice Calc" in run.stderr


def test_an_unknown_witness_is_refused() -> None:
    run = CliRunner().invoke(top_level, ["standard", "prove", "--witness", "abacus"])
    assert run.exit_code == 2


class _Reader:
    """Reads what is stored and calculates nothing."""

    def __init__(self, book: ProofBook) -> None:
        sheets = openpyxl.load_workbook(book.path, data_only=True)
        self.stored = {
            name: sheets[sheet].cell(row, column).value
            for name, (sheet, row, column) in book.outputs.items()
        }

    def results(self, inputs: InputSet) -> Mapping[str, WitnessResult]:
        return self.stored  # type: ignore[return-value]  # numbers and texts


def test_who_only_reads_is_no_witness(book: ProofBook, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ModuleType("reader")

    def opened(book: ProofBook) -> AbstractContextManager[Witness]:
        return nullcontext(_Reader(book))

    reader.opened = opened  # type: ignore[attr-defined]  # a module made by hand
    monkeypatch.setitem(sys.modules, "workbook_tools.proof.witnesses.reader", reader)
    with pytest.raises(WitnessError, match="没有重新计算"):
        open_witness("reader", book).__enter__()


@pytest.mark.parametrize(
    "name",
    [
        "ironcalc",
        pytest.param("formulas", marks=pytest.mark.slow),
        pytest.param("libreoffice", marks=[requires_libreoffice, pytest.mark.libreoffice]),
    ],
)
def test_a_planted_wrong_result_is_replaced(book: ProofBook, name: str) -> None:
    assert _Reader(book).stored[PLANTED] == PLANTED_RESULT
    with open_witness(name, book) as witness:
        assert witness.results(InputSet())[PLANTED] == 100
