"""The official form of a department's report: under which heading each text stands.

`report` writes by it, and what it wrote is read back by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workbook_tools.standard.known_fields import (
    ASSETS,
    DISCLOSURE,
    FUNCTIONS,
    GOALS,
    IMPROVEMENTS,
    INTERNAL_CONTROL,
    MANAGEMENT,
    OTHER,
    PERFORMANCE,
    PRIORITY_WORK,
    PROBLEMS,
    USAGE,
)

_SPENDING, _RESULTS = "部门整体支出管理和使用情况", "部门整体支出绩效"
RESULT_SECTION = "评价结果"
SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        FUNCTIONS: "单位基本职能",
        GOALS: "年度预算和绩效目标",
        MANAGEMENT: _SPENDING,
        USAGE: _SPENDING,
        DISCLOSURE: _SPENDING,
        ASSETS: _SPENDING,
        INTERNAL_CONTROL: _SPENDING,
        PERFORMANCE: _RESULTS,
        PRIORITY_WORK: _RESULTS,
        PROBLEMS: "存在的问题",
        IMPROVEMENTS: "改进措施",
        OTHER: "其他需要说明的问题",
    }
)
"""The heading of the section that a text belongs to, by field; other long texts have their own."""
STANDARD_LINE = "评分标准："
"""How the line below the head table begins that names the standard."""
BASIC_DATA, CHECKLISTS = "基础数据表", "逐项回答"
"""The annex with all entries, and what the list of answers on a sheet is called there."""
ENTRY_COLUMNS = ("项目", "填报内容", "单位", "数据来源")
CHECKLIST_COLUMNS = ("核对内容", "回答", "依据")
GRID_COLUMN = "项目"
PENDING = "资料待更正"
"""What stands in a formal report where what was filled in is no fact."""
NA_REASON = "不涉及的理由："
"""What stands before such a reason in the column of reasons."""
WRITTEN = "Written"
"""The paragraph style of what a department wrote itself."""


def sheet_title(sheet: str, label: str, unit: str = "") -> str:
    """The heading of a list or grid of a sheet in the annex."""
    told = f"（{unit}）" if unit else ""
    return f"{sheet}{told}" if label == sheet else f"{sheet}：{label}{told}"


def column_title(label: str, unit: str) -> str:
    """The head of a list's column."""
    return f"{label}（{unit}）" if unit else label
