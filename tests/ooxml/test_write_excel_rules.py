"""Nothing that we write makes Excel repair it; and each rule finds the fault that it is for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it ships no types

from macros.build import ADD_IN
from tests.cli.shell import SAMPLES, run
from tests.ooxml.excel_rules import part_repairs, repairs

ROOT = Path(__file__).parents[2]
STANDARDS = ["hunan-county-2020", "national-2020", "project-2020"]
CORE = "docProps/core.xml"
SHEET, BOOK, STYLES, TABLE = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/tables/table1.xml",
)
Parts = dict[str, bytes]
LONG = "长" * 300

FAULTS: dict[str, tuple[str, str, str, str]] = {
    # what: part, pattern, what stands there instead, what is found
    "name twice": (BOOK, 'name="rate"', 'name="TOTAL"', "two names total of None"),
    "name like a cell": (BOOK, 'name="rate"', 'name="AB12"', "AB12 is like a cell"),
    "name like R1C1": (BOOK, 'name="rate"', 'name="r2c3"', "r2c3 is like a cell"),
    "name too long": (BOOK, 'name="rate"', f'name="a{"b" * 260}"', "too long"),
    "name with a blank": (BOOK, 'name="rate"', 'name="my rate"', "character that none"),
    "name of no sheet": (BOOK, 'name="rate"', 'name="rate" localSheetId="7"', "out of range"),
    "name of nothing": (BOOK, r'(name="rate"[^>]*>)[^<]+', r"\1 ", "name rate of nothing"),
    "sheet name too long": (BOOK, 'sheet name="甲"', f'sheet name="{"甲" * 32}"', "too long"),
    "sheet name with a slash": (BOOK, 'sheet name="甲"', 'sheet name="甲/乙"', "none may have"),
    "sheet name twice": (BOOK, 'sheet name="甲"', 'sheet name="Two"', "two sheets two"),
    "sheet name of Excel's own": (BOOK, 'sheet name="甲"', 'sheet name="History"', "Excel's own"),
    "sheet id twice": (BOOK, 'sheetId="2"', 'sheetId="1"', "two sheets of id 1"),
    "all sheets hidden": (BOOK, "<sheet (?=name)", '<sheet state="hidden" ', "no visible sheet"),
    "active sheet absent": (BOOK, "<workbookView ", '<workbookView activeTab="9" ', "active sheet"),
    "prompt too long": (SHEET, 'prompt="提示"', f'prompt="{LONG}"', "prompt too long"),
    "prompt's title too long": (SHEET, 'promptTitle="题"', f'promptTitle="{LONG}"', "promptTit"),
    "error too long": (SHEET, 'error="错"', f'error="{LONG}"', "error too long"),
    "error's title too long": (SHEET, 'errorTitle="误"', f'errorTitle="{LONG}"', "errorTit"),
    "list too long": (SHEET, '"是,否"', f'"{LONG}"', "list too long"),
    "rules overlap": (SHEET, 'sqref="B3"', 'sqref="B2:B5"', "rules overlap"),
    "rule of nothing": (SHEET, r'<formula1>"是,否"</formula1>', "", "no formula"),
    "format's style absent": (SHEET, 'dxfId="0"', 'dxfId="5"', "dxfId out of range"),
    "format without priority": (SHEET, 'priority="1"', 'priority="0"', "without priority"),
    "format without formula": (SHEET, r"<formula>.A.1&gt;1</formula>", "", "without formula"),
    "style absent": (SHEET, 'r="A1" s="1"', 'r="A1" s="99"', "A1: style out of range"),
    "row's style absent": (SHEET, '<row r="1"', '<row r="1" s="99"', "row 1: style"),
    "font absent": (STYLES, r'(<cellXfs.*?)fontId="\d+"', r'\1fontId="99"', "fontId out of range"),
    "fill absent": (STYLES, r'(<cellXfs.*?)fillId="\d+"', r'\1fillId="99"', "fillId out of range"),
    "border absent": (STYLES, r'(<cellXfs.*?)borderId="\d+"', r'\1borderId="9"', "borderId out of"),
    "number format absent": (STYLES, 'numFmtId="164"(?= font)', 'numFmtId="999"', "unknown number"),
    "number format too long": (STYLES, r'formatCode="[^"]*"', f'formatCode="{LONG}"', "format too"),
    "merges overlap": (SHEET, 'mergeCell ref="A8:B8"', 'mergeCell ref="A6:B8"', "overlaps another"),
    "merge of one cell": (SHEET, 'mergeCell ref="A8:B8"', 'mergeCell ref="A8"', "of one cell"),
    "table's head": (TABLE, 'name="单位"', 'name="部门"', "heads are not those"),
    "table's head twice": (TABLE, 'name="得分"', 'name="单位"', "two heads 单位"),
    "table's columns": (TABLE, r"<tableColumn [^>]*得分[^>]*>", "", "1 columns in"),
    "table's name": (TABLE, 'displayName="scores"', 'displayName="A1"', "name A1"),
    "table named as a name": (TABLE, 'Name="scores"', 'Name="total"', "two names tot"),
    "merge in a table": (SHEET, 'mergeCell ref="A8:B8"', 'mergeCell ref="D2:E2"', "in the table"),
    "bad number": (SHEET, "<v>1.5</v>", "<v>1,5</v>", "bad number 1,5"),
    "no number": (SHEET, "<v>1.5</v>", "<v>NaN</v>", "bad number NaN"),
    "infinite number": (SHEET, "<v>1.5</v>", "<v>INF</v>", "bad number INF"),
    "empty number": (SHEET, "<v>1.5</v>", "<v></v>", "bad number"),
    "bad boolean": (SHEET, 't="b"><v>1</v>', 't="b"><v>TRUE</v>', "bad boolean TRUE"),
    "bad error value": (SHEET, 't="b"><v>1</v>', 't="e"><v>#OOPS</v>', "bad error value"),
    "unknown type": (SHEET, 't="b"', 't="bool"', "unknown type bool"),
    "shared text absent": (SHEET, 't="s"><v>0</v>', 't="s"><v>999</v>', "shared text 999"),
    "text too long": (SHEET, 't="b"><v>1</v>', f't="str"><v>{"长" * 32_768}</v>', "text too long"),
    "cell beyond": (SHEET, 'r="B5"', 'r="XFE5"', "beyond the sheet"),
    "formula too long": (SHEET, "<f>A5\\*2</f>", f"<f>{'1+' * 4_200}1</f>", "formula of 8401"),
    "formula with =": (SHEET, "<f>A5\\*2</f>", "<f>=A5*2</f>", "second ="),
    "formula's literal": (SHEET, "<f>A5\\*2</f>", f'<f>"{LONG}"</f>', "literal of more"),
    "formula's quote": (SHEET, "<f>A5\\*2</f>", '<f>"open</f>', "quote is left open"),
    "formula's parentheses": (SHEET, "<f>A5\\*2</f>", "<f>SUM(A5</f>", "do not pair"),
    "formula's semicolon": (SHEET, "<f>A5\\*2</f>", "<f>SUM(A5;2)</f>", "semicolons"),
    "formula's sheet": (SHEET, "<f>A5\\*2</f>", "<f>丙!A1</f>", "absent sheet 丙"),
    "formula's quoted sheet": (SHEET, "<f>A5\\*2</f>", "<f>'丙 丁'!A1</f>", "absent sheet 丙 丁"),
    "formula too deep": (SHEET, "<f>A5\\*2</f>", f"<f>{'ABS(' * 65}1{')' * 65}</f>", "64 levels"),
    "younger function": (SHEET, "<f>A5\\*2</f>", "<f>TEXTJOIN(1,1,A5)</f>", "without _xlfn."),
    "younger function in a rule": (SHEET, '"是,否"', "IFS(A1,1)=1", "IFS without _xlfn."),
    "younger function in a name": (
        BOOK,
        r'(name="rate"[^>]*>)[^<]+',
        r"\1XLOOKUP(1,甲!$A$1,甲!$B$1)",
        "XLOOKUP without",
    ),
    "columns overlap": (SHEET, r'(<col min="1"[^>]*>)', r"\1\1", "columns overlap"),
    "column too wide": (SHEET, r'(<col min="1"[^>]*width=")[^"]*', r"\g<1>300", "wider than 255"),
    "row too high": (SHEET, '<row r="1"', '<row r="1" ht="500"', "higher than 409.5"),
    "header too long": (SHEET, r"<oddHeader>[^<]*", f"<oddHeader>{LONG}", "header or footer"),
    "frozen at half a row": (SHEET, 'ySplit="1"', 'ySplit="1.5"', "part of a row"),
    "link of no relationship": (SHEET, r'r:id="\w+"/></hyperlinks>', 'r:id="x"/></hyperlinks>', "hyperlink of"),  # noqa: E501 - a row of the table
    "property is no date": (CORE, r"(<dcterms:created[^>]*>)[^<]*", r"\1昨天", "no date"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> Parts:
    """A workbook that has all that rules look at, and no fault."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "num_format": "0.000%"})
        sheet, _ = book.add_worksheet("甲"), book.add_worksheet("Two")
        sheet.set_column(0, 0, 20)
        sheet.freeze_panes(1, 0)
        sheet.set_header("&L页眉")
        sheet.write_string(0, 0, "标题", bold)
        sheet.write_boolean(2, 0, True)
        sheet.write_url(3, 0, "https://example.org/")
        sheet.write_number(4, 0, 1.5)
        sheet.write_formula(4, 1, "=A5*2", None, 3)
        sheet.merge_range("A6:B6", "合并")
        sheet.merge_range("A8:B8", "合并")
        sheet.data_validation("B2", {
            "validate": "list", "source": ["是", "否"], "input_title": "题", "input_message": "提示",  # noqa: E501 - a row of the table
            "error_title": "误", "error_message": "错",
        })  # fmt: skip
        sheet.data_validation("B3", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.conditional_format(
            "A1:A9", {"type": "formula", "criteria": "=$A$1>1", "format": book.add_format()}
        )
        columns = [{"header": "单位"}, {"header": "得分"}]
        sheet.add_table("D1:E3", {"name": "scores", "columns": columns})
        book.define_name("total", "=甲!$A$5")
        book.define_name("rate", "=甲!$B$5")
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_sound_workbook(sound: Parts) -> None:
    assert list(part_repairs(sound)) == []


@pytest.mark.parametrize("what", FAULTS)
def test_a_planted_fault_is_found(sound: Parts, what: str) -> None:
    part, pattern, instead, says = FAULTS[what]
    every = 0 if what == "all sheets hidden" else 1
    changed, count = re.subn(pattern, instead, sound[part].decode(), count=every, flags=re.S)
    assert count, f"{pattern} is not in {part}"
    found = list(part_repairs(sound | {part: changed.encode()}))
    assert any(says in one for one in found), found


@pytest.mark.parametrize("standard", STANDARDS)
def test_templates(tmp_path: Path, standard: str) -> None:
    run("template", "-o", tmp_path / "blank.xlsx", "--standard", standard)
    assert repairs(tmp_path / "blank.xlsx") == []


@pytest.mark.slow
def test_templates_of_a_roster_and_a_workbook_from_a_report(tmp_path: Path) -> None:
    run("template", "-o", tmp_path / "many", "--roster", SAMPLES / "roster.csv", "-j", "1")
    made = sorted((tmp_path / "many").glob("*.xlsx"))
    assert made
    assert [fault for path in made[:3] for fault in repairs(path)] == []
    run("report", SAMPLES / "agriculture-2020.xlsx", "-o", tmp_path / "reports", "-j", "1")
    (report,) = (tmp_path / "reports").glob("*.docx")
    run("import", report, "-o", tmp_path / "imported.xlsx")
    assert repairs(tmp_path / "imported.xlsx") == []


def test_copies_the_summary_and_what_reports_embed(tmp_path: Path) -> None:
    books = [SAMPLES / f"{name}.xlsx" for name in ("agriculture-2020", "shaodong-2019")]
    run("validate", *books, "-o", tmp_path / "copies", "-j", "1")
    summary, overview = tmp_path / "summary.xlsx", tmp_path / "overview.docx"
    run("consolidate", *books, "-o", summary, "--report", overview, "--no-cache", "-j", "1")
    run("report", books[0], "-o", tmp_path / "reports", "-j", "1")
    made = [*(tmp_path / "copies").glob("*.xlsx"), summary]
    assert len(made) == 3
    assert [fault for path in made for fault in repairs(path)] == []
    documents = [overview, *(tmp_path / "reports").glob("*.docx")]
    embedded = [parts for path in documents for parts in inside(path)]
    assert embedded
    assert [fault for parts in embedded for fault in part_repairs(parts)] == []


def inside(document: Path) -> Iterator[Parts]:
    """The workbooks that hold the data of a document's charts."""
    with zipfile.ZipFile(document) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                    yield {part: book.read(part) for part in book.namelist()}


@pytest.mark.slow
def test_the_committed_template_samples_and_add_in() -> None:
    committed = [ROOT / "templates" / "score_template.xlsx", ADD_IN, *SAMPLES.rglob("*.xlsx")]
    assert [f"{path.name}: {one}" for path in committed for one in repairs(path)] == []
