"""A workbook: its sheets, its defined names, and the cells that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from types import TracebackType
from typing import Literal, NamedTuple, Self, cast

from . import scan
from .address import Area
from .cells import Cell
from .errors import SAVE_AS_XLSX, SEND_ORIGINAL, PackageError
from .limits import Limits
from .names import DefinedNames, names_in
from .package import Package, PackageSource, Relationship
from .sniff import other_package
from .strings import SharedStrings
from .worksheet import CrowdedError, DamagedCellError, Worksheet

State = Literal["visible", "hidden", "veryHidden"]

_SPREADSHEET = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.",
    "application/vnd.ms-excel.sheet.macroenabled.",
    "application/vnd.ms-excel.template.macroenabled.",
    "application/vnd.ms-excel.addin.macroenabled.",
)
"""In small letters: media types are compared in any case (RFC 2045, 5.1)."""
_MOST_MERGED = 2000  # areas of a sheet; the template itself has some hundred
_TRUE = ("1", "true", "on")
_LONGEST = 16_000_000
"""Bytes of the part that lists sheets and names: about 150,000 names, a hundred times ours."""


class WorkbookSheet(NamedTuple):
    """A tab: `kind` is the last step of its relationship's type, "worksheet" or "chartsheet"."""

    name: str
    state: State
    part: str
    kind: str


class Workbook:
    """A workbook opened for reading; open it with `open_workbook`."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._part = _main_part(package)
        if package.entry(self._part).file_size > _LONGEST:
            raise package.unreadable("工作簿目录过大，工作表或定义的名称多得不像正常填报。")
        self._xml = scan.plain(package.xml_text(self._part))
        self.sheets: tuple[WorkbookSheet, ...] = tuple(self._listed_sheets())
        self._by_name = {sheet.name.casefold(): sheet for sheet in self.sheets}
        defined = scan.first(self._xml, "definedNames")
        self.names: DefinedNames = names_in(
            self._xml[defined.inner : defined.close] if defined else b"",
            tuple(sheet.name for sheet in self.sheets),
        )
        properties = scan.first(self._xml, "workbookPr")
        given = (
            scan.attributes(self._xml[properties.start : properties.inner]) if properties else {}
        )
        self._worksheets: dict[str, Worksheet] = {}
        self.date1904: bool = given.get("date1904", "") in _TRUE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.package.__exit__(kind, error, trace)

    def sheet(self, name: str) -> WorkbookSheet:
        """The sheet of that name, in any letter case. Raises KeyError."""
        return self._by_name[name.casefold()]

    def cells(
        self, sheet_name: str, areas: Iterable[Area] | None = None
    ) -> dict[tuple[int, int], Cell]:
        """The cells of a worksheet inside any of the areas (None: all), by (row, column).

        Cells with neither value nor formula are left out, so ask `.get(place, BLANK)`. The areas'
        own sheet names do not matter. Raises KeyError for no such sheet, PackageError for a broken
        part; a chart sheet has no cells.
        """
        sheet = self.sheet(sheet_name)
        if sheet.kind != "worksheet":
            return {}
        try:
            return self._worksheet(sheet).cells(areas)
        except CrowdedError as error:
            raise self.package.unreadable(f"工作表“{sheet.name}”{error}，不像正常填报。") from error
        except DamagedCellError as error:
            raise self.package.unreadable(
                f"工作表“{sheet.name}”的单元格 {error.address} 已损坏，无法读取。"
            ) from error
        except ValueError as error:
            raise self.package.unreadable(f"工作表“{sheet.name}”的内容已损坏。") from error

    def merged(self, sheet_name: str) -> tuple[Area, ...]:
        """The merged areas of a worksheet; none where the part is broken behind its cells.

        Raises KeyError for no such sheet.
        """
        sheet = self.sheet(sheet_name)
        if sheet.kind != "worksheet":
            return ()
        try:
            areas = self._worksheet(sheet).merged(sheet.name)
            return tuple(islice(areas, _MOST_MERGED))
        except ValueError:
            return ()

    def _worksheet(self, sheet: WorkbookSheet) -> Worksheet:
        known = self._worksheets.get(sheet.part)
        if known is None:
            xml = scan.plain(self.package.xml_text(sheet.part))
            known = Worksheet(xml, self._strings, date1904=self.date1904)
            self._worksheets[sheet.part] = known
        return known

    @cached_property
    def _strings(self) -> SharedStrings:
        for relation in self.relationships:
            if relation.kind == "sharedStrings" and not relation.external:
                return SharedStrings(scan.plain(self.package.xml_text(relation.target)))
        return SharedStrings(b"")

    @cached_property
    def signed(self) -> bool:
        """Whether the package carries a digital signature, which any change makes void."""
        return any(
            relation.type.endswith("/digital-signature/origin")
            for relation in self.package.relationships()
        )

    def _listed_sheets(self) -> Iterable[WorkbookSheet]:
        relations = {relation.id: relation for relation in self.relationships}
        listed = scan.first(self._xml, "sheets")
        if listed is None:
            raise self.package.unreadable("工作簿里没有任何工作表。")
        for given in scan.listed(self._xml[listed.inner : listed.close], "sheet"):
            # The prefix of r:id is the writer's choice; sheetId has none.
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            relation = relations.get(key)
            state = given.get("state", "visible")
            yield WorkbookSheet(
                given.get("name", ""),
                cast(State, state if state in ("hidden", "veryHidden") else "visible"),
                relation.target if relation else "",
                relation.kind if relation else "missing",
            )

    @property
    def relationships(self) -> tuple[Relationship, ...]:
        """What the workbook's part leads to: sheets, styles, texts."""
        return self.package.relationships(self._part)


def open_workbook(source: PackageSource | Package, limits: Limits | None = None) -> Workbook:
    """Open a file, within ``limits`` or the usual ones, or a package as a workbook.

    Raises PackageError when it is none.
    """
    package = source if isinstance(source, Package) else Package.open(source, limits)
    try:
        return Workbook(package)
    except ValueError as error:
        raise package.unreadable("工作簿目录已损坏。") from error


def _main_part(package: Package) -> str:
    for relation in package.relationships():
        if relation.kind == "officeDocument" and not relation.external:
            kind = (package.content_type(relation.target) or "").lower()
            if not kind.startswith(_SPREADSHEET):
                raise PackageError("not-a-workbook", package.path, *_other_document(kind))
            return relation.target
    raise PackageError("not-a-workbook", package.path, *other_package(set(package.names)))


def _other_document(content_type: str) -> tuple[str, str]:
    """What it is, and what to do."""
    if "sheet.binary" in content_type:
        return "是二进制格式（.xlsb）工作簿。", SAVE_AS_XLSX
    if "wordprocessingml" in content_type or "ms-word." in content_type:
        return "是 Word 文档，不是工作簿。", SEND_ORIGINAL
    if "presentationml" in content_type or "ms-powerpoint." in content_type:
        return "是演示文稿，不是工作簿。", SEND_ORIGINAL
    return "不是工作簿，内容类型无法识别。", SAVE_AS_XLSX
