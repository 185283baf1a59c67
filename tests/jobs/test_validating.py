"""The main job as a Python function gives what the command line gives."""

from __future__ import annotations

import io
import json
import math
import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO, cast, get_args

import msgspec
import pytest

import workbook_tools as wt
from tests.cli.shell import CLEAN, SAMPLES, WATER, XIANGTAN, run
from workbook_tools.jobs.frames import FrameKind

TRANSPORT = SAMPLES / "transport-2020.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    (folder / "一组").mkdir(parents=True)
    for source in (CLEAN, WATER):
        shutil.copy(source, folder / "一组")
    shutil.copy(XIANGTAN, folder)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "说明.txt").write_text("不是工作簿", encoding="utf-8")
    return folder


def plainly(records: object) -> object:
    return json.loads(msgspec.json.encode(records))


@pytest.mark.parametrize("jobs", [1, 2])
def test_records_are_those_of_the_command(folder: Path, jobs: int) -> None:
    ran = run("validate", folder, "--format", "json", "--no-cache")
    with wt.validate(folder, jobs=jobs) as validation:
        assert validation.count == 4
        assert repr(validation) == "<Validation of 4 workbooks, 1 passed over, 0 problems>"
        assert [one.path.name for one in validation.passed_over] == ["说明.txt"]
        records = list(validation)
    assert plainly(records) == json.loads(ran.out)["workbooks"]
    assert {one.status for one in records} == {"refused", "findings", "clean"} or ran.code == 1


def test_copies_are_written_as_the_command_writes_them(folder: Path, tmp_path: Path) -> None:
    run("validate", folder, "-o", tmp_path / "甲", "--no-cache")
    with wt.validate([folder], tmp_path / "乙") as validation:
        annotated = [one.annotated for one in validation if one.annotated]
    assert not validation.problems
    names = {path.relative_to(tmp_path / "甲") for path in (tmp_path / "甲").rglob("*.xlsx")}
    assert {Path(one).relative_to(tmp_path / "乙") for one in annotated} == names
    assert len(names) == 3
    with wt.validate(folder, tmp_path / "甲") as again:
        list(again)
    assert not again.problems
    with pytest.raises(wt.TaskRefused, match="副本不能写在原件所在的文件夹"):
        wt.validate(folder, folder)


def test_nothing_to_validate_is_said(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("不是工作簿", encoding="utf-8")
    with pytest.raises(wt.SourceError, match=r"没有找到要校验的工作簿.*说明.txt"):
        wt.validate(tmp_path)


def test_what_was_taken_out_of_archives_goes_at_the_end(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "temporary"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    archive = tmp_path / "报送.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(WATER, "水利局：自评.xlsx")
        file.writestr("坏掉的 局.xlsx", b"PK\x03\x04 broken")
    validation = wt.validate(archive)
    broken, water = sorted(validation, key=lambda one: one.status, reverse=True)
    assert water.path == str(archive / "水利局：自评.xlsx")
    assert broken.findings[0].message.startswith("坏掉的 局.xlsx：")  # the name that people know
    assert not list(room.glob("workbook-tools-*"))
    validation = wt.validate(archive)
    next(validation)
    assert list(room.glob("workbook-tools-*"))
    validation.close()
    assert not list(room.glob("workbook-tools-*"))


def test_a_workbook_is_read_from_bytes_and_from_a_file(tmp_path: Path) -> None:
    content = WATER.read_bytes()
    by_path = wt.record(wt.assess(WATER))
    for source in (content, io.BytesIO(content)):
        assessment = wt.assess(source, name=str(WATER))
        assert wt.record(assessment) == by_path
        assert assessment.submission is not None
        assert assessment.evaluation is not None
        copy = tmp_path / "副本.xlsx"
        wt.annotate(content, copy, assessment.findings, assessment.evaluation)
        wt.clean(copy.read_bytes(), tmp_path / "还原.xlsx")
        with wt.validate(tmp_path / "还原.xlsx") as back:
            assert [one.findings for one in back] == [by_path.findings]
        copy.unlink()
    with WATER.open("rb") as file:
        assert wt.read_submission(file).path == str(WATER)
    with pytest.raises(wt.SubmissionRefused, match=r"^工作簿\.xlsx："):
        wt.read_submission(b"PK\x03\x04 broken")
    refused = wt.assess(b"PK\x03\x04 broken", name="上传/水利局.xlsx")
    assert refused.path == "上传/水利局.xlsx"
    assert refused.findings[0].message.startswith("水利局.xlsx：")


def test_a_file_larger_than_any_workbook_is_refused_and_not_read_on() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1, /) -> bytes:
            self.asked = size
            return b"\0" * min(size, 1_000)

    limits = wt.Limits(total=500)
    endless = Endless()
    with pytest.raises(wt.SubmissionRefused, match="上限"):
        wt.read_submission(cast(BinaryIO, endless), limits=limits)
    assert endless.asked == 501


def test_every_indicator_has_its_calculation() -> None:
    (record,) = wt.validate(WATER)
    assessment = wt.assess(WATER)
    assert assessment.evaluation is not None
    assert list(record.calculations) == list(record.scores)
    for indicator, sentence in record.calculations.items():
        assert sentence == wt.explain_result(assessment.evaluation, indicator)
    assert "÷" in record.calculations["staff_control"]


def test_three_lines_give_a_frame() -> None:
    frame = wt.validate(SAMPLES / "*-2020.xlsx").frame()
    (record,) = wt.validate(WATER)
    water = frame[frame.path == str(WATER)].set_index("indicator")
    assert list(water.index) == list(record.scores)
    for indicator, score in record.scores.items():
        for name in ("weight", "measure", "score", "cached", "self", "review"):
            number = getattr(score, name)
            shown = float(str(water.loc[indicator, name]))
            assert math.isnan(shown) if number is None else shown == float(number)
    assert frame.dtypes["score"] == "float64"


def test_frames_keep_columns_and_types_when_empty() -> None:
    records = list(wt.validate([WATER, XIANGTAN]))
    for kind in get_args(FrameKind):
        full, empty = wt.to_frame(records, kind), wt.to_frame([], kind)
        assert list(full.columns) == list(empty.columns)
        assert list(full.dtypes) == list(empty.dtypes)
        assert len(full) > 0
        assert len(empty) == 0
    totals = wt.to_frame(records, "totals").set_index("path")
    assert totals.loc[str(WATER), "errors"] == 3
    assert totals.loc[str(WATER), "grade"] == "良"
    assert len(wt.to_frame(records, "findings")) == sum(len(one.findings) for one in records)


def test_records_that_somebody_holds_are_consolidated(tmp_path: Path) -> None:
    paths = [CLEAN, WATER, XIANGTAN]
    standard = wt.load_standard()
    roster = SAMPLES / "roster.csv"
    whole = wt.consolidate(paths, tmp_path / "汇总.xlsx", roster=roster)
    held = wt.consolidate_records(wt.validate(paths), standard=standard, roster=roster)
    for table in ("ranking", "scores", "differences", "budget", "exceptions"):
        assert getattr(held, table).equals(getattr(whole, table)), table
    assert [notice.kind for notice in held.notices] == [notice.kind for notice in whole.notices]


@pytest.mark.parametrize("how", ["path", "round", "previous", "records"])
def test_the_round_before_may_be_given_in_any_form(tmp_path: Path, how: str) -> None:
    standard = wt.load_standard()
    summary = tmp_path / "汇总.xlsx"
    first = wt.consolidate([TRANSPORT], summary)
    records = list(wt.validate([TRANSPORT, CLEAN]))
    before: dict[str, Path | wt.Consolidation | wt.Previous | list[wt.Record]] = {
        "path": summary,
        "round": first,
        "previous": first.as_previous(),
        "records": [one for one in records if one.path == str(TRANSPORT)],
    }
    second = wt.consolidate_records(records, standard=standard, previous=before[how])
    changed = {one.name: one for one in second.changes() if one.is_one}
    assert list(changed) == ["示例县民政局（虚构）", "示例县交通运输局（虚构）"]
    assert changed["示例县民政局（虚构）"].before is None
    assert changed["示例县交通运输局（虚构）"].ranks_risen == -1
    assert not changed["示例县交通运输局（虚构）"].new


def test_a_round_of_another_standard_is_not_compared_with(tmp_path: Path) -> None:
    summary = tmp_path / "汇总.xlsx"
    wt.consolidate([WATER], summary)
    with pytest.raises(wt.PreviousError, match="不能比较"):
        wt.consolidate_records([], standard=wt.load_standard("national-2020"), previous=summary)
