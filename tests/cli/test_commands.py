"""The other commands: template, consolidate, explain, standard, demo."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli import broken
from tests.cli.shell import CLEAN, SAMPLES, WATER, run, tree
from workbook_tools import load_standard
from workbook_tools.checks import kinds
from workbook_tools.standard import list_standards

SHIPPED = Path(str(load_standard.__code__.co_filename)).with_name(f"{list_standards()[0]}.yaml")


def test_a_blank_template_is_written_and_known_as_blank(tmp_path: Path) -> None:
    path = tmp_path / "自评模板.xlsx"

    ran = run("template", "-o", path)

    assert ran.code == 0
    assert str(path) in ran.out
    assert openpyxl.load_workbook(path).sheetnames[0] == "填报说明"
    blank = run("validate", path, "--all")
    assert blank.code == 1
    assert "复算" not in blank.out, "there is no score to speak of"
    assert {line.split()[1] for line in blank.out.splitlines() if line.startswith("    错误")} == {
        "WB118"
    }


def test_template_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "自评模板.xlsx"
    path.write_text("已经填了一半", encoding="utf-8")

    ran = run("template", "-o", path)

    assert ran.code == 2
    assert "已经存在，没有覆盖" in ran.err
    assert path.read_text(encoding="utf-8") == "已经填了一半"


def test_template_into_a_missing_folder(tmp_path: Path) -> None:
    ran = run("template", "-o", tmp_path / "没有" / "自评模板.xlsx")

    assert ran.code == 2
    assert "所在文件夹不存在" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_template_that_cannot_be_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*args: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "replace", in_use)

    ran = run("template", "-o", tmp_path / "自评模板.xlsx")

    assert ran.code == 2
    assert "没有写入权限" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_consolidate_says_who_is_in_and_who_is_missing(tmp_path: Path) -> None:
    for path in CLEAN, WATER:
        shutil.copy(path, tmp_path)
    broken.a_letter(tmp_path / "坏.xlsx")
    summary = tmp_path / "汇总.xlsx"

    for _ in range(2):  # the second time our own summary is passed over, and brought up to date
        ran = run(
            "consolidate", tmp_path, "-o", summary, "--roster", SAMPLES / "roster.csv", "-j", "1"
        )

        assert ran.code == 1
        assert "已汇总 2 个单位（参加排名 1 个，资料不全未排名 1 个）" in ran.out
        assert "无法读取 1 个" in ran.out
        assert "未报送 " in ran.out
        assert f"汇总表：{summary}" in ran.out
        assert "总览" in openpyxl.load_workbook(summary, read_only=True).sheetnames


def test_consolidate_overwrites_nothing_of_others(tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path / "民政局.xlsx")
    before = tree(tmp_path)

    over = run("consolidate", tmp_path, "-o", tmp_path / "民政局.xlsx")
    nowhere = run("consolidate", tmp_path, "-o", tmp_path / "没有" / "汇总.xlsx")

    assert (over.code, nowhere.code) == (2, 2)
    assert "没有覆盖" in over.err
    assert "文件夹" in nowhere.err
    assert tree(tmp_path) == before


def test_explain_lists_all_codes_and_tells_of_each() -> None:
    everything = run("explain").out
    each = run("explain", *(kind.code for kind in kinds()))

    assert each.code == 0
    for kind in kinds():
        assert f"{kind.code}  " in everything
        assert f"{kind.code} {kind.title}（{kind.name}）" in each.out
        assert f"怎样改：{kind.fix}" in each.out
    assert run("explain", "self-score-too-high").out == run("explain", "SC301").out


def test_standard_list_and_show() -> None:
    standard = load_standard()

    listed, shown = run("standard", "list"), run("standard", "show")

    assert f"{standard.id}  版本 {standard.version}  {standard.title}" in listed.out
    assert all(f"{one.title}  {one.weight} 分" in shown.out for one in standard.indicators)
    assert run("standard", "show", standard.id).out == shown.out


def test_standard_check_finds_the_line(tmp_path: Path) -> None:
    """Every kind of slip is told with file and line, and all in one run."""
    text = SHIPPED.read_text(encoding="utf-8")
    lines = text.splitlines()
    slip = next(n for n, line in enumerate(lines, 1) if "staff_actual / staff_quota" in line)
    lines[slip - 1] = lines[slip - 1].replace("staff_quota", "staff_qouta", 1)
    path = tmp_path / "某县.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")

    ran = run("standard", "check", path)

    assert ran.code == 1
    (line,) = (line for line in ran.out.splitlines() if "staff_qouta" in line)
    assert line.startswith(f"错误 某县.yaml:{slip}") or f"第 {slip} 行" in line
    assert ran.out.splitlines()[-1].startswith("检查完毕：错误 ")


def test_standard_check_of_what_is_no_yaml(tmp_path: Path) -> None:
    path = tmp_path / "某县.yaml"
    path.write_text("id: 某县\ntitle: [没有关上\nversion: '1'\n", encoding="utf-8")

    ran = run("standard", "check", path)
    used = run("validate", CLEAN, "--standard", path)

    assert (ran.code, used.code) == (1, 2)
    assert "某县.yaml" in ran.out
    assert "某县.yaml" in used.err


def test_shipped_standard_is_without_errors() -> None:
    ran = run("standard", "check")
    assert ran.code == 0
    assert "错误 0 处" in ran.out


def test_validate_by_a_standard_of_ones_own(tmp_path: Path) -> None:
    """A workbook is scored by the standard that is asked for, and told that it names another."""
    path = tmp_path / "某县.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace("version: ", "version: '9' #", 1), encoding="utf-8")

    ran = run("validate", CLEAN, "--standard", path, "-j", "2")

    assert " WB103 " in ran.out


@pytest.mark.slow
def test_demo_goes_all_the_way_and_again(tmp_path: Path) -> None:
    samples = sorted(path.name for path in SAMPLES.glob("*.xlsx"))
    before = tree(SAMPLES)
    for _ in range(2):
        ran = run("demo", "-o", tmp_path / "演示")

        assert ran.code == 0
        assert all(line.startswith("校验样例 ") for line in ran.err.splitlines())
        assert ran.out.count("● ") == len(samples)
        assert f"已汇总 {len(samples)} 个单位" in ran.out
        assert "未报送 1 个" in ran.out
        assert "略过" not in ran.out
    assert sorted(path.name for path in (tmp_path / "演示").iterdir()) == [
        "批注副本",
        "汇总.xlsx",
        "自评模板.xlsx",
    ]
    assert sorted(path.name for path in (tmp_path / "演示" / "批注副本").iterdir()) == samples
    for path in (tmp_path / "演示").rglob("*.xlsx"):
        assert openpyxl.load_workbook(path, read_only=True).sheetnames
    assert tree(SAMPLES) == before


@pytest.mark.parametrize(
    ("standard", "count"), [("national-2020", "3 个单位"), ("project-2020", "2 个项目")]
)
def test_demo_of_own_indicators(tmp_path: Path, standard: str, count: str) -> None:
    ran = run("demo", "--standard", standard, "-o", tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert f"已汇总 {count}" in ran.out
    assert "自提指标" in openpyxl.load_workbook(tmp_path / "汇总.xlsx", read_only=True).sheetnames


def test_demo_overwrites_nothing_of_others(tmp_path: Path) -> None:
    (tmp_path / "汇总.xlsx").write_text("我的汇总", encoding="utf-8")

    ran = run("demo", "-o", tmp_path)

    assert ran.code == 2
    assert "没有覆盖" in ran.err
    assert (tmp_path / "汇总.xlsx").read_text(encoding="utf-8") == "我的汇总"
