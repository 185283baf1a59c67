"""Formulas that nobody could have typed, in a cell whose stored result is doubted."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.book import SCORES, Book
from tests.hostile.corpus.register import case


def _hoarding(rows: range) -> bytes:
    one = '<row r="{0}"><c r="ZZ{0}"><f>REPT("x",32767)&amp;{0}</f></c></row>'
    return "".join(map(one.format, rows)).encode()


def _formula(path: Path, text: str, attributes: str = "") -> None:
    part, address = (book := Book()).named("score_disclosure")
    book.cell(part, address, f"<f{attributes}>{text}</f><v>0.77</v>").save(path)


@case("formula of a hundred thousand letters")
def _long_formula(path: Path) -> None:
    _formula(path, "+".join(["A1"] * 35_000))


@case("formula of megabytes")
def _megabytes(path: Path) -> None:
    _formula(path, "+".join(f"A{n}" for n in range(700_000)))


@case("formula of quotes")
def _quotes(path: Path) -> None:
    _formula(path, "'" * 8001)


@case("formula of brackets")
def _brackets(path: Path) -> None:
    _formula(path, "a[" * 4000)


@case("formula of parentheses")
def _parentheses(path: Path) -> None:
    _formula(path, "(" * 4000 + "1" + ")" * 4000)


@case("formula over the whole grid")
def _grid(path: Path) -> None:
    _formula(path, "SUMPRODUCT((A1:XFD1048576&lt;&gt;&quot;&quot;)*1)")


@case("formula that fills the memory")
def _memory(path: Path) -> None:
    book = Book()
    part, address = book.named("score_disclosure")
    book.cell(part, address, "<f>LEN(ZZ3000&amp;ZZ3001)</f><v>0.77</v>")
    book.rows(SCORES, _hoarding(range(2000, 30_001)))
    book.save(path)


@case("formula shared by nobody")
def _orphan(path: Path) -> None:
    _formula(path, "", ' t="shared" si="77"')


@case("formula of a program")
def _dde(path: Path) -> None:
    _formula(path, "cmd|'/c calc'!A1")


@case("long formula shared by thousands")
def _shared(path: Path) -> None:
    book = Book()
    text = "+".join(f"A{n}" for n in range(30_000))
    column = SCORES
    master = f'<c r="ZZ900"><f t="shared" si="99" ref="ZZ900:ZZ9999">{text}</f><v>1</v></c>'
    book.rows(column, f'<row r="900">{master}</row>'.encode())
    for name in ("score_disclosure", "score_asset_rules", "score_staff_control", "total_score"):
        part, address = book.named(name)
        book.cell(part, address, '<f t="shared" si="99"/><v>1</v>')
    book.save(path)
