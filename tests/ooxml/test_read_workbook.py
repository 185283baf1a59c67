"""Odd but legal workbooks, made by hand after the standard and after what programs write."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.ooxml.read_books import (
    MAIN,
    RELATIONS,
    STRICT_MAIN,
    STRICT_RELATIONS,
    parts,
    relations,
    save,
    sheet_part,
    strings_part,
    workbook_part,
)
from workbook_tools.ooxml import Area, Cell, PackageError, Workbook, open_workbook

SHEET = "xl/worksheets/sheet1.xml"


def opened(
    path: Path, changes: dict[str, str | bytes], rows: str = "", strings: str = ""
) -> Workbook:
    return open_workbook(save(path / "账.xlsx", {**parts(rows, strings), **changes}))


def cells_of(path: Path, rows: str, strings: str = "") -> dict[tuple[int, int], Cell]:
    return opened(path, {}, rows, strings).cells("表")


def one(path: Path, cell: str, strings: str = "") -> Cell | None:
    return cells_of(path, f'<row r="1">{cell}</row>', strings).get((1, 1))


CELLS = [
    ('<c r="A1"><v>12.5</v></c>', Cell("number", 12.5)),
    ('<c r="A1" t="n"><v> 1E-3\n</v></c>', Cell("number", 0.001)),
    ('<c r="A1"><v>abc</v></c>', Cell("text", "abc")),
    ('<c r="A1"><v>1e999</v></c>', Cell("text", "1e999")),
    ('<c r="A1" t="b"><v>1</v></c>', Cell("bool", True)),
    ('<c r="A1" t="b"><v>0</v></c>', Cell("bool", False)),
    ('<c r="A1" t="e"><v>#DIV/0!</v></c>', Cell("error", "#DIV/0!")),
    ('<c r="A1" t="str"><f>B1</f><v>a&amp;b</v></c>', Cell("text", "a&b", "B1")),
    ('<c r="A1" t="str"><f>""</f><v></v></c>', Cell("text", "", '""')),
    ('<c r="A1"><f>B1</f></c>', Cell("blank", None, "B1")),
    ('<c r="A1"><f>B1</f><v/></c>', Cell("blank", None, "B1")),
    ('<c r="A1"><f>=B1&lt;2</f><v>1</v></c>', Cell("number", 1.0, "B1<2")),
    ('<c r="A1"><f ca="1"/><v>3</v></c>', Cell("number", 3.0)),
    ('<c r="A1"><f t="array" ref="A1:A2">SUM(B1:B2)</f><v>3</v></c>',
     Cell("number", 3.0, "SUM(B1:B2)")),
    ('<c r="A1"><f t="dataTable" ref="A1:A9" dt2D="1" dtr="1" r1="B1" r2="C1"/><v>3</v></c>',
     Cell("number", 3.0, "TABLE(B1,C1)")),
    ('<c r="A1" t="inlineStr"><is><t>内联</t></is></c>', Cell("text", "内联")),
    ('<c r="A1" t="inlineStr"><is><r><rPr><color rgb="FF0000"></color></rPr>'
     '<t xml:space="preserve"> 内</t></r><r><t>联</t></r></is></c>', Cell("text", " 内联")),
    ('<c r="A1" t="inlineStr"><is><t/></is></c>', Cell("text", "")),
    ('<c r="A1"><is><t>没有类型</t></is></c>', Cell("text", "没有类型")),
    ('<c r="A1" t="d"><v>2020-02-29T12:00:00</v></c>', Cell("date", 43890.5)),
    ('<c r="A1" t="d"><v>2020-02-29</v></c>', Cell("date", 43890.0)),
    ('<c r="A1" t="d"><v>12:00:00</v></c>', Cell("date", 0.5)),
    ('<c r="A1" t="d"><v>某日</v></c>', Cell("text", "某日")),
    ('<c r="A1" s="3"/>', None),
    ('<c r="A1" s="3"></c>', None),
    ('<c r="A1" t="s"/>', None),
    ('<c r="A1" t="str"/>', None),
    ('<c r="A1" t="str"><v><![CDATA[<!DOCTYPE x>]]></v></c>', Cell("text", "<!DOCTYPE x>")),
    ("<c r='A1' t='s'><v>0</v></c>", Cell("text", "共享")),
    ('<c t="s" s="1" r="A1"><v>0</v></c>', Cell("text", "共享")),
    ('<c\n  r = "A1"\n  t = "s"\n>\n <v>0</v>\n</c>', Cell("text", "共享")),
    ('<c r="A1" cm="1" t="s"><v xml:space="preserve">0</v></c>', Cell("text", "共享")),
    ('<c r="A1"><!-- <v>1</v> --><v>2</v></c>', Cell("number", 2.0)),
    ('<c r="A1"><?x <v>1</v>?><v>2</v></c>', Cell("number", 2.0)),
    ('<c r="A1" t="str"><f>"&amp;"</f><v><![CDATA[<c r="A1"><v>9</v></c>&amp;]]></v></c>',
     Cell("text", '<c r="A1"><v>9</v></c>&amp;', '"&"')),
    ('<c r="A1" t="str"><v>甲_x000D_乙_x4E2D_&#10;丙&#x1F600;_xD83D__xDE00_</v></c>',
     Cell("text", "甲\r乙中\n丙😀😀")),
    ('<c r="A1" t="str"><v>_xD83D_&#xD800;&#0;</v></c>', Cell("text", "\ufffd\ufffd\ufffd")),
    ('<c r="A1" t="str"><v>甲\r\n乙</v></c>', Cell("text", "甲\n乙")),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "cell"), CELLS)
def test_each_way_to_write_a_cell(tmp_path: Path, xml: str, cell: Cell | None) -> None:
    assert one(tmp_path, xml, "<si><t>共享</t></si>") == cell


STRINGS = [
    ("<si><t>文本</t></si>", "文本"),
    ("<si/>", ""),
    ("<si><t/></si>", ""),
    ("<si><t xml:space='preserve'> 空 </t></si>", " 空 "),
    ("<si><r><t>富</t></r><r><rPr><b/><sz val='9'/></rPr><t>文本</t></r></si>", "富文本"),
    ('<si><t>课题</t><rPh sb="0" eb="2"><t>カダイ</t></rPh><phoneticPr fontId="1"/></si>', "课题"),
    ('<si><r><t>课</t></r><rPh sb="0" eb="1"><t>カ</t></rPh><r><t>题</t></r>'
     '<rPh sb="1" eb="2"><t>ダイ</t></rPh></si>', "课题"),
    ("<si><t>a &lt; b &amp;amp;</t></si>", "a < b &amp;"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "text"), STRINGS)
def test_shared_strings(tmp_path: Path, item: str, text: str) -> None:
    cell = '<c r="A1" t="s"><v>1</v></c>'
    strings = f"<si><t>前</t></si>{item}<si><t>后</t></si>"
    assert one(tmp_path, cell, strings) == Cell("text", text)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="A1" t="s"><v>1</v></c>', "A1"),
        ('<c r="A1" t="s"><v>-1</v></c>', "A1"),
        ('<c r="A1" t="s"><v>x</v></c>', "A1"),
        ('<c r="A1" t="q"><v>x</v></c>', "A1"),
        ('<c r="1A"><v>1</v></c>', "表"),
        ('<row r="x"><c><v>1</v></row>', "表"),
        ("</row></sheetData><v>", "表"),
    ],
)
def test_a_broken_cell_is_a_refusal_that_says_where(tmp_path: Path, cell: str, words: str) -> None:
    contents = parts(f'<row r="1">{cell}</row>', "<si><t>只有一个</t></si>")
    if cell.startswith("</row>"):
        contents[SHEET] = str(contents[SHEET]).partition("</sheetData>")[0]
    wb = open_workbook(save(tmp_path / "账.xlsx", contents))
    with pytest.raises(PackageError) as caught:
        wb.cells("表")
    assert caught.value.code == "unreadable"
    assert caught.value.message.startswith("账.xlsx：")
    assert words in caught.value.message


def test_addresses_may_be_left_out(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="C5"><v>5</v></c><c><v>6</v></c></row>'
        "<row/><row><c><v>7</v></c></row>"
    )
    found = cells_of(tmp_path, rows)
    assert {place: cell.value for place, cell in found.items()} == {
        (1, 1): 1, (1, 3): 3, (5, 3): 5, (5, 4): 6, (7, 1): 7,
    }  # fmt: skip


SHARED = """
<row r="1"><c r="A1"><f t="shared" ref="A1:C2" si="0">IF(B1=$E$1,"A1",SUM(表!D:D)+'B 1'!$B2)</f>
<v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c></row>
<row r="2"><c r="A2"><f t="shared" si="0"></f><v>3</v></c>
<c r="C2"><f si="0" t="shared"/></c><c r="D2"><f>A1</f><v>1</v></c></row>"""


def test_shared_formulas_are_written_out(tmp_path: Path) -> None:
    expected = {
        (1, 1): "IF(B1=$E$1,\"A1\",SUM(表!D:D)+'B 1'!$B2)",
        (1, 2): "IF(C1=$E$1,\"A1\",SUM(表!E:E)+'B 1'!$B2)",
        (2, 1): "IF(B2=$E$1,\"A1\",SUM(表!D:D)+'B 1'!$B3)",
        (2, 3): "IF(D2=$E$1,\"A1\",SUM(表!F:F)+'B 1'!$B3)",
        (2, 4): "A1",
    }
    wb = opened(tmp_path, {}, SHARED)
    assert {place: cell.formula for place, cell in wb.cells("表").items()} == expected
    # The follower alone: its master stands outside what is asked for.
    follower = wb.cells("表", [Area("表", 2, 3, 2, 3)])
    assert follower == {(2, 3): Cell("blank", None, expected[2, 3])}


def test_only_cells_inside_an_area_come_back(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}"><v>{row}</v></c>' for c in "ABCD") + "</row>"
        for row in range(1, 8)
    )
    wb = opened(tmp_path, {}, rows)
    areas = [
        Area("表", 2, 2, 2, 2),
        Area("表", 1, 4, 1_048_576, 4),
        Area("表", 5, 1, 6, 2),
        Area("表", 6, 1, 6, 16_384),
    ]
    wanted = {
        (row, column) for row in range(1, 8) for column in range(1, 5)
        if any((row, column) in area for area in areas)
    }  # fmt: skip
    assert set(wb.cells("表", areas)) == wanted
    assert wb.cells("表", []) == {}
    assert len(wb.cells("表")) == 28


def test_rows_beyond_the_first_chunk_are_read(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="B{r}"><v>{r}</v></c></row>' for r in range(1, 3001))
    found = cells_of(tmp_path, rows + '<row><c t="str"><v>末</v></c></row>')
    assert [found[r, 2].value for r in range(1, 3001)] == list(range(1, 3001))
    assert found[3001, 1].value == "末"
    areas = [Area("表", 1500, 1, 1501, 2), Area("表", 2999, 2, 2999, 2)]
    some = opened(tmp_path, {}, rows).cells("表", areas)
    assert set(some) == {(1500, 2), (1501, 2), (2999, 2)}


def strict(content: str) -> str:
    return content.replace(MAIN, STRICT_MAIN).replace(RELATIONS, STRICT_RELATIONS)


def prefixed(content: str) -> str:
    """Every element of the main namespace with the prefix x, as some generators write."""
    content = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", content)
    return content.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


WRITTEN: dict[str, Callable[[str, str], str | bytes]] = {
    "transitional": lambda name, content: content,
    "strict": lambda name, content: strict(content),
    "prefixed": lambda name, content: prefixed(content) if "xmlns=" + f'"{MAIN}"' in content
    else content,
    "utf-16": lambda name, content: content.replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16 big endian": lambda name, content:
        b"\xfe\xff" + content.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "utf-8 that calls itself utf-16":
        lambda name, content: content.replace("UTF-8", "UTF-16").encode(),
    "utf-8 with a mark": lambda name, content: content.encode("utf-8-sig"),
    "gbk": lambda name, content: content.replace("UTF-8", "GBK").encode("gbk"),
    "absolute targets": lambda name, content: content.replace(
        'Target="worksheets', 'Target="/xl/worksheets').replace(
        'Target="shared', 'Target="/xl/shared').replace('Target="xl/', 'Target="/xl/'),
    "other case": lambda name, content: content.replace('"worksheets/sheet1', '"Worksheets/SHEET1'),
    "single quotes": lambda name, content: re.sub(r'="([^"\']*)"', r"='\1'", content),
    "commented": lambda name, content: content.replace("?>", "?><!-- <sheet name='假'/> -->", 1),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITTEN)
def test_the_same_workbook_written_in_each_legal_way(tmp_path: Path, way: str) -> None:
    rows = (
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>内联</t></is></c>'
        '<c r="D2"><f t="shared" ref="D2:E2" si="0">B3*2</f><v>8</v></c>'
        '<c r="E2"><f t="shared" si="0"/><v>9</v></c></row>'
    )
    contents = parts(rows, "<si><r><t>富</t></r><r><t>文本</t></r></si>")
    contents["xl/workbook.xml"] = workbook_part(
        '<definedName name="in_甲">表!$B$2</definedName>', '<workbookPr date1904="true"/>'
    )
    written = {name: WRITTEN[way](name, str(content)) for name, content in contents.items()}
    wb = open_workbook(save(tmp_path / "a.xlsx", written))
    assert [(sheet.name, sheet.state, sheet.part, sheet.kind) for sheet in wb.sheets] == [
        ("表", "visible", SHEET, "worksheet")
    ]
    assert wb.names["IN_甲"] == Area("表", 2, 2, 2, 2)
    assert wb.date1904
    assert wb.cells("表") == {
        (2, 2): Cell("text", "富文本"),
        (2, 3): Cell("text", "内联"),
        (2, 4): Cell("number", 8.0, "B3*2"),
        (2, 5): Cell("number", 9.0, "C3*2"),
    }


NAMES = """
<definedName name="_xlnm.Print_Area" localSheetId="0">表!$A$1:$B$2</definedName>
<definedName name="_xlnm._FilterDatabase" hidden="1">表!$A$1</definedName>
<definedName name="in_a" localSheetId="0">表!$Z$9</definedName>
<definedName name="in_a" comment="a > b">表!$A$1</definedName>
<definedName name="In_B">&apos;R&amp;D 表&apos;!$B$2:$C$3</definedName>
<definedName name="in_case">r&amp;d 表!$B$2</definedName>
<definedName name="in_broken">表!#REF!</definedName>
<definedName name="in_gone">不在!$A$1</definedName>
<definedName name="in_outside">[1]表!$A$1</definedName>
<definedName name="in_formula">SUM(表!$A$1)</definedName>
<definedName name="in_areas">表!$A$1,表!$B$1</definedName>
<definedName name="in_local" localSheetId="0">表!$A$1</definedName>
<definedName name="in_quoted_case" hidden="1">'r&amp;d 表'!$D:$D</definedName>"""
TWO_SHEETS = (
    '<sheet name="表" sheetId="1" state="hidden" r:id="rId1"/>'
    '<sheet name="R&amp;D 表" sheetId="4" state="veryHidden" r:id="rId9"/>'
    '<sheet name="图" sheetId="5" r:id="rId8"/><sheet name="缺" sheetId="6" r:id="rId7"/>'
)


def test_names_and_sheets(tmp_path: Path) -> None:
    changes: dict[str, str | bytes] = {
        "xl/workbook.xml": workbook_part(NAMES, sheets=TWO_SHEETS),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId9", "worksheet", "worksheets/sheet2.xml"),
            ("rId8", "chartsheet", "chartsheets/sheet1.xml"),
        ),
        "xl/worksheets/sheet2.xml": sheet_part('<row r="2"><c r="B2"><v>2</v></c></row>'),
        "xl/chartsheets/sheet1.xml": "<chartsheet/>",
    }
    wb = opened(tmp_path, changes)
    assert [(s.name, s.state, s.kind) for s in wb.sheets] == [
        ("表", "hidden", "worksheet"),
        ("R&D 表", "veryHidden", "worksheet"),
        ("图", "visible", "chartsheet"),
        ("缺", "visible", "missing"),
    ]
    assert dict(wb.names) == {
        "in_a": Area("表", 1, 1, 1, 1),
        "In_B": Area("R&D 表", 2, 2, 3, 3),
        "in_case": None,
        "in_broken": None,
        "in_gone": None,
        "in_outside": None,
        "in_formula": None,
        "in_areas": None,
        "in_quoted_case": Area("R&D 表", 1, 4, 1_048_576, 4),
        "in_local": Area("表", 1, 1, 1, 1),
    }
    assert wb.names.text("in_broken") == "表!#REF!"
    assert wb.names["in_b"] == wb.names["IN_B"]
    assert "in_none" not in wb.names
    with pytest.raises(KeyError):
        wb.names["in_none"]
    assert wb.cells("r&d 表") == {(2, 2): Cell("number", 2.0)}
    assert wb.cells("图") == {}
    with pytest.raises(KeyError):
        wb.cells("没有")


def test_a_signature_is_told(tmp_path: Path) -> None:
    assert not opened(tmp_path, {}).signed
    signed = relations(
        ("rId1", "officeDocument", "xl/workbook.xml"),
        ("rId2", "digital-signature/origin", "_xmlsignatures/origin.sigs"),
    )
    assert opened(tmp_path, {"_rels/.rels": signed}).signed


def test_a_number_is_exact_through_fifteen_digits() -> None:
    assert Cell("number", 0.1 + 0.2).exact == Fraction(3, 10)
    assert Cell("number", 3975.53).exact == Fraction(397553, 100)
    assert Cell("number", -54.0).exact == -54
    assert Cell("number", 1e300).exact == 10**300
    for cell in (Cell("text", "1"), Cell("bool", True), Cell("blank", None)):
        with pytest.raises(TypeError, match="no exact number"):
            _ = cell.exact


def test_strings_are_needed_only_where_cells_use_them(tmp_path: Path) -> None:
    wb = opened(tmp_path, {"xl/sharedStrings.xml": strings_part("<si>")[:-6]},
                '<row r="1"><c r="A1"><v>1</v></c></row>')  # fmt: skip
    assert wb.cells("表")[1, 1].value == 1
