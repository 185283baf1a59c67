"""Well-formed workbooks that would cost a trusting reader its memory or its day."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.hostile.book import META, RELS, STAFF, STRINGS, TASKS, WORKBOOK, Book
from tests.hostile.corpus.register import case

_LAST_ROW = 1_048_576
_DIGITS = bytes(48 + number % 10 for number in range(256))


def _digits(count: int) -> str:
    """Random ones, which hardly pack."""
    return random.Random(1).randbytes(count).translate(_DIGITS).decode()


def _rows(first: int, last: int, cell: str) -> bytes:
    """Rows with one cell; `cell` has {r} where the number goes."""
    one = f'<row r="{{r}}">{cell}</row>'
    return "".join(one.format(r=number) for number in range(first, last + 1)).encode()


@case("merges over a million rows")
def _merges(path: Path) -> None:
    listed = "".join(f'<mergeCell ref="I{row}:J{row}"/>' for row in range(20, 500_000))
    merged = f'<mergeCells><mergeCell ref="L1:XFD{_LAST_ROW}"/>{listed}</mergeCells>'
    Book().replace(STAFF, "<dataValidations", f"{merged}<dataValidations").save(path)


@case("styled empty rows to the last one")
def _styled(path: Path) -> None:
    rows = _rows(10, _LAST_ROW, '<c r="A{r}" s="1"/><c r="B{r}" s="2"/>')
    Book().rows(STAFF, rows).save(path)


@case("filled cells to the last row")
def _filled(path: Path) -> None:
    Book().rows(STAFF, _rows(10, _LAST_ROW, '<c r="I{r}"><v>{r}</v></c>')).save(path)


@case("wrong dimension")
def _dimension(path: Path) -> None:
    Book().replace(STAFF, 'ref="A1:G9"', f'ref="A1:XFD{_LAST_ROW}"').save(path)


@case("no dimension, no addresses")
def _bare(path: Path) -> None:
    """As WPS and some exporters write it: rows and cells are where they stand."""
    book = Book()
    sheet = book.parts[STAFF].replace(b'<dimension ref="A1:G9"/>', b"")
    for row in range(1, 10):
        sheet = sheet.replace(f'<row r="{row}"'.encode(), b"<row")
    book.parts[STAFF] = sheet
    book.save(path)


@case("million shared strings")
def _strings(path: Path) -> None:
    numbers = random.Random(1)
    many = "".join(f"<si><t>{numbers.randrange(10**9)}</t></si>" for _ in range(1_000_000))
    Book().replace(STRINGS, "</sst>", f"{many}</sst>").save(path)


@case("four million shared strings")
def _more_strings(path: Path) -> None:
    numbers = random.Random(1)
    many = "".join(f"<si><t>{numbers.randrange(10**6)}</t></si>" for _ in range(4_000_000))
    Book().replace(STRINGS, "</sst>", f"{many}</sst>").save(path)


def _more_sheets(path: Path, count: int) -> None:
    names = (f'<sheet name="多{n}" sheetId="{n + 50}" r:id="rId1"/>' for n in range(count))
    Book().replace(WORKBOOK, "</sheets>", f"{''.join(names)}</sheets>").save(path)


@case("sheets by the thousand")
def _sheets(path: Path) -> None:
    book = Book()
    names, relations = "", ""
    for n in range(1024):
        part = f"worksheets/more{n}.xml"
        book.parts[f"xl/{part}"] = b'<worksheet xmlns="x"><sheetData/></worksheet>'
        names += f'<sheet name="多{n}" sheetId="{n + 50}" r:id="more{n}"/>'
        relations += (
            f'<Relationship Id="more{n}" Target="{part}" Type="http://schemas.openxmlformats.org'
            '/officeDocument/2006/relationships/worksheet"/>'
        )
    book.replace(WORKBOOK, "</sheets>", f"{names}</sheets>")
    book.replace(RELS, "</Relationships>", f"{relations}</Relationships>").save(path)


@case("sheets without number")
def _sheet_list(path: Path) -> None:
    _more_sheets(path, 100_000)


@case("two sheets of one name")
def _same_name(path: Path) -> None:
    Book().replace(WORKBOOK, '<sheet name="制度合规"', '<sheet name="人员资产"').save(path)


# -- defined names ---------------------------------------------------------------------------------


@case("name that points to another workbook")
def _other_book(path: Path) -> None:
    Book().name("in_staff_quota", "'[1]人员资产'!$B$5").save(path)


@case("name that points to a file")
def _file(path: Path) -> None:
    Book().name("in_staff_quota", "'C:\\[x.xlsx]人员资产'!$B$5").save(path)


@case("name that points nowhere")
def _ref(path: Path) -> None:
    Book().name("in_staff_quota", "#REF!").save(path)


@case("names in a circle")
def _circle(path: Path) -> None:
    Book().name("in_staff_quota", "in_staff_actual").name("in_staff_actual", "in_staff_quota").save(
        path
    )


@case("name of megabytes")
def _long_name(path: Path) -> None:
    Book().name("in_staff_quota", f"'{_digits(8_000_000)}'!$B$5").save(path)


@case("name that is a formula")
def _formula_name(path: Path) -> None:
    Book().name("in_staff_quota", "OFFSET(人员资产!$B$5,0,0,1048576,16384)").save(path)


@case("names without number")
def _many_names(path: Path) -> None:
    names = "".join(
        f"<definedName name=\"x{n}\">'人员资产'!$B$5</definedName>" for n in range(400_000)
    )
    Book().replace(WORKBOOK, "</definedNames>", f"{names}</definedNames>").save(path)


@case("hundred thousand names")
def _names(path: Path) -> None:
    names = "".join(f'<definedName name="x{n}">x{n + 1}</definedName>' for n in range(100_000))
    Book().replace(WORKBOOK, "</definedNames>", f"{names}</definedNames>").save(path)


@case("every name a whole sheet")
def _whole_sheets(path: Path) -> None:
    book = Book()
    workbook = book.parts[WORKBOOK].decode()
    start = workbook.index("<definedNames>")
    whole = rf"\1'人员资产'!$A$1:$XFD${_LAST_ROW}"
    names = re.sub(r'(<definedName name="(?:in|tbl|score)_[^>]*>)[^<]*', whole, workbook[start:])
    book.parts[WORKBOOK] = (workbook[:start] + names).encode()
    book.save(path)


@case("standard that is a path")
def _path_as_standard(path: Path) -> None:
    part, address = (book := Book()).named("meta_standard")
    book.cell(part, address, "<is><t>../../../../etc/passwd</t></is>", ' t="inlineStr"').save(path)


# -- tables ----------------------------------------------------------------------------------------


def _whole_column(path: Path, rows: bytes) -> None:
    book = Book().name("tbl_tasks_name", f"'履职任务'!$A$13:$A${_LAST_ROW}")
    book.rows(TASKS, rows).save(path)


@case("table column of a million blank rows")
def _blank_column(path: Path) -> None:
    _whole_column(path, b"")


@case("table column of a million styled rows")
def _styled_column(path: Path) -> None:
    _whole_column(path, _rows(140, _LAST_ROW, '<c r="A{r}" s="3"/>'))


@case("table column of a million filled rows")
def _filled_column(path: Path) -> None:
    _whole_column(path, _rows(140, _LAST_ROW, '<c r="A{r}" t="s"><v>1</v></c>'))


@case("table of twenty thousand rows")
def _long_table(path: Path) -> None:
    _whole_column(path, _rows(140, 20_000, '<c r="A{r}" t="s"><v>1</v></c>'))


@case("table of two thousand wrong rows")
def _wrong_rows(path: Path) -> None:
    text = ' t="inlineStr"><is><t>错{r}</t></is></c>'
    cells = "".join(f'<c r="{letter}{{r}}"{text}' for letter in "ABCDEFG")
    book = Book()
    for name, letter in zip(
        ("name", "quality_standard", "planned_quarter", "priority", "completed_quarter",
         "quality_met", "evidence"), "ABCDEFG", strict=True,
    ):  # fmt: skip
        book.name(f"tbl_tasks_{name}", f"'履职任务'!${letter}$13:${letter}${_LAST_ROW}")
    book.rows(TASKS, _rows(140, 2000, cells)).save(path)


@case("whole columns as a table")
def _columns(path: Path) -> None:
    book = Book()
    for name, letter in (("name", "A"), ("priority", "D"), ("evidence", "G")):
        book.name(f"tbl_tasks_{name}", f"'履职任务'!${letter}:${letter}")
    book.save(path)


@case("list of formulas of half a million rows")
def _formula_list(path: Path) -> None:
    cell = '<c r="A{r}" t="inlineStr"><is><t>tbl_tasks_{r}</t></is></c>'
    book = Book().name("meta_formulas", f"'_meta'!$A$15:$B${_LAST_ROW}")
    book.rows(META, _rows(300, 500_000, cell)).save(path)


# -- cells -----------------------------------------------------------------------------------------


def _text(path: Path, name: str, text: str) -> None:
    part, address = (book := Book()).named(name)
    book.cell(part, address, f"<is><t>{text}</t></is>", ' t="inlineStr"').save(path)


@case("number of megabytes of text")
def _long_text(path: Path) -> None:
    _text(path, "in_staff_quota", "".join(map(str, range(3_000_000))))


@case("choice of megabytes of text")
def _long_choice(path: Path) -> None:
    _text(path, "in_scope", "本级" + "".join(map(str, range(2_000_000))))


@case("unit called by megabytes of text")
def _long_unit(path: Path) -> None:
    _text(path, "in_unit_name", "".join(map(str, range(2_000_000))))


@case("one text of megabytes in a thousand cells")
def _shared_text(path: Path) -> None:
    book = Book()
    text = "".join(map(str, range(2_500_000)))
    count = book.parts[STRINGS].count(b"<si>")
    book.replace(STRINGS, "</sst>", f"<si><t>{text}</t></si></sst>")
    book.parts[TASKS] = re.sub(rb't="s"><v>[0-9]+', b't="s"><v>%d' % count, book.parts[TASKS])
    book.save(path)


@case("row of a million cells")
def _wide(path: Path) -> None:
    cells = "".join(f'<c r="A9"><v>{n}</v></c>' for n in range(1_000_000))
    Book().rows(STAFF, f"<row>{cells}</row>".encode()).save(path)


@case("digits by the million")
def _million_digits(path: Path) -> None:
    part, address = (book := Book()).named("in_staff_quota")
    book.cell(part, address, f"<v>{_digits(3_000_000)}</v>").save(path)


@case("largest number there is")
def _largest(path: Path) -> None:
    part, address = (book := Book()).named("in_staff_quota")
    book.cell(part, address, "<v>1.7976931348623157E308</v>").save(path)


@case("no number at all")
def _nan(path: Path) -> None:
    part, address = (book := Book()).named("in_staff_quota")
    book.cell(part, address, "<v>NaN</v>").save(path)


@case("shared string that is not there")
def _no_string(path: Path) -> None:
    part, address = (book := Book()).named("in_staff_quota")
    book.cell(part, address, "<v>99999999</v>", ' t="s"').save(path)


@case("shared string of a negative number")
def _negative_string(path: Path) -> None:
    part, address = (book := Book()).named("in_staff_quota")
    book.cell(part, address, "<v>-3</v>", ' t="s"').save(path)


@case("cell of an unknown type")
def _unknown_type(path: Path) -> None:
    part, address = (book := Book()).named("in_staff_quota")
    book.cell(part, address, "<v>3</v>", ' t="blob"').save(path)


@case("cell beyond the grid")
def _beyond(path: Path) -> None:
    Book().rows(STAFF, b'<row r="9999999"><c r="ZZZZ9999999"><v>1</v></c></row>').save(path)


@case("row of a million digits")
def _row_number(path: Path) -> None:
    number = _digits(1_000_000).encode()
    Book().rows(STAFF, b'<row r="%b"><c r="A%b"><v>1</v></c></row>' % (number, number)).save(path)


@case("same cell twice")
def _twice(path: Path) -> None:
    Book().rows(STAFF, b'<row r="9"><c r="B9"><v>1</v></c></row>').save(path)


@case("notes by the ten thousand")
def _notes(path: Path) -> None:
    book = Book()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    package = "http://schemas.openxmlformats.org/package/2006"
    book.parts["xl/worksheets/_rels/sheet4.xml.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{kind}" '
        'Target="../comments1.xml"/></Relationships>'
    ).encode()
    notes = "".join(
        f'<comment ref="J{row}" authorId="0"><text><t>{row}</t></text></comment>'
        for row in range(1, 20_000)
    )
    book.parts["xl/comments1.xml"] = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors>'
        f"<author>x</author></authors><commentList>{notes}</commentList></comments>"
    ).encode()
    book.save(path)
