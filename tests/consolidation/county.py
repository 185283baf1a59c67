"""A whole county on disk: filled workbooks whose scores a few lines of arithmetic tell.

One workbook is built, with marks where departments differ; the others are made from it by putting
figures in place of the marks, which takes milliseconds.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import msgspec
import openpyxl

from tests.template.department import FILLED, SCORES
from workbook_tools.standard import load_standard
from workbook_tools.template import build_template

QUOTA, APPROVED = 50, 1000
_EPOCH = datetime.date(1899, 12, 30)
_STAFF, _SPENT, _DAY = 98765, 87654, datetime.date(2035, 5, 5)  # the marks
_CODE, _NAME, _ABOVE = "MARK-CODE", "MARK-NAME", "MARK-ABOVE"


class Unit(msgspec.Struct, frozen=True):
    """A department, and by rules that any clerk applies what it scores."""

    number: int

    @property
    def code(self) -> str:
        return f"{301000 + self.number}"

    @property
    def name(self) -> str:
        return f"示例{self.number}局"

    @property
    def above(self) -> str:
        return f"主管{self.number % 7}局"

    @property
    def staff(self) -> int:
        return 40 + self.number % 30

    @property
    def spent(self) -> int:
        return 850 + self.number // 2 % 170  # two and two the same

    @property
    def scores(self) -> dict[str, Decimal]:
        """By indicator: two depend on the department, the others stand in the worked case."""
        scores = {indicator: Decimal(str(score)) for indicator, score in SCORES.items()}
        scores["staff_control"] = _cents(Decimal(5) * min(Decimal(1), Decimal(QUOTA) / self.staff))
        scores["budget_completion"] = _cents(
            Decimal(4) * min(Decimal(1), Decimal(self.spent) / APPROVED)
        )
        return scores

    @property
    def points(self) -> Decimal:
        return sum(self.scores.values(), Decimal(0))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


class Made:
    """The workbook with marks, and the others made from it."""

    def __init__(self, folder: Path) -> None:
        path = folder / "marks.xlsx"
        values = {
            **FILLED.values,
            "unit_code": _CODE,
            "unit_name": _NAME,
            "supervising_department": _ABOVE,
            "scope": "本级",
            "staff_quota": QUOTA,
            "staff_actual": _STAFF,
            "budget_approved": APPROVED,
            "expenditure_total": _SPENT,
            "prepared_on": _DAY,
        }
        filling = msgspec.structs.replace(FILLED, values=values, results={})
        build_template(load_standard(), path, filling=filling)
        with zipfile.ZipFile(path) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        path.unlink()

    def content(self, unit: Unit, day: datetime.date = datetime.date(2021, 3, 5)) -> bytes:
        """The workbook of a department, filled in on a day."""
        marks = {
            f">{_CODE}<": f">{unit.code}<",
            f">{_NAME}<": f">{unit.name}<",
            f">{_ABOVE}<": f">{unit.above}<",
            f"<v>{_STAFF}</v>": f"<v>{unit.staff}</v>",
            f"<v>{_SPENT}</v>": f"<v>{unit.spent}</v>",
            f"<v>{(_DAY - _EPOCH).days}</v>": f"<v>{(day - _EPOCH).days}</v>",
        }
        left = set(marks)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, part in self._parts.items():
                for mark in [one for one in marks if one.encode() in part]:
                    part = part.replace(mark.encode(), marks[mark].encode())
                    left.discard(mark)
                package.writestr(name, part)
        assert not left, left
        return stream.getvalue()

    def damaged(self) -> Iterator[tuple[str, bytes, str]]:
        """Files that nobody can consolidate: a name, what is in it, and a word of the reason."""
        good = self.content(Unit(999))
        yield from (
            ("空文件", b"", "空文件"),
            ("全是零", b"\0" * 5000, "空文件"),
            ("半截", good[: len(good) // 2], "损坏"),
            ("末尾丢失", good[:-30], "损坏"),
            ("乱码", bytes(range(256)) * 40, "不是"),
            ("通知", "请于三日内报送。".encode(), "不是"),
            ("表格", "单位,得分\n甲,100\n".encode("gbk"), "CSV"),
            ("网页", b"<html><body><table></table></body></html>", "HTML"),
            ("扫描件", b"%PDF-1.7\n%%EOF", "PDF"),
            ("压缩包", b"Rar!\x1a\x07\x00" + b"\1" * 99, "压缩包"),
            ("老格式", _COMPOUND + "Workbook".encode("utf-16-le"), "旧格式"),
            ("加密", _COMPOUND + "EncryptedPackage".encode("utf-16-le"), "密码"),
            ("公文", _COMPOUND + "WordDocument".encode("utf-16-le"), "文字文档"),
            ("二〇〇三", b'<?xml version="1.0"?><x xmlns:s="urn:schemas-microsoft-com:office:'
             b'spreadsheet"/>', "XML 表格 2003"),
            ("别的表", _other_workbook(), "模板"),
            ("没有目录", self._with({"[Content_Types].xml": None}), ""),
            ("没有工作表", self._with({"xl/workbook.xml": None}), ""),
            ("实体", self._with({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "DTD"),
            ("别的标准", self._replaced(b"hunan-county-2020", b"elsewhere-2099"), "elsewhere-2099"),
            ("炸弹", self._with({"xl/sharedStrings.xml": b"<sst>" + b" " * (30 << 20)}), "压缩比"),
        )  # fmt: skip

    def _with(self, changes: dict[str, bytes | None]) -> bytes:
        return zipped(
            {
                name: content
                for name, part in self._parts.items()
                if (content := changes.get(name, part)) is not None
            }
        )

    def _replaced(self, old: bytes, new: bytes) -> bytes:
        return zipped({name: part.replace(old, new) for name, part in self._parts.items()})


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def _other_workbook() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()
