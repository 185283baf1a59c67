"""Texts out of workbooks and names of files are texts on every page, whatever they look like."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

import workbook_tools as wt
from tests.desk.visiting import Page, take_in
from workbook_tools.template.filling import Filling

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}\u202egpj.exe"


@pytest.fixture(scope="module")
def page(visitor: TestClient, tmp_path_factory: pytest.TempPathFactory) -> str:
    target: Path = tmp_path_factory.mktemp("nasty") / "a.xlsx"
    values = {"unit_name": NASTY, "unit_code": NASTY, "claimed_grade": NASTY}
    wt.build_template(wt.load_standard(), target, filling=Filling(values=values))
    name = "<b onclick=alert(3)>&amp;{{7*7}}.xlsx"
    return str(take_in(visitor, {name: target.read_bytes()}).url.path)


@pytest.mark.parametrize("place", ["", "/1"])
def test_nothing_from_a_workbook_is_markup(visitor: TestClient, page: str, place: str) -> None:
    answer = visitor.get(page + place)
    found = Page(answer)
    assert "<script>alert(1)</script>" in found.text
    assert "{{7*7}}" in found.text
    assert "\u202e" not in answer.text
    assert not found.every("img")
    assert all(script.get("src") for script in found.every("script"))
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
