"""Where reports go: whole or not at all, and never over what somebody else made."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import docx
import pytest

from tests.submissions import submission
from workbook_tools import evaluate, write_report
from workbook_tools.report import TargetRefused

AT = datetime.datetime(2021, 3, 20, 9, 30)


def write(target: Path, *, overwrite: bool = False, name: str = "甲局") -> None:
    evaluation = evaluate(submission({"unit_name": name}))
    write_report(evaluation, target, findings=(), at=AT, overwrite=overwrite)


def test_a_report_of_ours_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    write(target)
    write(target, name="乙局")

    assert docx.Document(str(target)).paragraphs[0].text == "乙局"
    assert [path.name for path in tmp_path.iterdir()] == ["report.docx"]


def test_a_report_in_which_somebody_worked_is_not(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    write(target)
    document = docx.Document(str(target))
    document.paragraphs[5].add_run("补充一句。")
    document.save(str(target))
    worked = target.read_bytes()

    with pytest.raises(TargetRefused, match="有人改过，没有覆盖"):
        write(target)
    assert target.read_bytes() == worked
    write(target, overwrite=True)
    assert "补充一句" not in docx.Document(str(target)).paragraphs[5].text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"some other file", None])
def test_a_file_of_others_is_not(content: bytes | None, tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    if content is None:
        docx.Document().save(str(target))
    else:
        target.write_bytes(content)
    before = target.read_bytes()

    with pytest.raises(TargetRefused):
        write(target)
    assert target.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TargetRefused, match="所在文件夹不存在"):
        write(tmp_path / "没有" / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_machine_stands_in_the_file(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    write(target)
    with zipfile.ZipFile(target) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in package.namelist() if "thumbnail" in name or "custom" in name]
    properties = docx.Document(str(target)).core_properties
    assert properties.author == properties.last_modified_by == "workbook-tools"
    assert properties.created == properties.modified == AT.replace(tzinfo=properties.created.tzinfo)
