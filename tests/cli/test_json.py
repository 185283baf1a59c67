"""``--format json``: the keys that other programs rely on, and numbers as decimal strings."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.cli import broken
from tests.cli.shell import CLEAN, SAMPLES, WATER, XIANGTAN, run
from workbook_tools.standard import load_standard, standard_hash

WORKBOOK = {
    "path",
    "unit_name",
    "unit_code",
    "status",
    "annotated",
    "scores",
    "total",
    "findings",
    "facts",
    "subject",
    "rows",
    "calculations",
}
SCORE = {"weight", "measure", "score", "cached", "self", "review", "status"}
TOTAL = {
    "score",
    "low",
    "high",
    "cached",
    "self",
    "claimed",
    "review",
    "grade",
    "grade_self",
    "grade_claimed",
    "grade_review",
}
FINDING = {
    "code",
    "name",
    "severity",
    "sheet",
    "cell",
    "field",
    "expected",
    "actual",
    "message",
}
PLACE = ("code", "sheet", "cell")
LATER = {"readings", "readings_low", "readings_high", "grade_low", "grade_high"}
"""Keys that came after the first; a program that knows the others may pass over them."""
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def told(*args: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("validate", *args, "--format", "json").out)
    return document


def test_keys_and_kinds_of_values() -> None:
    standard = load_standard()
    asked = (CLEAN, WATER, XIANGTAN, SAMPLES / "emergency-2020.xlsx")
    document = told(*asked)

    assert set(document) == {"schema_version", "standard", "workbooks"}
    assert document["schema_version"] == 1
    assert document["standard"] == {
        "id": standard.id,
        "version": standard.version,
        "hash": standard_hash(standard),
    }
    assert len(document["workbooks"]) == len(asked)
    for workbook in document["workbooks"]:
        assert set(workbook) == WORKBOOK
        assert set(workbook["calculations"]) == set(workbook["scores"])
        assert workbook["status"] in {"clean", "findings"}
        assert list(workbook["scores"]) == [one.id for one in standard.indicators]
        for score in workbook["scores"].values():
            assert set(score) - LATER == SCORE
            assert score["status"] in {"computed", "not_applicable", "insufficient"}
            assert (score["score"] is None) == (score["status"] == "insufficient")
            assert all(_is_number(score[key]) for key in SCORE - {"status"})
        assert set(workbook["total"]) - LATER == TOTAL
        assert all(_is_number(workbook["total"][key]) for key in TOTAL if "grade" not in key)
        for finding in workbook["findings"]:
            assert set(finding) == FINDING | {"causes"}
            assert finding["severity"] in {"error", "warning", "info"}
            assert all(isinstance(finding[key], str) for key in FINDING)
            here = [{key: one[key] for key in PLACE} for one in workbook["findings"]]
            assert all(cause in here for cause in finding["causes"])
    assert any(one["causes"] for workbook in document["workbooks"] for one in workbook["findings"])
    assert not any(isinstance(one, float) for one in _leaves(document))


def test_report_of_xiangtan() -> None:
    (workbook,) = told(XIANGTAN)["workbooks"]

    scores, total = workbook["scores"], workbook["total"]
    weights = {one.id: one.weight for one in load_standard().indicators}
    assert {one: score["self"] for one, score in scores.items()} == {
        one: str(weight) for one, weight in weights.items()
    }
    assert len(weights) == 27
    assert sum(map(int, (score["self"] for score in scores.values()))) == 100
    assert [one for one, score in scores.items() if score["status"] == "computed"] == [
        "budget_completion"
    ]
    found = scores["budget_completion"]
    assert {key: found[key] for key in SCORE} == {
        "weight": "4",
        "measure": "1",
        "score": "4",
        "cached": "4",
        "self": "4",
        "review": None,
        "status": "computed",
    }
    assert sum(score["status"] == "insufficient" for score in scores.values()) == 26
    assert (total["score"], total["low"], total["high"], total["grade"]) == (None, "4", "100", None)
    assert (total["self"], total["grade_self"]) == ("100", "优")
    assert (total["claimed"], total["grade_claimed"]) == ("100", "优")


def test_status_and_annotated_copy(tmp_path: Path) -> None:
    clean, water = told(CLEAN, WATER, "-o", tmp_path)["workbooks"]

    assert clean["path"] == str(CLEAN)
    assert (clean["status"], water["status"]) == ("clean", "findings")
    assert water["annotated"] == str(tmp_path / WATER.name)
    assert Path(water["annotated"]).is_file()
    assert water["facts"]["claimed_total"] == "91.37"


def test_nothing_in_a_text_breaks_the_json(tmp_path: Path) -> None:
    name = '"\\}\u2028\u202e</script>\x85单位'
    path = tmp_path / "名.xlsx"
    broken.type_in(CLEAN, path, {"in_unit_name": name})

    ran = run("validate", path, "--format", "json")

    assert json.loads(ran.out)["workbooks"][0]["unit_name"] == name


def test_file_name_in_another_encoding(tmp_path: Path) -> None:
    """Unpacked from a Chinese zip on Linux, a name is often no UTF-8."""
    path = os.fsencode(tmp_path) + b"/" + "民政局.xlsx".encode("gbk")
    shutil.copy(os.fsencode(CLEAN), path)

    (workbook,) = told(tmp_path)["workbooks"]

    assert workbook["unit_name"] == "示例县民政局（虚构）"
    assert workbook["path"] == os.fsdecode(path)
    assert run("validate", tmp_path).code == 0


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, str) and bool(DECIMAL.fullmatch(value)))


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
