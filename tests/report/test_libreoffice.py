"""LibreOffice opens what we write, and shows it: text, charts, page numbers, the draft mark."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.shell import CLEAN, WATER, XIANGTAN, run
from tests.lo import pages as text_of
from tests.lo import requires_libreoffice

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow, requires_libreoffice]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By the stem of a workbook, the text of each page of its report as PDF, tight."""
    out = tmp_path_factory.mktemp("pdf")
    ran = run(
        "report",
        CLEAN,
        WATER,
        XIANGTAN,
        "-o",
        out,
        "--pdf",
        "--edition",
        "working",
        "--format",
        "json",
    )
    entries = json.loads(ran.out)["reports"]
    assert ran.code == 1
    assert not any(entry["problem"] for entry in entries)
    return {Path(entry["path"]).stem: text_of(Path(entry["pdf"])) for entry in entries}


def test_pages_are_numbered_from_one(pages: dict[str, list[str]]) -> None:
    for shown in pages.values():
        assert len(shown) > 10
        for number, page in enumerate(shown, start=1):
            assert page.endswith(f"—{number}—"), number


def test_no_page_is_empty(pages: dict[str, list[str]]) -> None:
    for shown in pages.values():
        for page in shown:
            assert len(page) > 60


def test_charts_are_drawn_with_their_figures(pages: dict[str, list[str]]) -> None:
    page = next(page for page in pages[CLEAN.stem] if "图1" in page)
    legend = "自评得分率" in page and "复算得分率" in page
    assert legend
    assert len(re.findall(r"\d\d\.\d%|100\.0%", page)) >= 8, "a label at each bar"


def test_what_is_missing_is_not_drawn_as_zero(pages: dict[str, list[str]]) -> None:
    page = next(page for page in pages[XIANGTAN.stem] if "图1" in page)
    assert page.count("100.0%") == 4
    assert not re.search(r"(?<!\d)0\.0%", page)


def test_a_draft_is_marked_on_every_page(pages: dict[str, list[str]]) -> None:
    assert all(page.startswith("草稿") for page in pages[WATER.stem])
    assert not any("草稿" in page for page in pages[CLEAN.stem])


def test_heads_of_tables_stand_on_every_page_of_them(pages: dict[str, list[str]]) -> None:
    shown = pages[CLEAN.stem]
    first, after = (
        next(place for place, page in enumerate(shown) if page.startswith(f"附件{number}"))
        for number in (2, 3)
    )
    assert after - first > 1
    for page in shown[first : after - 1]:
        assert "计算过程" in page
