"""Every number format of what we write, as Excel shows it: no number ends in a bare point."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

import workbook_tools
from samples.data import HERE, ROSTER
from tests.display.excel_format import BUILT_IN, is_date, shown

NUMBERS = [Decimal(text) for text in ("2", "0.5", "-2", "-0.5", "0", "1234567", "0.125", "100")]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("0.##", "2", "2."),
        ("0.##", "2.5", "2.5"),
        ("#,##0.######", "-1234", "-1,234."),
        ("0.", "2", "2."),
        ("#.00", "0.5", ".50"),
        ("General", "2", "2"),
        ("?/3", "20.3333333333333", "61/3"),
        ("General", "-0.5", "-0.5"),
        ("0.00", "-2.005", "-2.01"),
        ("#,##0.00", "1234567.1", "1,234,567.10"),
        ("0.0%", "0.925", "92.5%"),
        ("+0.00;-0.00;0.00", "-1.5", "-1.50"),
        ("+0.00;-0.00;0.00", "0", "0.00"),
        ('"▲"0.00;"▼"0.00;0.00', "-0.25", "▼0.25"),
        ('0.00"※"', "5", "5.00※"),
        ("#,##0_);[Red](#,##0)", "-7", "(7)"),
    ],
)
def test_the_rules(code: str, number: str, text: str) -> None:
    assert shown(code, Decimal(number)) == text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What the tools write: a template, the samples, their summary, and reports with charts."""
    folder = tmp_path_factory.mktemp("made")
    standard = workbook_tools.load_standard()
    workbook_tools.build_template(standard, folder / "template.xlsx")
    samples = sorted(HERE.glob("*.xlsx"))
    county = workbook_tools.consolidate(samples, folder / "summary.xlsx", roster=ROSTER)
    workbook_tools.write_overview(county, folder / "overview.docx")
    evaluation = workbook_tools.assess(samples[0]).evaluation
    assert evaluation is not None
    workbook_tools.write_report(evaluation, folder / "report.docx")
    return [*folder.iterdir(), *samples]


def parts_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The XML parts of a package, and of the workbooks inside its charts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                yield name, package.read(name)
            elif name.endswith(".xlsx"):
                yield from parts_of(package.read(name))


def formats_of(path: Path) -> set[str]:
    found = set()
    for _, content in parts_of(path.read_bytes()):
        root = etree.fromstring(content)
        for one in root.iter(etree.Element):
            if "formatCode" in one.attrib:
                found.add(str(one.get("formatCode")))
            if etree.QName(one).localname == "formatCode" and one.text:
                found.add(one.text)
        for one in root.iter(f"{_MAIN}xf"):
            number = int(one.get("numFmtId", "0"))
            if number in BUILT_IN:
                found.add(BUILT_IN[number])
    return found


def test_no_number_ends_in_a_bare_point(made: list[Path]) -> None:
    wrong, used = [], set()
    for path in made:
        for code in formats_of(path):
            used.add(code)
            if not is_date(code):
                texts = (shown(code, number) for number in NUMBERS)
                wrong += [(path.name, code, one) for one in texts if re.search(r"\.(?!\d)", one)]
    assert wrong == []
    assert {"General", "0.00", "#,##0.00", "0.0%", "+0.00;-0.00;0.00"} <= used


def test_no_font_is_the_theme_s(made: list[Path]) -> None:
    """With a scheme, Excel takes the typeface of the theme and not the one that is named."""
    for path in made:
        for name, content in parts_of(path.read_bytes()):
            if name == "xl/styles.xml":
                schemes = etree.fromstring(content).iter(f"{_MAIN}scheme")
                assert [one.get("val") for one in schemes] == [], path.name
