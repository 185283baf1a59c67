"""A document being written from top to bottom: headings, tables, charts, pictures, annexes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm

from workbook_tools.report.paper import tables
from workbook_tools.report.paper.charts import Chart, can_be_drawn, drawing
from workbook_tools.report.paper.elements import element, paragraph, plain_text
from workbook_tools.report.paper.numerals import chinese
from workbook_tools.report.paper.pages import (
    ACROSS,
    UPRIGHT,
    across,
    mark_draft,
    number_pages,
    upright,
)
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.report_form import WRITTEN

NOTHING = "未填写。"
"""What stands where a department wrote nothing."""

_PICTURE = 88.0  # mm: two such pictures, or one and text, to an upright page
_FONTS = PackURI("/word/fontTable.xml")
_USELESS = ("thumbnail", "customXml", "stylesWithEffects")  # of python-docx's own blank document


class Paper:
    """The document; every text in it is made harmless where it is written.

    ``draft``: what stands on top of every page while it is one, "" otherwise. ``gaps``: whether it
    says what is missing; without, what nobody filled in leaves no trace. ``width``: that of the
    text, in mm. A heading is written with the first thing below it: none stands over nothing.
    """

    def __init__(
        self, title: str, at: datetime.datetime, *, draft: str = "", gaps: bool = True
    ) -> None:
        self.document = _blank()
        self.width = UPRIGHT
        self.gaps = gaps
        self._section = self._subsection = ""  # headings that wait for what stands below them
        self._sections = self._subsections = self._tables = self._charts = self._annexes = 0
        properties = self.document.core_properties
        properties.title = plain_text(title)[:255]
        properties.author = properties.last_modified_by = "workbook-tools"
        properties.comments = ""
        properties.language = "zh-CN"
        properties.created = properties.modified = at
        properties.revision = 1
        first = self.document.sections[0]
        upright(first)
        number_pages(first)
        if draft:
            mark_draft(first, draft)

    def write(self, text: str, style: str = "BodyText", *, keep_next: bool = False) -> None:
        """A paragraph per line of the text; empty lines are dropped, as are spaces around."""
        for line in plain_text(text).split("\n"):
            if line.strip():
                self._add(paragraph(line.strip(), style, keep_next=keep_next))

    def written(self, text: str) -> None:
        """What somebody wrote, or that nobody did."""
        if plain_text(text).strip():
            self.write(text, WRITTEN)
        elif self.gaps:
            self.write(NOTHING)

    @property
    def length(self) -> int:
        """How many paragraphs and tables there are."""
        return len(self.document.element.body)

    def section(self, title: str) -> None:
        """A heading numbered 一、 and so on."""
        self._section, self._subsection = title, ""

    def subsection(self, title: str) -> None:
        """A heading numbered （一） and so on, anew in each section."""
        self._subsection = title

    def table(
        self, caption: str, columns: Sequence[PaperColumn], rows: Sequence[PaperRow], note: str = ""
    ) -> None:
        """A table with its numbered caption, and a note below it; without a row, it says so."""
        if not rows and not self.gaps:
            return
        self._tables += 1
        self.write(f"表{self._tables}　{caption}", "Caption")
        self.listing(columns, rows)
        self._after_table(note)

    def listing(self, columns: Sequence[PaperColumn], rows: Sequence[PaperRow]) -> None:
        """A table without a caption."""
        if not rows:
            rows = [["—" if place else "无" for place in range(len(columns))]]
        size: tables.Size = "Small" if self._annexes else "Table"
        self._add(tables.table(columns, rows, self.width, size))

    def titled_listing(
        self, title: str, columns: Sequence[PaperColumn], rows: Sequence[PaperRow], note: str = ""
    ) -> None:
        """A table of an annex below its small heading."""
        if not rows and not self.gaps:
            return
        self.write(title, "Heading3")
        self.listing(columns, rows)
        self._after_table(note)

    def pairs(self, rows: Sequence[Sequence[str]], label: float = 32) -> None:
        """A table of labels and values (see :func:`.tables.pairs`)."""
        self._add(tables.pairs(rows, label, self.width))
        self.gap()

    def gap(self) -> None:
        """An empty line."""
        self._add(paragraph("", "Note"))

    def chart(self, chart: Chart) -> None:
        """A chart with its numbered caption; nothing where there is no figure to draw."""
        if not can_be_drawn(chart.series):
            return
        self._charts += 1
        self._framed(drawing(self.document.part, chart, self.width), chart.title)

    def picture(self, image: Path, title: str) -> None:
        """A picture as wide as the text, less than half a page high, with its numbered caption."""
        self._charts += 1
        inline = self.document.part.new_pic_inline(str(image), width=Mm(self.width))
        most = Mm(_PICTURE)
        if inline.extent.cy > most:
            wide = Mm(self.width * most / inline.extent.cy)
            inline = self.document.part.new_pic_inline(str(image), width=wide, height=most)
        inline.docPr.set("descr", plain_text(title))
        self._framed(element("w:r", {}, element("w:drawing", {}, inline)), title)

    def _framed(self, run: BaseOxmlElement, title: str) -> None:
        """A drawing in the middle, its caption on the same page."""
        properties = element("w:pPr", {}, element("w:pStyle", {"w:val": "ChartFrame"}))
        properties.insert(1, element("w:keepNext"))
        self._add(element("w:p", {}, properties, run))
        self._add(_captioned(f"图{self._charts}　{title}"))

    def sign(self, lines: Sequence[str], closing: Sequence[str]) -> None:
        """Lines on the left, then on the right, kept together with the paragraph before them."""
        self._section = self._subsection = ""
        last = self.document.element.body[-2]
        for properties in last.iterchildren("{*}pPr"):
            for old in list(properties.iterchildren("{*}keepNext")):
                properties.remove(old)
            properties.insert(1, element("w:keepNext"))
        self._add(paragraph("", "SignatureLine"))
        for line in lines:
            self._add(paragraph(line, "SignatureLine"))
        *before, final = closing
        for line in before:
            self._add(paragraph(line, "SignatureRight", keep_next=True))
        self._add(paragraph(final, "SignatureRight"))

    def annex(self, title: str) -> None:
        """A new page across with the annex's number and title."""
        self._annexes += 1
        self._drop_gap()
        if self._annexes == 1:
            across(self._new_section())
            self.width = ACROSS
        self._section = self._subsection = ""
        mark = paragraph(f"附件{self._annexes}", "AnnexMark")
        if self._annexes > 1:
            mark[0].append(element("w:pageBreakBefore"))
        self._add(mark)
        self.write(title, "AnnexTitle")

    def _drop_gap(self) -> None:
        """Take away an empty line at the end: it could come to stand on a page of its own."""
        last = self.document.element.body[-2]
        if last.tag == qn("w:p") and not last.xpath("string()") and not last.xpath(".//w:drawing"):
            self.document.element.body.remove(last)

    def _new_section(self) -> Section:
        """A section from the next page on; the last paragraph ends the one before, as a mark."""
        section: Section = self.document.add_section(WD_SECTION.NEW_PAGE)
        *_, last, mark, _final = self.document.element.body
        if last.tag == qn("w:p"):
            last.get_or_add_pPr().append(mark.pPr.sectPr)
            self.document.element.body.remove(mark)
        return section

    def _after_table(self, note: str) -> None:
        """A note, or a gap that keeps the table from touching what follows."""
        self._add(paragraph(note, "Note"))

    def _add(self, block: BaseOxmlElement) -> None:
        self._headings()
        self._insert(block)

    def _headings(self) -> None:
        """Write the headings that waited."""
        section, subsection = self._section, self._subsection
        self._section = self._subsection = ""
        if section:
            self._sections += 1
            self._subsections = 0
            self._insert(paragraph(f"{chinese(self._sections)}、{plain_text(section)}", "Heading1"))
        if subsection:
            self._subsections += 1
            numbered = f"（{chinese(self._subsections)}）{plain_text(subsection)}"
            self._insert(paragraph(numbered, "Heading2"))

    def _insert(self, block: BaseOxmlElement) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, block)  # the last child is the properties of the section


def _captioned(text: str) -> BaseOxmlElement:
    """A caption below what it names: it keeps nothing with it."""
    caption = paragraph(text, "Caption")
    caption[0].append(element("w:keepNext", {"w:val": 0}))
    return caption


def _blank() -> Document:
    """An empty document with our styles, and without what python-docx's own brings along."""
    document = docx.Document()
    package = document.part.package
    assert package is not None
    for holder in (package, document.part):
        for relation, target in list(holder.rels.items()):
            if any(word in target.reltype for word in _USELESS):
                del holder.rels[relation]
    here = files("workbook_tools.report.paper")
    styles = parse_xml((here / "styles.xml").read_bytes())
    element_there = document.styles.element
    for old in list(element_there):
        element_there.remove(old)
    element_there.extend(list(styles))
    for part in package.iter_parts():
        if part.partname == _FONTS:
            part._blob = (here / "fonts.xml").read_bytes()
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    for language in settings.element.iter("{*}themeFontLang"):
        language.set(f"{{{settings.element.nsmap['w']}}}eastAsia", "zh-CN")
    return document
