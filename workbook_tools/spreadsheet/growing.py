"""Rows that grow with what people type into them.

Excel, WPS and LibreOffice fit a row to its wrapped texts whenever one of its cells is typed into,
unless its height was set by hand; and that is how XlsxWriter marks every height. Merged cells do
not count in that fit, nor does a formula that changes its result: a strut, an empty cell in larger
type beside the printed columns, keeps the row as high as those need.
"""

from __future__ import annotations

from typing import Any

from workbook_tools.spreadsheet.plain_sheet import PlainSheet

_STRUT, _LINE = "Arial", 1.15  # everywhere, and of the same height everywhere


class GrowingSheet(PlainSheet):
    """A sheet whose ``growing`` rows, counted from 0, have a height that nobody insists on."""

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        """Leave ``customHeight`` out where it would keep a row from growing."""
        if tag == "row" and dict(attributes)["r"] - 1 in self.growing:
            attributes = [one for one in attributes if one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


def strut(height: float) -> dict[str, Any]:
    """The format of an empty cell that keeps its row at least so high, in points."""
    return {"font_name": _STRUT, "font_size": round(height / _LINE)}
