"""Defined names (ECMA-376 part 1, 18.2.5) of the whole workbook, each pointing to one area.

Names that belong to one sheet and the built-in `_xlnm.*` names are passed over: a copied sheet
brings local twins of its names along, and a reader that took those would read the copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from . import scan
from .address import Area, parse_area

_NAME = re.compile(rb"""<(?:[^\s:/<>]+:)?definedName\s([^>]*)>([^<]*)</""")
_ONLY_NAME = re.compile(rb"""name="([^"&]+)"\s*""")


class Names(Mapping[str, Area | None]):
    """Name -> area, found in any letter case; None when the name points to no single area.

    That is a broken reference (#REF!), a deleted sheet, another workbook, several areas, a
    constant or a formula. `text(name)` is what the name says, for messages. Iteration gives the
    names as they are spelled. What a name points to is worked out when it is asked for.
    """

    def __init__(self, xml: bytes, sheets: Mapping[str, str]) -> None:
        """Take the names from a workbook part; `sheets` is casefolded name -> name."""
        self._sheets = sheets
        self._names: dict[str, tuple[str, bytes]] = {}
        for tag, refers_to in _NAME.findall(xml):
            simple = _ONLY_NAME.fullmatch(tag)
            if simple is not None:
                name = simple[1].decode("utf-8")
            else:
                given = scan.attributes(tag)
                if "localSheetId" in given:
                    continue
                name = given.get("name", "")
            if not name.startswith("_xlnm."):
                self._names.setdefault(name.casefold(), (name, refers_to))

    def __getitem__(self, name: str) -> Area | None:
        area = parse_area(self.text(name))
        if area is None:
            return None
        sheet = self._sheets.get(area.sheet.casefold())
        if sheet is None or sheet == area.sheet:
            return area if sheet else None
        return Area(sheet, area.first_row, area.first_col, area.last_row, area.last_col)

    def text(self, name: str) -> str:
        """What the name refers to, as written in the file. Raises KeyError."""
        return scan.text(self._names[name.casefold()][1])

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._names

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._names.values())

    def __len__(self) -> int:
        return len(self._names)
