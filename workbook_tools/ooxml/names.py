"""Defined names (ECMA-376 part 1, 18.2.5) of the whole workbook, each pointing to one area.

The built-in `_xlnm.*` names are passed over, and so are names that belong to one sheet where the
whole workbook's leads somewhere: a copied sheet brings local twins of its names along, and a reader
that took those would read the copy. Where the original was deleted the twins are all that is left:
they are taken when only one sheet has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from . import scan
from .address import Area, parse_area
from .memo import remembered

_NAME = re.compile(
    rb"""<(?:[^\s:/<>]++:)?+definedName((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)(?<!/)>([^<]*+)"""
)
_LONGEST = 200
"""Characters of a reference to one area; a sheet's name has at most 31."""


class DefinedNames(Mapping[str, Area | None]):
    """Name -> area, found in any letter case; None when the name points to no single area.

    That is a broken reference (#REF!), a deleted sheet, another workbook, several areas, a
    constant or a formula. `text(name)` is what the name says, for messages. Iteration gives the
    names as they are spelled.
    """

    def __init__(self, xml: bytes, sheets: Iterable[str]) -> None:
        """Take the names from XML made plain; `sheets` are the names of the sheets there are."""
        self._sheets = {name.casefold(): name for name in sheets}
        self._names: dict[str, tuple[str, str]] = {}
        self._areas: dict[str, Area | None] = {}
        self._twins: dict[str, list[tuple[str, str, str]]] = {}
        titles = dict(enumerate(self._sheets.values()))
        for tag, refers_to in _NAME.findall(xml):
            given = scan.attributes(tag)
            name = given.get("name", "")
            if name.startswith("_xlnm."):
                continue
            if "localSheetId" not in given:
                self._names.setdefault(name.casefold(), (name, scan.text(refers_to)))
            elif (title := titles.get(_number(given["localSheetId"]))) is not None:
                twin = name, title, scan.text(refers_to)
                self._twins.setdefault(name.casefold(), []).append(twin)
        for key, (first, *more) in self._twins.items():
            if key not in self._names and not more:
                self._names[key] = first[0], first[2]

    def __getitem__(self, name: str) -> Area | None:
        if name in self._areas:
            return self._areas[name]
        area = self._area(self.text(name))
        if area is None and len(twins := self.twins(name)) == 1:
            area = twins[0]
        self._areas[name] = area
        return area

    def twins(self, name: str) -> tuple[Area, ...]:
        """Where names of that name lead that belong to one sheet and lead to a cell of it."""
        areas = ((own, self._area(text)) for _, own, text in self._twins.get(name.casefold(), ()))
        return tuple(area for own, area in areas if area is not None and area.sheet == own)

    def _area(self, refers_to: str) -> Area | None:
        area = parse_area(refers_to) if len(refers_to) <= _LONGEST else None
        sheet = self._sheets.get(area.sheet.casefold()) if area else None
        return structs.replace(area, sheet=sheet) if area and sheet else None

    def text(self, name: str) -> str:
        """What the name refers to, as written in the file. Raises KeyError."""
        return self._names[name.casefold()][1]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._names

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._names.values())

    def __len__(self) -> int:
        return len(self._names)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


@remembered(results=64, longest=300_000)
def names_in(xml: bytes, sheets: tuple[str, ...]) -> DefinedNames:
    """`DefinedNames`, remembered by the definitions' text and the names of the sheets."""
    return DefinedNames(xml, sheets)
