"""``consolidate`` from outside: copies that links lead to, odd names, interrupts."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from pathlib import Path

import openpyxl
import pytest

from tests.assessment.test_cache import kept, many, started
from tests.cli.shell import CLEAN, SAMPLES, WATER, run


def test_links_lead_to_the_annotated_copies(tmp_path: Path) -> None:
    folder, copies = tmp_path / "报送", tmp_path / "批注"
    (folder / "乡镇").mkdir(parents=True)
    shutil.copy(SAMPLES / "transport-2020.xlsx", folder / "交通.xlsx")
    shutil.copy(WATER, folder / "乡镇" / "水利.xlsx")
    run("validate", folder, "-o", copies)
    run("consolidate", folder, "-o", tmp_path / "汇总.xlsx", "--copies", copies)
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    for sheet in ("排名", "问题清单"):
        links = [
            cell.hyperlink for row in book[sheet].iter_rows() for cell in row if cell.hyperlink
        ]
        targets = {Path(str(link.target).replace("\\", "/")) for link in links}
        assert targets == {Path("批注/交通.xlsx"), Path("批注/乡镇/水利.xlsx")}


def test_without_a_copy_a_link_leads_to_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "批注").mkdir()
    shutil.copy(CLEAN, tmp_path / "民政.xlsx")
    summary = tmp_path / "汇总.xlsx"
    run("consolidate", tmp_path / "民政.xlsx", "-o", summary, "--copies", tmp_path / "批注")
    cells = [cell for row in openpyxl.load_workbook(summary)["排名"].iter_rows() for cell in row]
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink} == {"民政.xlsx"}


def test_file_name_in_another_encoding(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "民政局.xlsx".encode("gbk")
    shutil.copy(os.fsencode(CLEAN), path)
    (tmp_path / "坏").mkdir()
    broken = os.fsencode(tmp_path) + b"/" + "坏局.xlsx".encode("gbk")
    with open(broken, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"broken")
    for _ in range(2):  # the second time from the cache
        ran = run("consolidate", tmp_path, "-o", tmp_path / "汇总.xlsx")
        assert ran.code == 1
        assert "已汇总 1 个单位" in ran.out


@pytest.mark.slow
def test_an_interrupt_says_what_was_done_and_leaves_the_old_summary(tmp_path: Path) -> None:
    folder, base, target = tmp_path / "报送", tmp_path / "c.sqlite", tmp_path / "汇总.xlsx"
    folder.mkdir()
    run("consolidate", CLEAN, "-o", target)
    before = target.read_bytes()
    many(folder, 150)
    process = started(folder, base, target)
    deadline = time.monotonic() + 60
    while kept(base) == 0 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    told = re.search(r"已中止：读完 (\d+) 个工作簿，汇总表没有写，原有的没有动。", err.decode())
    assert told
    assert 0 < int(told[1]) < 150
    assert abs(kept(base) - int(told[1])) <= 1  # all that was done is kept
    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"报送", "c.sqlite", "汇总.xlsx"}
