"""Whatever a formula does to the interpreter, the workbook gets its findings all the same."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.recalculation.test_causes import causes
from tests.recalculation.workbooks import STANDARD, formula, number, respelled, write
from tests.template.department import FILLED, SCORES
from workbook_tools.recalculation import job, recalculate, running
from workbook_tools.submission import read_submission
from workbook_tools.template import build_template

NAME = "score_disclosure"


def with_formula(path: Path, target: Path, text: str) -> Path:
    stored = read_submission(path).stored[NAME]
    return respelled(path, target, {(stored.sheet, stored.cell): formula(text, 0.25)})


@pytest.mark.parametrize(
    "text",
    ["(" * 50_000 + "1" + ")" * 50_000, "-" * 200_000 + "1"],
    ids=["parentheses", "signs"],
)
def test_a_formula_that_crashes_the_interpreter(sound: Path, tmp_path: Path, text: str) -> None:
    path = with_formula(sound, tmp_path / "深.xlsx", text)

    assert recalculate(read_submission(path)).failure == "failed"
    (finding,) = causes(path)
    assert (finding.name, finding.field) == ("formula-altered", NAME)


@pytest.mark.slow
def test_a_formula_that_never_ends(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SECONDS", 1.5)
    # Many long sums one after the other: they take time, and give their memory back.
    text = "+".join(['SUMPRODUCT((B1:B999999<>"")*1)'] * 200)
    path = with_formula(sound, tmp_path / "长.xlsx", text)

    assert recalculate(read_submission(path)).failure == "too-long"
    (finding,) = causes(path)
    assert (finding.name, finding.field) == ("formula-altered", NAME)


@pytest.mark.parametrize(
    "text",
    [
        "[1]Sheet!A1",
        'WEBSERVICE("http://127.0.0.1/")',
        "cmd|'/c calc'!A1",
        "#REF!+1",
        "没有这张表!A1",
        "{1,2;3}",
        ")(",
        '"',
        "Table1[[#This Row],[a]]",
    ],
)
def test_a_formula_that_means_nothing_is_an_error_in_its_cell_alone(
    sound: Path, tmp_path: Path, text: str
) -> None:
    found = recalculate(read_submission(with_formula(sound, tmp_path / "怪.xlsx", text)))

    value = found.values[NAME]
    assert isinstance(value, str)
    assert value.startswith("#")
    assert found.values["score_procurement_execution"] == 3


def test_more_than_an_interpreter_is_given(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "MOST_CHARACTERS", 100_000)

    assert recalculate(read_submission(sound)).failure == "too-large"


def test_one_long_text_in_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stores the text once; the interpreter would be given it for every cell."""
    text = "".join(map(str, range(7000)))
    values = {**FILLED.values, **{f"evidence_{indicator}": text for indicator in SCORES}}
    path = tmp_path / "长文.xlsx"
    build_template(STANDARD, path, filling=msgspec.structs.replace(FILLED, values=values))
    monkeypatch.setattr(job, "MOST_CHARACTERS", 800_000)

    assert recalculate(read_submission(path)).failure == "too-large"


def test_a_file_that_is_gone(sound: Path, tmp_path: Path) -> None:
    copy = tmp_path / "示例局.xlsx"
    copy.write_bytes(sound.read_bytes())
    submission = read_submission(copy)
    copy.unlink()

    assert recalculate(submission).failure == "failed"


def test_without_the_interpreter_the_findings_say_so(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    entry = read_submission(sound).entries["procurement_actual"]
    path = respelled(sound, tmp_path / "旧.xlsx", {(entry.sheet, entry.cell): number(200)})
    bare = write(tmp_path / "空.xlsx", {})

    for finding in (*causes(path), *causes(bare)):
        assert "本机没有重算组件" in finding.message
    assert [one.name for one in causes(path)] == ["formula-value-differs"]
    assert [one.name for one in causes(bare)] == ["not-calculated"]
