"""The tutorial's standard from the empty file to the summary, by the tutorial's own commands."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.proof.example import PARKS, PARKS_GRADE, PARKS_SCORES, PARKS_TOTAL, ROADS
from tests.proof.standards import EXAMPLE, SECOND_EXAMPLE, THIRD_EXAMPLE, TUTORIAL
from workbook_tools.cli import top_level
from workbook_tools.standard import Standard, check_standard, list_standards
from workbook_tools.template import build_template

pytestmark = [pytest.mark.slow, pytest.mark.covers]

TEXT = TUTORIAL.read_text(encoding="utf-8")


FIRST, SECOND = TEXT.split("## 12. ")
"""The two parts of the tutorial, each of which makes up an example."""


def blocks(language: str, text: str = FIRST) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(top_level, arguments)


@pytest.fixture(scope="module")
def returned(example: Standard, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lakeside") / "报送"
    folder.mkdir()
    build_template(example, folder / "公园管理处.xlsx", filling=PARKS)
    build_template(example, folder / "公路所.xlsx", filling=ROADS)
    return folder


def test_the_pieces_of_the_tutorial_make_up_the_file() -> None:
    assert "".join(blocks("yaml")) == EXAMPLE.read_text(encoding="utf-8")
    assert "".join(blocks("yaml", SECOND)) == SECOND_EXAMPLE.read_text(encoding="utf-8")
    third = THIRD_EXAMPLE.read_text(encoding="utf-8")
    assert blocks("yml", SECOND)
    assert all(piece in third for piece in blocks("yml", SECOND))


def test_nothing_is_wrong_with_it_and_it_is_not_shipped() -> None:
    for example in EXAMPLE, SECOND_EXAMPLE, THIRD_EXAMPLE:
        assert check_standard(example) == []
        assert example.stem not in list_standards()


def test_the_commands_of_the_tutorial_run(
    returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, tmp_path)
    shutil.copytree(returned, tmp_path / returned.name)
    commands = [line.split() for block in blocks("bash") for line in block.splitlines()]
    commands = [words[1:] for words in commands if words[0] == "workbook-tools"]
    assert [words[:2] for words in commands][-1][0] == "consolidate"
    for words in commands:
        # a found mistake is exit code 1: one of the two departments makes some
        found = words[0] in ("validate", "consolidate")
        assert run(*words).exit_code == found, words
    assert {path.name for path in tmp_path.iterdir()} >= {"模板.xlsx", "汇总.xlsx", "批注"}


def test_scores_are_what_a_clerk_works_out(returned: Path) -> None:
    result = run("validate", str(returned), "--standard", str(EXAMPLE), "--format", "json")
    parks, roads = json.loads(result.stdout)["workbooks"]
    assert {name: one["score"] for name, one in parks["scores"].items()} == {
        name: score.removesuffix(".0") for name, score in PARKS_SCORES.items()
    }
    assert (parks["total"]["score"], parks["total"]["grade"]) == (PARKS_TOTAL, PARKS_GRADE)
    assert parks["total"]["self"] == PARKS_TOTAL
    assert roads["scores"]["complaints"]["status"] == "not_applicable"
    assert roads["scores"]["satisfied"]["status"] == "insufficient"
    assert {one["name"] for one in roads["findings"]} >= {"part-exceeds-whole", "required-blank"}
    assert not [one for one in parks["findings"] if one["severity"] == "error"]


def test_the_summary_knows_both_departments(returned: Path, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    result = run("consolidate", str(returned), "-o", str(target), "--standard", str(EXAMPLE))
    assert result.exit_code == 1, result.output  # one of them has errors
    ranking = openpyxl.load_workbook(target, data_only=True)["排名"]
    rows = {row[1]: row for row in ranking.iter_rows(values_only=True)}
    assert (rows["0101"][0], rows["0101"][4], rows["0101"][6]) == (1, 80.1, PARKS_GRADE)
    assert (rows["0102"][0], rows["0102"][5]) == (None, "71.0～86.0")
