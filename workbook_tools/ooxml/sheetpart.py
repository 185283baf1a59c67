"""A worksheet part as text: its namespaces, and where a new child element belongs in it.

The order of children is that of CT_Worksheet (ECMA-376-1, 18.3.1.99).
"""

from __future__ import annotations

from collections.abc import Iterator

from . import markup, scan
from .merged import merged_areas

_ORDER = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins
pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors
smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
webPublishItems tableParts extLst
"""
_RANK = {name: rank for rank, name in enumerate(_ORDER.split())}

_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TRANSITIONAL_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class SheetPart:
    """A worksheet part (UTF-8) with the spans of its outline; offsets hold for `xml`.

    Raises ValueError when the part is no worksheet with cells, or is cut off.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.masked = scan.mask(xml)
        prefix, name = scan.root(self.masked)
        data = scan.first(self.masked, "sheetData")
        if name != b"worksheet" or data is None:
            raise ValueError("not a worksheet with sheetData")
        self.prefix = prefix.decode()
        self.data = data
        start = self.masked.index(b"<" + prefix + b"worksheet")
        self._close = self.masked.rfind(b"</")
        if not self.masked.startswith(b"</" + prefix + b"worksheet", self._close):
            raise ValueError("a worksheet without its end")
        self._declared = scan.attributes(self.masked[start : self.masked.index(b">", start)])
        strict = _STRICT + "spreadsheetml/main"
        is_strict = strict in self._declared.values()
        self.namespace = strict if is_strict else _TRANSITIONAL_MAIN
        self.relationships = (
            f"{_STRICT}officeDocument/relationships" if is_strict else _TRANSITIONAL_RELATIONSHIPS
        )

    def tail(self) -> Iterator[tuple[str, scan.Element]]:
        """Local name and span of each child of the worksheet after the cells."""
        rest = scan.Element(self.data.start, self.data.end, self._close, len(self.xml))
        return scan.children(self.masked, rest)

    def find(self, name: str) -> scan.Element | None:
        """The child of that name after the cells, or None."""
        return next((span for child, span in self.tail() if child == name), None)

    def place(self, name: str) -> int:
        """The byte where a new child of that name belongs."""
        rank = _RANK[name]
        for child, span in self.tail():
            if self._rank(child, span) > rank:
                return span.start
        return self._close

    def _rank(self, name: str, span: scan.Element) -> int:
        """Place in the order; an unknown element is passed over (-1)."""
        if name != "AlternateContent":
            return _RANK.get(name, -1)
        # It stands in for what its branches hold: controls, drawings.
        branches = (branch for _, branch in scan.children(self.masked, span))
        held = (
            _RANK[child]
            for branch in branches
            for child, _ in scan.children(self.masked, branch)
            if child in _RANK
        )
        return min(held, default=-1)

    def merged(self) -> list[tuple[int, int, int, int]]:
        """Merged areas: first row, first column, last row, last column.

        They may be whole columns or rows (``N:O``); what is no area is passed over.
        """
        return [
            (one.first_row, one.first_col, one.last_row, one.last_col)
            for one in merged_areas(self.masked, "")
        ]

    def legacy_drawing(self) -> str | None:
        """The relationship id of its VML drawing (not the one of header pictures).

        "" where the element names none, None where there is no such element.
        """
        named = self.find("legacyDrawing")
        if named is None:
            return None
        given = scan.attributes(self.masked[named.start : named.inner])
        return next((value for key, value in given.items() if key.endswith(":id")), "")

    def with_legacy_drawing(self, identity: str) -> bytes:
        """The part with the element that names its VML drawing by relationship id."""
        bound = (key for key, value in self._declared.items() if value == self.relationships)
        prefix = next((key[6:] for key in bound if key.startswith("xmlns:")), None)
        declared = {} if prefix else {"xmlns:r": self.relationships}
        attributes = {**declared, f"{prefix or 'r'}:id": identity}
        added = markup.signed(markup.element(f"{self.prefix}legacyDrawing", attributes))
        return markup.insert(self.xml, self.place("legacyDrawing"), added)
