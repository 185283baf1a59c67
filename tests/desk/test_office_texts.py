"""Names, codes, reasons and texts of workbooks are texts on every page of a bureau's desk."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from httpx import Response

import workbook_tools as wt
from tests.desk.office import Office, log_in
from tests.desk.visiting import Page, arrived
from workbook_tools.template.filling import Filling

pytestmark = [pytest.mark.slow, pytest.mark.covers]

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}\u202egpj"
FORMULA = "=HYPERLINK(1)"
CODE = "00<b>1"


class Pages:
    """Every page of a round whose texts are hostile, by name."""

    def __init__(self, office: Office, folder: Path) -> None:
        bureau = office.bureau()
        roster = io.StringIO()
        rows = csv.writer(roster)
        rows.writerow(["单位编码", "单位名称", "联系人"])
        rows.writerow([CODE, NASTY, NASTY])
        rows.writerow(["2", FORMULA, FORMULA])
        answer = bureau.post(
            "/bureau/rounds",
            data={"title": NASTY, "standard": "hunan-county-2020"},
            files={"roster": (f"{NASTY}.csv", roster.getvalue().encode())},
        )
        self.board = str(arrived(bureau, answer).url.path)
        codes = bureau.post(f"{self.board}/codes")
        access = re.findall(r'class="code">([\w-]+)', codes.text)[0]
        bureau.post(f"{self.board}/state", data={"state": "open"})
        book = folder / "a.xlsx"
        texts = {"unit_name": NASTY, "unit_code": CODE, "claimed_grade": NASTY}
        wt.build_template(wt.load_standard(), book, filling=Filling(values=texts))
        unit = office.browser()
        assert log_in(unit, CODE, access).url.path == "/unit"
        files = {"workbook": (f"{NASTY}.xlsx", book.read_bytes())}
        version = unit.post("/unit/upload", files=files)
        assert version.url.path == "/unit/versions/1", version.text
        unit.post("/unit/versions/1/hand-in")
        place = re.findall(rf"{self.board}/units/\d+", bureau.get(self.board).text)[0]
        brought = [("files", (f"{NASTY}.xlsx", book.read_bytes()))]
        delivery = arrived(bureau, bureau.post(f"{self.board}/deliveries", files=brought))
        bureau.post(f"{place}/return", data={"reason": NASTY})
        self.bureau = bureau
        self.all: dict[str, Response] = {
            "rounds": bureau.get("/bureau"),
            "board": bureau.get(self.board),
            "codes": codes,
            "department": bureau.get(place),
            "version": bureau.get(f"{place}/versions/1"),
            "delivery": delivery,
            "unit": unit.get("/unit"),
            "result": version,
            "refused": unit.post("/login", data={"code": NASTY, "access": NASTY}),
        }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("nasty")
    office = Office(folder / "data")
    yield Pages(office, folder)
    office.hall.close()


NAMES = [
    *("rounds", "board", "codes", "department", "version"),
    *("delivery", "unit", "result", "refused"),
]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_acts(pages: Pages, name: str) -> None:
    answer = pages.all[name]
    found = Page(answer)
    assert not found.every("img")
    assert all(script.get("src") for script in found.every("script"))
    assert not any(one.startswith("on") for _, attributes in found.tags for one in attributes)
    assert "\u202e" not in answer.text
    if name != "refused":
        assert "<script>alert(1)</script>" in found.text
        assert "{{7*7}}" in found.text


def test_a_file_that_is_saved_has_a_harmless_name(pages: Pages) -> None:
    place = re.findall(rf"{pages.board}/units/\d+", pages.all["board"].text)[0]
    answer = pages.bureau.get(f"{place}/versions/1/copy")
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment;")
    assert not set(told) & set("\r\n<>")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_name_is_no_formula_in_the_list_of_the_missing(pages: Pages) -> None:
    answer = pages.bureau.post(f"{pages.board}/missing")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert len(cells) == 2
    assert all(cell.data_type == "s" for cell in cells)
