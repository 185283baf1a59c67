"""A workbook: its sheets, its defined names, and the cells that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from os import PathLike
from typing import Literal, NamedTuple, cast

from . import scan
from .address import Area
from .cells import Cell
from .errors import SAVE_AS_XLSX, PackageError
from .names import Names
from .package import Package, Relationship

State = Literal["visible", "hidden", "veryHidden"]

_SPREADSHEET = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.",
    "application/vnd.ms-excel.sheet.macroEnabled.",
    "application/vnd.ms-excel.template.macroEnabled.",
    "application/vnd.ms-excel.addin.macroEnabled.",
)
_VBA = "application/vnd.ms-office.vbaProject"
_TRUE = ("1", "true", "on")


class Sheet(NamedTuple):
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
        self._xml = scan.plain(package.xml_text(self._part))
        self.sheets: tuple[Sheet, ...] = tuple(self._listed_sheets())
        self._by_name = {sheet.name.casefold(): sheet for sheet in self.sheets}
        self.names = Names(self._xml, {key: sheet.name for key, sheet in self._by_name.items()})
        properties = scan.first(self._xml, "workbookPr")
        given = (
            scan.attributes(self._xml[properties.start : properties.inner]) if properties else {}
        )
        self.date1904: bool = given.get("date1904", "") in _TRUE

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name, in any letter case. Raises KeyError."""
        return self._by_name[name.casefold()]

    def _listed_sheets(self) -> Iterable[Sheet]:
        relations = {relation.id: relation for relation in self._relations}
        listed = scan.first(self._xml, "sheets")
        if listed is None:
            raise self.package.unreadable("工作簿里没有任何工作表。")
        for span in scan.elements(self._xml, "sheet", listed.inner, listed.close):
            given = scan.attributes(self._xml[span.start : span.inner])
            # The prefix of r:id is the writer's choice; sheetId has none.
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            relation = relations.get(key)
            state = given.get("state", "visible")
            yield Sheet(
                given.get("name", ""),
                cast(State, state if state in ("hidden", "veryHidden") else "visible"),
                relation.target if relation else "",
                relation.kind if relation else "missing",
            )

    @property
    def _relations(self) -> tuple[Relationship, ...]:
        return self.package.relationships(self._part)


def open_workbook(source: str | PathLike[str] | Package) -> Workbook:
    """Open a file or a package as a workbook. Raises PackageError when it is none."""
    return Workbook(source if isinstance(source, Package) else Package.open(source))


def _main_part(package: Package) -> str:
    for relation in package.relationships():
        if relation.kind == "officeDocument" and not relation.external:
            kind = package.content_type(relation.target) or ""
            if not kind.startswith(_SPREADSHEET):
                raise PackageError(
                    "not-a-workbook", package.path, _other_document(kind), SAVE_AS_XLSX
                )
            return relation.target
    raise PackageError("not-a-workbook", package.path, "是压缩包，里面没有工作簿。", SAVE_AS_XLSX)


def _other_document(content_type: str) -> str:
    if "sheet.binary" in content_type:
        return "是二进制格式（.xlsb）工作簿。"
    if "wordprocessingml" in content_type:
        return "是 Word 文档，不是工作簿。"
    if "presentationml" in content_type:
        return "是演示文稿，不是工作簿。"
    return "不是工作簿，内容类型无法识别。"
