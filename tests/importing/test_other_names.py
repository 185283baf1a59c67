"""The names that reports use are those of the standard, and of no other."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.importing.builder import write_text
from workbook_tools import import_report, load_standard, read_submission
from workbook_tools.standard import Standard

REPORT = ("机构全称：清溪县水务局", "评价年度：2020", "其他要说的话", "本年度机构没有变动。")


def called(standard: Standard, **names: tuple[str, ...]) -> Standard:
    """The standard with other names for some inputs."""
    inputs = (
        msgspec.structs.replace(one, also_called=names.get(one.id, one.also_called))
        for one in standard.inputs
    )
    return msgspec.structs.replace(standard, inputs=tuple(inputs))


@pytest.mark.parametrize("known", [True, False])
def test_a_report_is_read_by_the_names_of_the_standard(known: bool, tmp_path: Path) -> None:
    names = {"unit_name": ("机构全称",), "narrative_other": ("其他要说的话",)} if known else {}
    standard = called(load_standard(), **names)

    done = import_report(
        write_text(tmp_path / "报告.txt", REPORT), tmp_path / "表.xlsx", standard=standard
    )

    read = read_submission(Path(done.target), standard)
    assert read.text("unit_name") == ("清溪县水务局" if known else "")
    assert read.text("narrative_other") == ("本年度机构没有变动。" if known else "")


def test_the_shipped_names_are_read(tmp_path: Path) -> None:
    lines = ("填报单位：清溪县水务局", "评价年份：2020", "存在的主要问题", "年初论证不细。")

    done = import_report(write_text(tmp_path / "报告.txt", lines), tmp_path / "表.xlsx")

    read = read_submission(Path(done.target))
    assert read.text("unit_name") == "清溪县水务局"
    assert read.number("fiscal_year") == 2020
    assert read.text("narrative_problems") == "年初论证不细。"
