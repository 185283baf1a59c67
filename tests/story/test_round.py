"""A whole round through the real command line, on one process and on two, with the same outcome.

The bureau issues templates by its roster; twelve departments fill theirs in, with slips, and one
does not; what comes back is validated; the departments correct the copies with comments and send
those; they are validated again, summed up and reported on. Every finding is counted.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from samples.data import expected_of
from tests.cli.shell import run_apart
from tests.story.clerks import DEPARTMENTS, ROSTER, SECOND, STANDARD, correct, fill
from workbook_tools.standard import standard_hash

pytestmark = pytest.mark.slow
ERRATA = {"ST601": len(STANDARD.errata)}
SILENT = "310001"
"""The department of the roster that sends nothing."""
REVIEWED = {"401001": "94.44"}
"""By the bureau's own score, which stands in place of ours."""
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?Z?|\d{4}年\d+月\d+日( \d\d:\d\d)?"
    r"|workbook-tools:[0-9a-f]{64}".encode()
)
"""Times, and the seal over a report, in which one stands."""
_HASH = re.compile(rb"[0-9a-f]{64}")


class Round:
    """A round in a folder of its own; the paths in all that it prints are relative to it."""

    def __init__(self, folder: Path, processes: int) -> None:
        self.folder = folder
        self._processes = processes
        folder.mkdir()
        shutil.copy(ROSTER, folder / "名册.csv")

    def run(self, *args: str, code: int) -> str:
        """What a command prints; it must end with this exit code."""
        done = run_apart(self.folder, *args, processes=self._processes)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def json(self, *args: str, code: int) -> dict[str, Any]:
        """What a command prints with ``--format json``."""
        document: dict[str, Any] = json.loads(self.run(*args, "--format", "json", code=code))
        return document

    def content(self, folder: str) -> dict[str, dict[str, bytes]]:
        """The parts of every file in a folder, without the times that are written there."""
        return {path.name: _parts(path) for path in sorted((self.folder / folder).iterdir())}


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: _TIME.sub(b"", archive.read(name)) for name in archive.namelist()}


class Story:
    """Both rounds, and what was printed in each, by the step."""

    def __init__(self, folder: Path) -> None:
        self.rounds = [Round(folder / f"{count} 个进程", count) for count in (1, 2)]
        self.told: dict[str, list[dict[str, Any]]] = {}
        for one in self.rounds:
            one.run("template", "--roster", "名册.csv", "-o", "模板", code=0)
        self._on_each_desk("模板", "收件", _filled)
        self._each("first", "validate", "收件", "-o", "批注", "--standard", STANDARD.id, code=1)
        self._on_each_desk("批注", "二次收件", _corrected)
        self._each("second", "validate", "二次收件", "-o", "二次批注", "--no-cache", code=1)
        self._each(
            "summary", "consolidate", "二次收件", "-o", "汇总.xlsx", "--roster", "名册.csv",
            "--report", "总报告.docx", "--no-cache", code=1,
        )  # fmt: skip
        self._each("reports", "report", "二次收件", "-o", "报告", "--standard", STANDARD.id, code=1)

    def _each(self, step: str, *args: str, code: int) -> None:
        self.told[step] = [one.json(*args, code=code) for one in self.rounds]

    def _on_each_desk(self, source: str, target: str, work: Any) -> None:
        """Clerks work on the files of the last round; the first gets copies of what they made."""
        *others, last = self.rounds
        (last.folder / target).mkdir()
        for path in sorted((last.folder / source).iterdir()):
            work(path, last.folder / target / path.name)
        for one in others:
            shutil.copytree(last.folder / target, one.folder / target)


def _filled(issued: Path, target: Path) -> None:
    code = issued.name[:6]
    if code != SILENT:
        fill(issued, target, DEPARTMENTS[code])


def _corrected(annotated: Path, target: Path) -> None:
    issued = annotated.parents[1] / "模板" / annotated.name
    correct(annotated, issued, target, SECOND[annotated.name[:6]])


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("story"))


def _codes(workbook: dict[str, Any]) -> Counter[str]:
    return Counter(finding["code"] for finding in workbook["findings"])


def _numbered(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows of a list whose first column numbers them."""
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def _by_code(workbooks: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["unit_code"]: one for one in workbooks}


def test_the_templates_are_the_same_and_each_carries_the_standards_own_hash(story: Story) -> None:
    alone, together = (one.content("模板") for one in story.rounds)

    assert len(alone) == len(DEPARTMENTS) + 1
    assert alone == together
    for parts in together.values():
        found = {each for part in parts.values() for each in _HASH.findall(part)}
        assert found == {standard_hash(STANDARD).encode()}


def _second(story: Story) -> dict[str, dict[str, Any]]:
    return _by_code(story.told["second"][0]["workbooks"])


@pytest.mark.parametrize("code", DEPARTMENTS)
def test_the_first_time_each_slip_is_found_and_nothing_besides(story: Story, code: str) -> None:
    planted = Counter(one.finding[:5] for one in expected_of(DEPARTMENTS[code]))
    planted.pop("SC306", 0)  # an old result, where openpyxl stores none at all
    for told in story.told["first"]:
        assert len(told["workbooks"]) == len(DEPARTMENTS)
        found = _by_code(told["workbooks"])[code]
        assert _codes(found) == planted + Counter(ERRATA | {"WB105": 1})


def test_the_copies_carry_each_finding_as_a_note_or_a_row_and_no_hash(story: Story) -> None:
    alone, together = (one.content("批注") for one in story.rounds)

    assert alone == together
    for path in (story.rounds[1].folder / "批注").iterdir():
        workbook = _by_code(story.told["first"][1]["workbooks"])[path.name[:6]]
        book = openpyxl.load_workbook(path)
        rows = [
            row for row in book["校验结果"].iter_rows(values_only=True) if isinstance(row[0], int)
        ]
        assert Counter(row[2] for row in rows) == _codes(workbook)
        noted = {
            (sheet.title, cell.coordinate)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment and "【绩效校验】" in cell.comment.text
        }
        assert noted == {(f["sheet"], f["cell"]) for f in workbook["findings"] if f["cell"]}


@pytest.mark.parametrize("code", DEPARTMENTS)
def test_the_second_time_what_was_corrected_is_found_no_more(story: Story, code: str) -> None:
    for told in story.told["second"]:
        found = _by_code(told["workbooks"])[code]
        assert _codes(found) == Counter(ERRATA | SECOND[code].left)


def test_the_summary_counts_who_sent_what(story: Story) -> None:
    left = {code: Counter(second.left) for code, second in SECOND.items()}
    left["201002"]["XC409"] = 1  # the school's figures are in those of the bureau above it
    for told in story.told["summary"]:
        assert told["figures"] == {"departments": 12, "ranked": 11, "refused": 0}
        assert [one["unit_code"] for one in told["notices"] if one["kind"] == "missing"] == [SILENT]
        departments = _by_code(told["departments"])
        assert {code: _codes(one) for code, one in departments.items()} == left
        scores = {code: one["total"]["score"] for code, one in _second(story).items()}
        assert {code: one["points"] for code, one in departments.items()} == scores | REVIEWED
    for one in story.rounds:
        book = openpyxl.load_workbook(one.folder / "汇总.xlsx")
        listed: dict[str, Counter[str]] = {code: Counter() for code in DEPARTMENTS}
        for code, _, severity, finding, *_ in book["问题清单"].iter_rows(values_only=True):
            if severity in ("错误", "警告", "提示"):
                listed[str(code)][str(finding)] += 1
        assert listed == left
        ranked = [
            row for row in book["排名"].iter_rows(values_only=True) if isinstance(row[0], int)
        ]
        assert [row[0] for row in ranked] == list(range(1, 12))
        assert ranked[0][1] == "208001"
    summary, report = (
        [_parts(one.folder / name) for one in story.rounds] for name in ("汇总.xlsx", "总报告.docx")
    )
    assert summary[0] == summary[1]
    assert report[0] == report[1]


def test_each_department_has_a_report_and_a_draft_where_errors_are_left(story: Story) -> None:
    alone, together = (one.content("报告") for one in story.rounds)

    assert len(alone) == len(DEPARTMENTS)
    assert alone == together
    for told in story.told["reports"]:
        reports = _by_code(told["reports"])
        assert {code for code, one in reports.items() if one["draft"]} == {"306001", "311001"}


@pytest.mark.parametrize("step", ["first", "second", "summary", "reports"])
def test_one_process_and_two_say_the_same(story: Story, step: str) -> None:
    alone, together = story.told[step]

    assert alone == together
