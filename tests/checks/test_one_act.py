"""What somebody did in one go is one finding, also where it left its mark in many cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.template.department import FILLED, filled_in_yuan
from workbook_tools import assess, load_standard
from workbook_tools.checks.finding import Finding
from workbook_tools.template import build_template

STANDARD = load_standard()


def raised(path: Path, *names: str) -> list[Finding]:
    return [one for one in assess(path).findings if one.name in names]


def with_names(source: Path, target: Path, change: Callable[[str], str]) -> None:
    """The workbook with its list of names as ``change`` makes it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/workbook.xml":
                content = change(content.decode()).encode()
            new.writestr(part, content)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsx"
    build_template(STANDARD, path, filling=FILLED)
    return path


def test_rows_of_formulas_deleted(filled: Path, tmp_path: Path) -> None:
    """What is worked out below the score table is gone; nobody is to blame for empty scores."""
    target = tmp_path / "删行.xlsx"

    def lose(names: str) -> str:
        lost = r'(<definedName name="(?:calc|scale)_[^"]*">)[^<]*'
        names, count = re.subn(lost, r"\1#REF!", names)
        assert count > 50
        return names

    with_names(filled, target, lose)
    (told,) = raised(target, "name-missing", "formula-value-differs")

    assert (told.name, told.severity) == ("name-missing", "warning")
    assert "等 65 处的公式找不到了" in told.message


def test_rows_of_a_table_dragged(filled: Path, tmp_path: Path) -> None:
    """The formulas beside the rows that were moved are altered together."""
    target = tmp_path / "拖行.xlsx"
    book = openpyxl.load_workbook(filled)
    sheet = book["履职任务"]
    rows = [row for row in sheet.iter_rows() if str(row[8].value).startswith("=IF(")][:3]
    formulas = [cell for row in rows for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) > 10
    for cell in formulas:
        cell.value = f"{cell.value}&T(A1)"
    book.save(target)

    (told,) = raised(target, "formula-altered")

    assert formulas[0].coordinate in told.message
    assert formulas[-1].coordinate in told.message
    assert "列的公式与模板不同" in told.message


def test_the_whole_table_in_yuan(tmp_path: Path) -> None:
    """Beside a budget that was issued in 万元; each amount is named with what it should be."""
    path = tmp_path / "全部按元.xlsx"
    issued = {"budget_approved": FILLED.values["budget_approved"]}
    build_template(STANDARD, path, issued, filling=filled_in_yuan(STANDARD, issued))

    (told,) = raised(path, "unit-looks-wrong")

    assert "疑似整张表误按“元”填写" in told.message
    assert "（本年支出合计）应为" in told.message
    unsupported = raised(path, "self-score-unsupported")
    assert unsupported
    assert all(cause.cell == told.cell for one in unsupported for cause in one.causes)


def test_a_block_dragged_onto_another(filled: Path, tmp_path: Path) -> None:
    """Two cells dragged onto two others: the names of all four are lost at once."""
    target = tmp_path / "拖块.xlsx"

    def drag(names: str) -> str:
        where = dict(re.findall(r'<definedName name="(in_budget_\w+)">([^<]*)', names))
        for one, onto in (("increase", "restructured"), ("decrease", "adjustment_exempt")):
            name = f'<definedName name="in_budget_{one}">'
            moved = name + where[f"in_budget_{onto}"]
            names = names.replace(name + where[f"in_budget_{one}"], moved)
        return names

    with_names(filled, target, drag)
    (told,) = raised(target, "cell-moved")

    assert told.message.count("、") >= 3
    unsupported = raised(target, "self-score-unsupported")
    assert unsupported
    assert all(one.causes for one in unsupported)
