"""The row of a roster that names its columns: which column is what, and which names are slips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import msgspec

from workbook_tools.intake.roster_lines import RosterError
from workbook_tools.standard.contract import Field
from workbook_tools.standard.known_fields import UNIT_CODE, UNIT_NAME
from workbook_tools.standard.model import Standard
from workbook_tools.standard.unit_codes import bare

OFFICE = "office"
OFFICE_LABEL = "归口业务股室"
KIND = "kind"
KIND_LABEL = "同类单位组"
REQUIRED = (UNIT_CODE, UNIT_NAME)

FORMER = "former_code"
FORMER_LABEL = "去年单位编码"

_ALSO = {
    "单位编码": UNIT_CODE,
    "单位代码": UNIT_CODE,
    "预算单位代码": UNIT_CODE,
    "单位名称": UNIT_NAME,
    "预算单位名称": UNIT_NAME,
    OFFICE_LABEL: OFFICE,
    "业务股室": OFFICE,
    "归口股室": OFFICE,
    KIND_LABEL: KIND,
    "同类组": KIND,
    FORMER_LABEL: FORMER,
    "上年单位编码": FORMER,
    "原单位编码": FORMER,
    "单位类别": KIND,
    "单位类型": KIND,
}
"""What bureaus call the columns, beside the labels of the standard."""
_PERSON = ("联系人", "联系人姓名", "经办人")
_PHONE = ("联系电话", "联系方式", "电话", "电话号码", "办公电话", "手机", "手机号", "手机号码")
_CONTACT = frozenset((*_PERSON, *_PHONE))
"""Whom to call: the bureau's own knowledge, which no template is prefilled with."""
_OTHER = frozenset(("序号", "备注", "说明", "邮箱", "地址", "传真", "主要负责人"))
"""Usual columns of a list of units that are none of ours, however like one of ours they sound."""
_ABOVE = 10  # lines among which the headings are looked for, below a title and a date
_NEAR = 3  # names that are offered
_ALIKE = 0.6  # of 1: 单位编号 is 单位编码 misspelt, 主管领导 is a column of its own


class RosterHeadings(msgspec.Struct, frozen=True):
    """The columns of a roster: ``columns`` by id; those of ``contacts`` say whom to call.

    ``row`` is where the headings stand, ``title`` the text above it; ``left`` are the headings of
    columns that are for other purposes.
    """

    row: int
    title: str
    columns: Mapping[str, int]
    contacts: tuple[int, ...]
    left: tuple[str, ...]

    def cell(self, cells: Sequence[str], column: str) -> str:
        """What a line has in a column, "" where it ends before."""
        place = self.columns[column]
        return cells[place] if place < len(cells) else ""

    def contact(self, cells: Sequence[str]) -> str:
        """Whom to call, as the line says it: ``张三 0730-1234567``."""
        texts = (cells[place] for place in self.contacts if place < len(cells))
        return " ".join(text for text in texts if text)


def headings(
    file: str,
    lines: Sequence[tuple[int, Sequence[str]]],
    known: Mapping[str, Field],
    standard: Standard,
) -> RosterHeadings:
    """Find and understand the headings; raises RosterError, naming every one that is wrong."""
    names = _also_called(known, standard)
    names |= {bare(entry.label): entry.id for entry in known.values()} | _ALSO
    amounts = (entry for entry in known.values() if entry.type == "money")
    names |= {bare(f"{entry.label}（万元）"): entry.id for entry in amounts}
    names |= {entry: entry for entry in (*known, OFFICE, KIND, FORMER)}
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise RosterError(f"{file}：名册是空的。应有一行列名，写明“单位编码”和“单位名称”。")
    number, cells = _heading_line(filled, names)
    columns: dict[str, int] = {}
    contacts: list[int] = []
    left: list[str] = []
    wrong: list[str] = []
    meant: set[str] = set()
    for place, title in enumerate(map(bare, cells)):
        where = f"{file} 第 {number} 行第 {place + 1} 列"
        column = names.get(title)
        if not title:
            continue
        if title in _CONTACT:
            contacts.append(place)
        elif column in columns:
            wrong.append(f"{where}：列“{title}”出现了两次。")
        elif column is not None:
            columns[column] = place
        elif title not in _OTHER and ((near := _near(title, names)) or title.isascii()):
            # ids are typed by people who mean ours, other words may be meant for others
            nearest = f"，最接近的是{'、'.join(f'“{name}”' for name in near)}" if near else ""
            wrong.append(f"{where}：不认识的列名“{title}”{nearest}。")
            meant |= {names[name] for name in near}
        else:
            left.append(title)
    wrong += [
        f"{file} 第 {number} 行：缺少必需的列“{label}”（{required}）。"
        for required, label in zip(REQUIRED, ("单位编码", "单位名称"), strict=True)
        if required not in columns and required not in meant
    ]
    if wrong:
        raise RosterError("\n".join([*wrong, *_accepted(known, standard)]))
    title = " ".join(cell for above, row in filled if above < number for cell in row if cell)
    return RosterHeadings(number, title, columns, tuple(contacts), tuple(left))


def _also_called(known: Mapping[str, Field], standard: Standard) -> dict[str, str]:
    """What else the standard calls its entries, where that can be no other one of them.

    Amounts have the words of the vocabulary: those that mean one figure whatever is said around,
    and those that only a budget has, with or without 万元.
    """
    called: dict[str, set[str]] = {}
    for entry in known.values():
        for name in entry.also_called:
            called.setdefault(bare(name), set()).add(entry.id)
    for term in standard.vocabulary.terms:
        meant = term.means or (term.budget if len(term.figures) == 1 else "")
        if meant in known:
            for word in term.words:
                for name in (word, f"{word}（万元）"):
                    called.setdefault(bare(name), set()).add(meant)
    return {name: ids.pop() for name, ids in called.items() if len(ids) == 1}


def _heading_line(
    lines: Sequence[tuple[int, Sequence[str]]], names: Mapping[str, str]
) -> tuple[int, Sequence[str]]:
    """The line with most names that are known; a title has none."""

    def known(cells: Sequence[str]) -> tuple[int, bool]:
        return sum(bare(cell) in names for cell in cells), sum(map(bool, cells)) > 1

    return max(lines[:_ABOVE], key=lambda line: known(line[1]))


def _near(title: str, names: Mapping[str, str]) -> list[str]:
    """The names that a title seems to be meant for, the nearest first."""
    near = get_close_matches(title, names, _NEAR, _ALIKE)
    return near if title.isascii() else [name for name in near if not name.isascii()]


def _accepted(known: Mapping[str, Field], standard: Standard) -> list[str]:
    """The names to choose from, a line per sheet of the template."""
    lines = [
        "可用的列名（其他用途的列，如序号、备注，可以保留）：",
        "  必需：单位编码、单位名称",
        f"  联系：{OFFICE_LABEL}、联系人、电话",
        f"  比较：{KIND_LABEL}、{FORMER_LABEL}（更名、合并、拆分的单位；几个编码用顿号隔开）",
    ]
    for sheet in standard.sheets:
        labels = [
            entry.label
            for entry in known.values()
            if entry.sheet == sheet.id
            and entry.type != "long_text"
            and "—" not in entry.label
            and entry.id not in REQUIRED
        ]
        if labels:
            lines.append(f"  要预填的数据项，“{sheet.title}”表：{'、'.join(labels)}")
    return lines
