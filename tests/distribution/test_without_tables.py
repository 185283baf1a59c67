"""No command and no page needs pandas or numpy, which people without Python are not given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import openpyxl
import pytest

from tests.cli.shell import CLEAN, SAMPLES, WATER
from tests.desk.running import desk
from tests.desk.visiting import arrived
from workbook_tools.cli import _COMMANDS

pytestmark = pytest.mark.slow

_LEFT_OUT = 'raise ImportError(f"{__name__} is left out")\n'

CALLS = {
    "template": [
        ["template", "-o", "空白.xlsx"],
        ["template", "--roster", str(SAMPLES / "roster.csv"), "-o", "下发"],
        ["template", "--roster", "名册.xlsx", "-o", "再发"],
    ],
    "validate": [["validate", "报送", "-o", "批注", "-j", "2"]],
    "clean": [["clean", "批注/水利局.xlsx", "-o", "净.xlsx"]],
    "consolidate": [
        ["consolidate", "报送", "-o", "汇总.xlsx", "--roster", "名册.xlsx", "--report", "总.docx"],
        ["consolidate", "报送", "-o", "二轮.xlsx", "--since", "汇总.xlsx"],
    ],
    "report": [["report", "报送", "-o", "报告"]],
    "import": [["import", "报告/民政局-自评报告.docx", "-o", "读入.xlsx"]],
    "sample": [["sample", "报送", "-o", "抽查.xlsx", "--word", "抽查.docx", "--seed", "7"]],
    "letters": [["letters", "报送", "-o", "反馈意见", "--roster", "名册.xlsx"]],
    "archive": [
        ["archive", "报送", "-o", "归档.zip", "--roster", "名册.xlsx"],
        ["archive", "check", "归档.zip"],
    ],
    "standard": [
        ["standard", "list"],
        ["standard", "show"],
        ["standard", "prove", "--cases", "3"],
    ],
    "explain": [["explain", "SC301"]],
    "excel": [["excel", "check", "--copy", str(WATER), "--result", "答复.txt"]],
    "demo": [["demo", "-o", "演示"]],
}
"""Each command in turn, in one folder; the desk stands apart, for it has to be visited."""


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stands before all packages: a pandas and a numpy that cannot be imported."""
    place = tmp_path_factory.mktemp("without")
    for name in ("pandas", "numpy"):
        (place / f"{name}.py").write_text(_LEFT_OUT, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two workbooks and a roster as a workbook."""
    place = tmp_path_factory.mktemp("place")
    (place / "报送").mkdir()
    (place / "报送" / "民政局.xlsx").write_bytes(CLEAN.read_bytes())
    (place / "报送" / "水利局.xlsx").write_bytes(WATER.read_bytes())
    roster = openpyxl.Workbook()
    assert roster.active is not None
    for row in (("单位编码", "单位名称"), ("208001", "示例县民政局（虚构）")):
        roster.active.append(row)
    roster.save(place / "名册.xlsx")
    return place


def ran(without: Path, place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(without), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )


def test_they_cannot_be_imported(without: Path, place: Path) -> None:
    for name in ("pandas", "numpy"):
        assert f"{name} is left out" in ran(without, place, "-c", f"import {name}").stderr


def test_every_command_does_its_work(without: Path, place: Path) -> None:
    assert CALLS.keys() == _COMMANDS.keys() - {"desk"}
    for calls in CALLS.values():
        for call in calls:
            run = ran(without, place, "-m", "workbook_tools", *call)
            assert run.returncode in {0, 1}, (call, run.stdout, run.stderr)
            assert "left out" not in run.stdout + run.stderr, call
    written = {path.name for path in place.iterdir()}
    assert {"空白.xlsx", "总.docx", "二轮.xlsx", "读入.xlsx", "归档.zip", "答复.txt"} <= written
    assert len(list((place / "批注").iterdir())) == len(list((place / "报告").iterdir())) == 2


def test_the_desk_does_its_work(
    without: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(without))
    with (
        desk(tmp_path, "--demo") as running,
        httpx.Client(
            base_url=running.base,
            headers={"Origin": running.base},
            timeout=60,
            follow_redirects=True,
        ) as visitor,
    ):
        page = arrived(visitor, visitor.get(running.address))
        assert "示例县水利局（虚构）" in page.text
        for product in ("summary", "overview", "everything", "1/report", "1/copy"):
            had = arrived(visitor, visitor.post(f"{page.url}/{product}"))
            assert had.status_code == 200
            assert "attachment" in had.headers["content-disposition"], product
        running.end()


def test_only_tables_need_them(without: Path, place: Path) -> None:
    program = (
        "import workbook_tools\n"
        "round = workbook_tools.consolidate('报送', '由程序.xlsx')\n"
        "print(round.ranking)"
    )
    run = ran(without, place, "-c", program)
    assert (place / "由程序.xlsx").is_file()
    assert "pandas is left out" in run.stderr
