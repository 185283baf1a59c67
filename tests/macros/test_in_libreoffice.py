"""The add-in's macros at work in LibreOffice: the same notes as the command line writes in a copy.

LibreOffice opens no .xlam, so they run in a twin (.xlsm) with the same VBA project. What it cannot
run is in two modules: WbtHost (the program, dialogs) and WbtProtection.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from macros.build import ADD_IN, build
from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from tests.lo import requires_libreoffice
from tests.macros.office import Office, office

pytestmark = [
    requires_libreoffice,
    pytest.mark.libreoffice,
    pytest.mark.filterwarnings(
        "ignore:Print area cannot be set"
    ),  # openpyxl of LibreOffice's files
]

MANY = SAMPLES / "shaodong-2019.xlsx"
"""More than sixty findings on several sheets."""
SOME = SAMPLES / "housing-2020.xlsx"
THEIRS = {("计分表", "E14"): "张会计：按定额核定。", ("基本信息", "B3"): "第一行\n第二行"}
"""A person's notes, the first where a finding stands too."""


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    twin = tmp_path_factory.mktemp("twin") / "twin.xlsm"
    build(twin)
    with office(twin) as session:
        yield session


def opened(calc: Office, sample: Path, folder: Path) -> Path:
    """Open a sample, with Chinese and a space in its path."""
    book = folder / "自评 表" / sample.name
    book.parent.mkdir()
    shutil.copy(sample, book)
    calc.ask("open", str(book))
    return book


def asked(calc: Office, task: str, copy: Path) -> str:
    """Have the program answer about the copy, and the macro do what it says; what is shown."""
    answer = copy.with_suffix(".txt")
    run("excel", task, "--copy", copy, "--result", answer)
    shown: str = calc.ask("run", "WbtNotes.ApplyResult", copy.name, text_of(answer))
    return shown


def text_of(answer: Path) -> str:
    """As the host reads it, its first mark too."""
    return answer.read_bytes().decode("utf-16-le")


def notes_of_copy(copy: Path, folder: Path) -> dict[tuple[str, str], str]:
    """What the command line writes into its copy."""
    run("validate", copy, "-o", folder)
    return notes_in(folder / copy.name)


def test_the_twin_has_the_add_ins_macros(tmp_path: Path) -> None:
    build(tmp_path / "twin.xlsm")
    part = "xl/vbaProject.bin"
    with zipfile.ZipFile(tmp_path / "twin.xlsm") as twin, zipfile.ZipFile(ADD_IN) as add_in:
        assert twin.read(part) == add_in.read(part)


@pytest.mark.slow
def test_checked_walked_through_and_cleared(calc: Office, tmp_path: Path) -> None:
    book = opened(calc, MANY, tmp_path)
    assert calc.notes() == {}
    shown = asked(calc, "check", book)
    assert "复算总分" in shown

    expected = notes_of_copy(book, tmp_path / "copies")
    assert len(expected) > 60
    assert calc.notes() == expected

    walk = []
    for _ in range(len(expected) + 1):
        assert calc.ask("run", "WbtNext.SelectNext", book.name) is True
        sheet, _, cell = calc.ask("selected").replace("$", "").rpartition(".")
        walk.append((sheet.strip("'"), cell))
    assert set(walk) == set(expected)
    assert walk[-1] == walk[0]
    sheets = [sheet for sheet, _ in walk[:-1]]
    assert len(set(sheets)) == 1 + sum(a != b for a, b in pairwise(sheets))

    calc.ask("save_copy", str(tmp_path / book.name))
    assert f"{len(expected)} 个单元格" in asked(calc, "clear", tmp_path / book.name)
    assert calc.notes() == {}
    assert calc.ask("run", "WbtNext.SelectNext", book.name) is False


def test_words_of_others_stay(calc: Office, tmp_path: Path) -> None:
    book = opened(calc, SOME, tmp_path)
    calc.ask("add_note", "计分表", 4, 13, THEIRS["计分表", "E14"])
    calc.ask("add_note", "基本信息", 1, 2, THEIRS["基本信息", "B3"])
    calc.ask("save_copy", str(tmp_path / book.name))
    asked(calc, "check", tmp_path / book.name)

    expected = notes_of_copy(tmp_path / book.name, tmp_path / "copies")
    assert calc.notes() == expected
    both = expected["计分表", "E14"]
    assert both.startswith(f"{THEIRS['计分表', 'E14']}\n【绩效校验】\n")
    assert expected["基本信息", "B3"] == THEIRS["基本信息", "B3"]

    assert calc.ask("run", "WbtNext.SelectNext", book.name) is True
    sheet, _, cell = calc.ask("selected").replace("$", "").rpartition(".")
    assert (sheet, cell) in expected

    again = tmp_path / "again" / book.name
    again.parent.mkdir()
    calc.ask("save_copy", str(again))
    asked(calc, "check", again)
    assert calc.notes() == expected

    asked(calc, "clear", again)
    assert calc.notes() == THEIRS


def test_a_file_that_is_no_answer_changes_nothing(calc: Office, tmp_path: Path) -> None:
    book = opened(calc, SOME, tmp_path)
    for content in ("", "\ufeff", "workbook-tools-result\t2\nnote\t计分表\tI7\t1\t1\tx\n"):
        shown = calc.ask("run", "WbtNotes.ApplyResult", book.name, content)
        assert "版本可能不一致" in shown
    assert calc.notes() == {}
