"""Pages: A4, margins and page numbers after GB/T 9704, the mark of a draft on every page."""

from __future__ import annotations

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section, _Footer, _Header
from docx.shared import Length, Mm, Pt

from workbook_tools.report.paper.elements import element, paragraph

UPRIGHT, ACROSS = 156.0, 257.0
"""Width of the text in mm, on upright pages and on pages across."""

_WATERMARK = (
    f"<w:r {nsdecls('w')}"
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="{id}" type="#_x0000_t136" style="position:absolute;width:300pt;height:150pt;'
    "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt"'
    ' string="草稿"/></v:shape></w:pict></w:r>'
)


def upright(section: Section) -> None:
    """A4 upright: margins 37, 28 mm; the text is 156 by 225 mm."""
    _size(section, WD_ORIENT.PORTRAIT, (210, 297), (37, 35, 28, 26))


def across(section: Section) -> None:
    """A4 across, for wide tables."""
    _size(section, WD_ORIENT.LANDSCAPE, (297, 210), (25, 22, 20, 20))


def number_pages(section: Section) -> None:
    """Page numbers as — 1 —, outside: on the right of odd pages and the left of even ones.

    The settings must tell odd and even pages apart.
    """
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        _page_number(footer, align)


def mark_draft(section: Section, text: str) -> None:
    """The text on top of every page, and 草稿 in grey across it."""
    for number, header in enumerate((section.header, section.even_page_header), start=1):
        _emptied(header)
        line = paragraph(text, "Header")
        line.append(parse_xml(_WATERMARK.format(id=f"draft{number}")))
        header._element.append(line)


def _size(
    section: Section,
    orientation: WD_ORIENT,
    size: tuple[int, int],
    margins: tuple[int, int, int, int],
) -> None:
    section.orientation = orientation
    section.page_width, section.page_height = (Length(Mm(side)) for side in size)
    top, bottom, left, right = margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = Mm(min(15, top - 8))
    section.footer_distance = Pt(bottom / 25.4 * 72 - 34)  # 7 mm below the text


def _page_number(footer: _Footer, align: str) -> None:
    _emptied(footer)
    line = paragraph("— ", "Footer")
    indent = {"w:rightChars" if align == "right" else "w:leftChars": 100}
    properties = line[0]
    properties.append(element("w:ind", indent))
    properties.append(element("w:jc", {"w:val": align}))
    for kind in ("begin", "PAGE", "separate", "1", "end"):
        run = element("w:r")
        if kind == "PAGE":
            code = element("w:instrText", {"xml:space": "preserve"})
            code.text = " PAGE "
            run.append(code)
        elif kind == "1":
            shown = element("w:t")
            shown.text = "1"
            run.append(shown)
        else:
            run.append(element("w:fldChar", {"w:fldCharType": kind}))
        line.append(run)
    line.extend(list(paragraph(" —", "Footer"))[1:])
    footer._element.append(line)


def _emptied(story: _Header | _Footer) -> None:
    story.is_linked_to_previous = False
    for old in list(story._element):
        story._element.remove(old)
