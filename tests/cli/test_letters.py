"""``letters``: a letter to each department, and one to each that has not reported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx

from tests.cli.shell import CLEAN, SAMPLES, WATER, run


def text(path: Path) -> str:
    document = docx.Document(str(path))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join(said)


def test_everybody_gets_a_letter(tmp_path: Path) -> None:
    folder, out = tmp_path / "报送", tmp_path / "信"
    folder.mkdir()
    for one in (WATER, CLEAN):
        shutil.copy(one, folder)
    args = ("letters", folder, "-o", out, "--roster", SAMPLES / "roster.csv")
    ran = run(*args, "--until", "2021-05-10", "--signer", "王某")
    assert ran.code == 0
    assert "共写反馈意见 2 份、催报单 11 份。" in ran.out
    water = text(out / "402001-示例县水利局（虚构）-反馈意见.docx")
    assert "请于2021年5月10日前重新报送" in water
    assert "签发人：王某" in water
    assert "草稿" not in water
    assert "B19" in water
    missing = text(out / "310001-示例县商务局（虚构）-催报单.docx")
    assert "示例县商务局（虚构）：" in missing
    assert "没有收到你单位可用的2020年度部门整体支出绩效自评表。" in missing
    assert "请于2021年5月10日前用下发的模板填好" in missing


def test_they_are_drafts_until_signed_and_edited_ones_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "信"
    told = json.loads(run("letters", WATER, "-o", out, "--format", "json").out)
    assert told["draft"] is True
    (letter,) = told["letters"]
    assert (letter["kind"], letter["unit_code"]) == ("feedback", "402001")
    assert letter["findings"] > 0
    path = Path(letter["path"])
    assert "草稿　未经签发，不作为正式意见" in text(path)
    document = docx.Document(str(path))
    document.add_paragraph("科长改过")
    document.save(str(path))
    ran = run("letters", WATER, "-o", out)
    assert (ran.code, "有人改过，没有覆盖" in ran.err) == (2, True)
    assert "科长改过" in text(path)


def test_a_unit_whose_file_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    shutil.copy(CLEAN, folder)
    (folder / "示例县商务局（虚构）.xlsx").write_bytes(b"broken")
    out = tmp_path / "信"
    assert run("letters", folder, "-o", out, "--roster", SAMPLES / "roster.csv").code == 0
    assert "送来的材料不能使用" in text(out / "310001-示例县商务局（虚构）-催报单.docx")


def test_a_letter_says_what_the_summary_says_of_another_year(tmp_path: Path) -> None:
    folder, out = tmp_path / "报送", tmp_path / "信"
    folder.mkdir()
    shutil.copy(CLEAN, folder)
    roster = tmp_path / "2019年度部门名册.csv"
    roster.write_text("评价年度,单位编码,单位名称\n2019,208001,某局\n", encoding="utf-8")
    given = (folder, "--roster", roster)
    (letter,) = json.loads(run("letters", *given, "-o", out, "--format", "json").out)["letters"]
    told = run("consolidate", *given, "-o", tmp_path / "汇总.xlsx", "--format", "json")
    (unit,) = json.loads(told.out)["departments"]
    (year,) = (one for one in unit["findings"] if one["name"] == "other-fiscal-year")
    assert (year["sheet"], bool(year["cell"])) == ("基本信息", True)
    said = text(Path(letter["path"]))
    assert year["message"] in said
    assert f"核对发现警告 {letter['findings']} 条" in said
