"""The merged areas of a worksheet part."""

from __future__ import annotations

from collections.abc import Iterator

from . import scan
from .address import Area, parse_area
from .memo import remembered


def merged_areas(xml: bytes, sheet: str) -> Iterator[Area]:
    """The areas of a plain or masked part; what is none is passed over.

    They may be whole columns or rows (``N:O``). Raises ValueError for a part that is cut off.
    """
    data = scan.first(xml, "sheetData")
    for span in scan.elements(xml, "mergeCell", data.end if data else 0):
        if area := _area(xml[span.start : span.inner]):
            yield Area(sheet, area.first_row, area.first_col, area.last_row, area.last_col)


@remembered(results=4096, longest=100)
def _area(tag: bytes) -> Area | None:
    return parse_area(f"_!{scan.attributes(tag).get('ref', '')}")
