"""``validate`` with many workbooks: a line each, in columns that a console shows straight."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli import broken
from tests.cli.shell import CLEAN, SAMPLES, WATER, command_line, environment, on_terminal, run
from workbook_tools.cli.terminal import display_width

LONG = "示例县一个名字长得哪里也写不下的直属事业单位及其所属各中心站所（筹）"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six files: two without errors, one incomplete, one with a long name, one no workbook."""
    made = tmp_path_factory.mktemp("收件")
    for name in "civil-affairs-2020", "archives-2020", "water-2020", "emergency-2020":
        shutil.copy(SAMPLES / f"{name}.xlsx", made)
    broken.type_in(WATER, made / "长名.xlsx", {"in_unit_name": LONG})
    broken.a_letter(made / "坏.xlsx")
    return made


def _table(out: str) -> list[str]:
    return out.splitlines()[2:8]


def test_many_workbooks_are_a_table(folder: Path) -> None:
    ran = run("validate", folder)

    head, rule, *_ = ran.out.splitlines()
    rows = _table(ran.out)
    assert head.split() == ["单位", "得分", "等次", "错误", "警告"]
    assert [row.split() for row in rows] == [
        ["示例县档案馆（虚构）", "94.01", "优", "0", "0"],
        ["示例县民政局（虚构）", "98.61", "优", "0", "0"],
        ["示例县应急管理局（虚构）", "77.01～99.01", "待定", "4", "0"],
        ["示例县水利局（虚构）", "84.35～85.35", "良", "3", "2"],
        ["坏.xlsx", "无法读取", "1", "0"],
        rows[5].split(),
    ]
    assert rows[5].startswith("示例县一个名字长得")
    assert "… " in rows[5]
    widths = {display_width(line) for line in (head, rule, *rows)}
    assert len(widths) == 1
    assert widths.pop() <= 80
    assert ran.out.splitlines()[8:] == [
        "共 6 个工作簿：没有问题 2 个，有问题 3 个，无法读取 1 个。",
        "全部问题：加 --all 在此列出；加 -o 文件夹 写带批注的副本；或单独校验一个文件。",
    ]
    assert ran.code == 1


def test_the_copies_are_named_where_the_findings_stand(folder: Path, tmp_path: Path) -> None:
    ran = run("validate", folder, "-o", tmp_path / "批注")

    assert f"全部问题：见 {tmp_path / '批注'} 中各副本的批注" in ran.out
    assert len(list((tmp_path / "批注").iterdir())) == 5


def test_all_findings_can_still_be_asked_for(folder: Path) -> None:
    everything = run("validate", folder, "--all")

    assert everything.out.count("● ") == 6
    assert "    错误 SC309 基本信息!B19" in everything.out
    assert "    提示 ST601" in everything.out
    assert "全部问题：" not in everything.out


def test_a_few_workbooks_are_told_in_full(folder: Path) -> None:
    few = sorted(folder.glob("*-2020.xlsx"))

    assert run("validate", *few).out.count("● ") == 4


def test_a_table_survives_gbk_and_has_colours_on_a_terminal_only(folder: Path) -> None:
    gbk = subprocess.run(
        command_line("validate", folder),
        capture_output=True,
        env=environment({"PYTHONIOENCODING": "gbk"}),
        check=False,
    )
    _, colourful = on_terminal(["validate", folder])
    _, plain = on_terminal(["validate", folder], NO_COLOR="1")

    assert gbk.stdout.decode("gbk") == run("validate", folder).out
    assert "?" not in gbk.stdout.decode("gbk")
    assert "\x1b[31m     4\x1b[0m" in colourful
    assert "\x1b[" not in plain


@pytest.mark.slow
def test_long_work_tells_how_far_it_is_where_no_terminal_shows_a_bar(tmp_path: Path) -> None:
    for number in range(60):
        shutil.copy(CLEAN, tmp_path / f"{number}.xlsx")

    ran = run("validate", tmp_path, "--no-cache", "-j", "1")

    assert ran.err.splitlines() == [f"校验 {done}/60" for done in range(6, 61, 6)]
    assert "60/60" not in ran.out
    some = run("validate", *sorted(tmp_path.iterdir())[:40], "--no-cache", "-j", "1")
    assert some.err.splitlines() == [f"校验 {done}/40" for done in range(10, 41, 10)]
    few = run("validate", *sorted(tmp_path.iterdir())[:9], "--no-cache", "-j", "1")
    assert few.err == ""


@pytest.mark.parametrize("given", ["自评模板", "自评模板.2021版", "自评模板.xlsx", "自评模板.XLSX"])
def test_a_template_gets_the_extension_by_which_programs_open_it(
    given: str, tmp_path: Path
) -> None:
    ran = run("template", "-o", tmp_path / given)

    (made,) = tmp_path.iterdir()
    assert made.name == (given if given.lower().endswith(".xlsx") else f"{given}.xlsx")
    assert str(made) in ran.out
    again = run("template", "-o", tmp_path / given)
    assert again.code == 2
    assert "已经存在，没有覆盖" in again.err


@pytest.mark.parametrize(
    ("command", "given", "made"),
    [
        (("consolidate", "-o"), "汇总", "汇总.xlsx"),
        (("consolidate", "-o"), "汇总.2021版", "汇总.2021版.xlsx"),
        (("consolidate", "-o", "汇总.XLSX", "--report"), "总报告", "总报告.docx"),
        (("sample", "-o"), "名单", "名单.xlsx"),
        (("sample", "-o", "名单.xlsx", "--word"), "名单", "名单.docx"),
        (("archive", "-o"), "归档", "归档.zip"),
    ],
)
def test_what_is_made_of_many_gets_its_extension_too(
    command: tuple[str, ...], given: str, made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *options = command
    ran = run(name, CLEAN, *options, given, "-j", "1")
    assert ran.code in (0, 1), ran.err
    assert (tmp_path / made).is_file()
    assert not (tmp_path / given).exists()


def test_a_summary_is_read_again_under_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("consolidate", CLEAN, "-o", "首轮.xlsx", "-j", "1").code in (0, 1)
    (tmp_path / "首轮.xlsx").rename(tmp_path / "首轮")
    again = run("consolidate", CLEAN, "-o", "二轮.xlsx", "--since", "首轮", "-j", "1")
    assert again.code in (0, 1), again.err
    assert "程序自身出错" not in again.err
