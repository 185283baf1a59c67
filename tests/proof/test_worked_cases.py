"""Every case worked by hand comes out as on paper in the template too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest

from tests.cases import CaseFile, WorkedCase, load_cases
from workbook_tools.proof.comparing import agrees
from workbook_tools.proof.inputs import CellContent, ErrorValue, InputSet
from workbook_tools.proof.witnesses import Witness, open_witness
from workbook_tools.proof.workbook import build_proof_book
from workbook_tools.standard import Standard

FILES = load_cases()


@pytest.fixture(scope="module")
def witness(shipped: Standard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witness]:
    folder = tmp_path_factory.mktemp("worked")
    with open_witness("ironcalc", build_proof_book(shipped, folder)) as found:
        yield found


def filled(given: Mapping[str, object]) -> dict[str, CellContent]:
    found: dict[str, CellContent] = {}
    for name, content in given.items():
        match content:
            case None:
                continue
            case {"error": str() as text}:
                found[name] = ErrorValue(text)
            case bool() | str() | Fraction():
                found[name] = content
            case int():
                found[name] = Fraction(content)
            case _:
                raise AssertionError(f"no witness is given {content!r}")
    return found


@pytest.mark.parametrize(
    ("file", "case"),
    [
        pytest.param(file, case, id=f"{file.indicator}-{case.name}")
        for file in FILES.values()
        for case in file.cases
    ],
)
def test_worked_case(witness: Witness, file: CaseFile, case: WorkedCase) -> None:
    tables = {table: tuple(map(filled, rows)) for table, rows in case.tables.items()}
    shown = witness.results(InputSet(filled({**file.common, **case.given}), tables))

    one = file.indicator
    assert agrees(f"status_{one}", case.status, shown[f"status_{one}"]), shown[f"status_{one}"]
    assert agrees(f"score_{one}", case.score, shown[f"score_{one}"]), shown[f"score_{one}"]
    if case.measure is not None:
        assert agrees(f"value_{one}", case.measure, shown[f"value_{one}"])
