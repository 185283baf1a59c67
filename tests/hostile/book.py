"""A real filled workbook with errors in it, taken apart, to be spoilt and put together again."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from tests.cli.shell import WATER
from tests.hostile.zips import Entry, zip_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
RELS, TYPES, TOP = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels"
_SHEETS = (
    "填报说明", "基本信息", "预算执行", "人员资产", "履职任务", "制度合规", "个性指标", "计分表",
    "报告正文", "校验结果", "_meta",
)  # fmt: skip


def part_of(sheet: str) -> str:
    """The part of a sheet of the sample."""
    return f"xl/worksheets/sheet{_SHEETS.index(sheet) + 1}.xml"


STAFF, TASKS, SCORES, META = map(part_of, ("人员资产", "履职任务", "计分表", "_meta"))


class Book:
    """The parts of the sample; `entries` are what the file is made of."""

    def __init__(self, path: Path = WATER) -> None:
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def replace(self, part: str, old: str, new: str, count: int = 1) -> Book:
        """Replace a text in a part, which must be there."""
        before = self.parts[part]
        assert old.encode() in before, (part, old)
        self.parts[part] = before.replace(old.encode(), new.encode(), count)
        return self

    def cell(self, part: str, address: str, content: str, attributes: str = "") -> Book:
        """Put other content (markup) and attributes into a cell."""
        pattern = rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'.encode()
        new = f'<c r="{address}"{attributes}>{content}</c>'.encode()
        self.parts[part], found = re.subn(pattern, lambda _: new, self.parts[part], count=1)
        assert found, address
        return self

    def named(self, name: str) -> tuple[str, str]:
        """The part and address of a named cell."""
        target = re.search(
            rf"<definedName name=\"{name}\">'([^']*)'!\$([A-Z]+)\$(\d+)".encode(),
            self.parts[WORKBOOK],
        )
        assert target is not None, name
        return part_of(target[1].decode()), (target[2] + target[3]).decode()

    def name(self, name: str, refers_to: str) -> Book:
        """Let a defined name point elsewhere; define it where there is none."""
        workbook = self.parts[WORKBOOK]
        new = f'<definedName name="{name}">{refers_to}</definedName>'.encode()
        pattern = rf'<definedName name="{name}">[^<]*</definedName>'.encode()
        workbook, found = re.subn(pattern, lambda _: new, workbook, count=1)
        if not found:
            workbook = workbook.replace(b"</definedNames>", new + b"</definedNames>")
        self.parts[WORKBOOK] = workbook
        return self

    def rows(self, part: str, markup: bytes) -> Book:
        """Add rows after the last one of a sheet."""
        assert b"</sheetData>" in self.parts[part]
        self.parts[part] = self.parts[part].replace(b"</sheetData>", markup + b"</sheetData>")
        return self

    def entries(self) -> list[Entry]:
        return [Entry(name, content) for name, content in self.parts.items()]

    def save(self, path: Path) -> None:
        path.write_bytes(zip_file(self.entries()))
