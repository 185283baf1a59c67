"""A round against the one before: what was cured, what is new, who moved."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.broken import type_in
from tests.cli.shell import CLEAN, WATER, Ran, run
from tests.consolidation.records import LOST, STANDARD, consolidation, record, refused
from workbook_tools.checks import Finding, make
from workbook_tools.consolidation import Consolidation, PreviousError
from workbook_tools.consolidation.round.changes import tally
from workbook_tools.consolidation.round.previous import check_comparable
from workbook_tools.consolidation.summary.reading import read_previous

WHEN = datetime.datetime(2021, 4, 2, 9, 30)


def finding(field: str, figure: str = "1") -> Finding:
    return make("self-score-too-high", f"自评 {figure}。", sheet="计分表", cell="K12", field=field)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = consolidation(
        record("1", "92", findings=(finding("a"), finding("b"), finding("b"))),
        record("2", "95", name="不变局"),
        record("3", "99", insufficient=("quality_rate",)),
        record("4", "90", findings=(finding("a"),)),
        record("", "94", name="无编码局"),
        refused("/bureau/in/坏.xlsx", "打不开。"),
    )
    return first.write(tmp_path_factory.mktemp("上次") / "汇总.xlsx", when=WHEN)


def now(since: Path | None) -> Consolidation:
    second = consolidation(
        record("1", "96.5", findings=(finding("b", "9"), finding("c"))),
        record("2", "95", name="改名局"),
        record("3", "91"),
        record("5", "93"),
        record("", "94", name="无编码局"),
    )
    previous = read_previous(since) if since else None
    return Consolidation(standard=STANDARD, departments=second.departments, previous=previous)


def test_a_unit_is_known_again_without_its_zeros_and_by_its_name(tmp_path: Path) -> None:
    first = consolidation(
        record("002", "92", name="甲局"),
        record("7", "93", name="乙局"),
        record("008", "94", name="丙局"),
        record("8", "95", name="丁局"),
        record("12", "96", name="戊局"),
    ).write(tmp_path / "汇总.xlsx", when=WHEN)
    second = consolidation(
        record("2", name="甲局（更名）"),
        record("9", name="乙局"),
        record("008", name="丙局"),
        record("8", name="丁局"),
        record("13", name="己局"),
    )
    result = Consolidation(
        standard=STANDARD, departments=second.departments, previous=read_previous(first)
    )
    pairs = {
        (c.before.code if c.before else "", c.now.code if c.now else "") for c in result.changes()
    }
    assert pairs == {("002", "2"), ("7", "9"), ("008", "008"), ("8", "8"), ("", "13"), ("12", "")}


def test_each_department_is_compared_with_itself(before: Path) -> None:
    found = {one.code or one.name: one for one in now(before).changes()}
    assert set(found) == {"1", "2", "3", "4", "5", "无编码局"}
    one = found["1"]
    assert (float(one.points_moved or 0), one.ranks_risen) == (4.5, 2)
    assert [item.field for item in one.cured] == ["a", "b"]  # one of two at b is left
    assert [item.field for item in one.new] == ["c"]
    assert one.remaining == 1
    assert (found["2"].is_one, found["2"].ranks_risen) == (True, -1)
    assert found["无编码局"].points_moved == 0
    assert found["3"].points_moved is None  # it was incomplete
    assert found["4"].now is None
    assert found["4"].cured == ()  # it did not report again
    assert found["5"].before is None


def test_counts_of_the_whole(before: Path) -> None:
    total = tally(now(before).changes())
    assert (total.joined, total.left, total.risen, total.fallen) == (1, 1, 1, 0)
    assert (total.cured, total.new, total.remaining) == (2, 1, 1)


def test_the_same_round_again_is_no_change(tmp_path: Path) -> None:
    path = now(None).write(tmp_path / "汇总.xlsx", when=WHEN)
    assert not any(one.is_one for one in now(path).changes())


def test_the_summary_has_a_sheet_of_departments_and_one_of_findings(
    before: Path, tmp_path: Path
) -> None:
    path = now(before).write(tmp_path / "汇总.xlsx", when=WHEN)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["总览", "变化", "问题变化"]
    rows = {row[0].value or row[1].value: [cell.value for cell in row] for row in book["变化"]}
    assert rows["1"][2:] == ["得分变化", 92, None, 96.5, None, 4.5, 3, 1, 2, "优", "优", 2, 1, 1]
    assert rows["3"][2:7] == ["资料已补齐", None, "91.00～99.00", 91, None]
    assert rows["4"][2] == "本次没有"
    assert rows["5"][2:6] == ["新报", None, None, 93]
    assert "由得分待定变为有总分 1 个，由有总分变为得分待定 0 个" in book["变化"]["A2"].value
    assert "问题已消除 2 条，新增 1 条，仍有 1 条" in book["变化"]["A2"].value
    listed = [(row[0].value, row[2].value) for row in book["问题变化"].iter_rows(min_row=4)]
    assert sorted(listed) == [("1", "已消除"), ("1", "已消除"), ("1", "新增")]


def test_what_weighs_most_comes_first(tmp_path: Path) -> None:
    """Grade, points, completeness, who came and went, findings; last who only changed ranks."""
    first = consolidation(
        record("1", "95", name="同分局"),
        record("2", "94", findings=(finding("a"),), name="问题局"),
        record("3", "93", name="走了局"),
        record("4", "92", insufficient=("quality_rate",), name="补齐局"),
        record("5", "91", name="缺了局"),
        record("6", "90.5", name="降等局"),
        record("7", "90.2", name="加分局"),
        record("8", "99", insufficient=("quality_rate",), name="区间局"),
    ).write(tmp_path / "汇总.xlsx", when=WHEN)
    second = consolidation(
        record("1", "95", name="同分局"),
        record("2", "94", findings=(finding("b"),), name="问题局"),
        record("4", "96", name="补齐局"),
        record("5", "91", insufficient=("quality_rate",), name="缺了局"),
        record("6", "89", name="降等局"),
        record("7", "93.5", name="加分局"),
        record("8", "98", insufficient=("quality_rate",), name="区间局"),
        record("9", "99", name="新来局"),
    )
    result = Consolidation(
        standard=STANDARD, departments=second.departments, previous=read_previous(first)
    )
    book = openpyxl.load_workbook(result.write(tmp_path / "再汇总.xlsx", when=WHEN))
    listed = [(row[1].value, row[2].value) for row in book["变化"].iter_rows(min_row=4)]

    assert listed == [
        ("降等局", "等次变化"),
        ("加分局", "得分变化"),
        ("区间局", "得分变化"),
        ("补齐局", "资料已补齐"),
        ("缺了局", "资料不全了"),
        ("新来局", "新报"),
        ("走了局", "本次没有"),
        ("问题局", "问题变化"),
        ("同分局", "仅名次变化"),
    ]


def test_without_an_earlier_round_there_is_no_such_sheet(before: Path) -> None:
    assert "变化" not in openpyxl.load_workbook(before).sheetnames


def test_a_list_that_was_cut_is_no_ground_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbook_tools.consolidation.summary.workbook import write_summary

    many = consolidation(record("1", findings=tuple(finding(str(n)) for n in range(5))))
    write_summary(many, tmp_path / "汇总.xlsx", when=WHEN, most_findings=3)
    with pytest.raises(PreviousError, match=r"应有 5 条，列出 3 条"):
        read_previous(tmp_path / "汇总.xlsx")


def test_another_standard_cannot_be_compared(before: Path) -> None:
    import msgspec

    other = msgspec.structs.replace(STANDARD, id="other")
    with pytest.raises(PreviousError, match=r"不能比较"):
        check_comparable(read_previous(before), other)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"kind": "other"}', b"PK\x03\x04", b"\xff\xfe"])
def test_what_is_no_earlier_round_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "别的.json").write_bytes(content)
    with pytest.raises(PreviousError, match=r"别的\.json 不是以前的汇总结果"):
        read_previous(tmp_path / "别的.json")


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder with the summary of a first round; a workbook was mended and one is new since."""
    folder = tmp_path_factory.mktemp("两轮")
    (folder / "报送").mkdir()
    (folder / "报送" / "民政.xlsx").write_bytes(CLEAN.read_bytes())
    type_in(CLEAN, folder / "报送" / "民政.xlsx", {"in_staff_actual": 99})
    first = run("consolidate", folder / "报送", "-o", folder / "一.xlsx", "--format", "json")
    type_in(CLEAN, folder / "报送" / "民政.xlsx", {"in_staff_actual": 50})
    (folder / "报送" / "水利.xlsx").write_bytes(WATER.read_bytes())
    return folder, first


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_command_line_says_what_changed(
    rounds: tuple[Path, Ran], encoding: str, tmp_path: Path
) -> None:
    folder, first = rounds
    since = tmp_path / "一.json"
    since.write_text(first.out, encoding=encoding)
    by_json = run("consolidate", folder / "报送", "-o", tmp_path / "二.xlsx", "--since", since)
    by_summary = run(
        "consolidate", folder / "报送", "-o", tmp_path / "二.xlsx", "--since", folder / "一.xlsx"
    )
    assert "得分上升 1 个单位" in by_json.out
    assert "新报 1 个" in by_json.out
    assert "（+" in by_json.out
    assert by_json.out.splitlines()[3:-1] == by_summary.out.splitlines()[3:-1]


def test_json_tells_departments_notices_and_changes(rounds: tuple[Path, Ran]) -> None:
    folder, first = rounds
    told: dict[str, Any] = json.loads(first.out)
    assert (told["schema_version"], told["kind"]) == (1, "consolidation")
    assert told["figures"] == {"departments": 1, "ranked": 1, "refused": 0}
    (department,) = told["departments"]
    assert department["rank"] == 1
    assert department["scores"][LOST]["weight"] == "10"
    assert department["findings"]
    ran = run(
        "consolidate", folder / "报送", "-o", folder / "二.xlsx", "--since", folder / "一.xlsx",
        "--format", "json",
    )  # fmt: skip
    changes = {one["unit_name"]: one for one in json.loads(ran.out)["changes"]}
    assert changes["示例县民政局（虚构）"]["cured"]
    assert float(changes["示例县民政局（虚构）"]["points_moved"]) > 0
    assert changes["示例县水利局（虚构）"]["before"] is None


def test_something_else_is_no_earlier_round(tmp_path: Path) -> None:
    ran = run("consolidate", CLEAN, "-o", tmp_path / "汇总.xlsx", "--since", WATER)
    assert ran.code == 2
    assert "不是以前的汇总结果" in ran.err
    assert not (tmp_path / "汇总.xlsx").exists()
