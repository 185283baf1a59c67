"""The fields that programs look for by their ids: this is the list, with type and meaning.

Every other id of a standard is its own affair. All of these are optional: without one there is no
such column, sheet, sentence or check. They are single inputs, not cells of grids or tables.
``docs/writing-a-standard.md`` has the same list, for those who write a standard.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from workbook_tools.standard.inputs import InputType

UNIT_NAME, UNIT_CODE = "unit_name", "unit_code"
SUPERVISOR, PARENT_CODE, SCOPE = "supervising_department", "parent_code", "scope"
FISCAL_YEAR, PREPARED_ON = "fiscal_year", "prepared_on"
UNIT_HEAD, FINANCE_HEAD, PREPARED_BY, PHONE = "unit_head", "finance_head", "prepared_by", "phone"
CLAIMED_TOTAL, CLAIMED_GRADE = "claimed_total", "claimed_grade"
PROJECT_NAME = "project_name"
FUNCTIONS = "functions"
GOALS, MANAGEMENT, USAGE = "narrative_goals", "narrative_management", "narrative_usage"
DISCLOSURE, ASSETS = "narrative_disclosure", "narrative_assets"
INTERNAL_CONTROL = "narrative_internal_control"
PERFORMANCE, PRIORITY_WORK = "narrative_performance", "narrative_priority_work"
PROBLEMS, IMPROVEMENTS = "narrative_problems", "narrative_improvements"
OTHER = "narrative_other"


class KnownField(msgspec.Struct, frozen=True):
    """A field that programs look for: the types that it may have, and in Chinese what it is for."""

    types: tuple[InputType, ...]
    use: str


_WORDS: tuple[InputType, ...] = ("text", "choice")
_TEXT: tuple[InputType, ...] = ("long_text", "text")

KNOWN_FIELDS: Mapping[str, KnownField] = MappingProxyType(
    {
        UNIT_NAME: KnownField(_WORDS, "单位名称：名册、汇总、报告标题"),
        UNIT_CODE: KnownField(_WORDS, "单位编码：名册、查重、汇总"),
        SUPERVISOR: KnownField(_WORDS, "主管部门：预算汇总按它小计"),
        PARENT_CODE: KnownField(_WORDS, "上级单位编码：与 scope 一起避免重复汇总"),
        SCOPE: KnownField(("choice",), "数字是否已包含所属单位：避免重复汇总"),
        PROJECT_NAME: KnownField(_WORDS, "项目名称：一个项目一份的表，汇总时写在项目编码旁"),
        FISCAL_YEAR: KnownField(("year",), "评价年度：报告标题，核对交来的是不是本年度的表"),
        PREPARED_ON: KnownField(("date",), "填报日期：同一单位报了几份时以较晚的为准，报告落款"),
        UNIT_HEAD: KnownField(_WORDS, "单位负责人：报告落款"),
        FINANCE_HEAD: KnownField(_WORDS, "财务负责人：报告落款"),
        PREPARED_BY: KnownField(_WORDS, "填报人：报告落款"),
        PHONE: KnownField(_WORDS, "联系电话：报告落款"),
        CLAIMED_TOTAL: KnownField(("score", "number"), "自评报告写明的总分：与计分表核对"),
        CLAIMED_GRADE: KnownField(_WORDS, "自评报告写明的等次：与计分表核对"),
        FUNCTIONS: KnownField(_TEXT, "报告中的单位基本职能"),
        GOALS: KnownField(_TEXT, "报告中的绩效目标"),
        MANAGEMENT: KnownField(_TEXT, "报告中的支出管理情况"),
        USAGE: KnownField(_TEXT, "报告中的支出使用情况"),
        DISCLOSURE: KnownField(_TEXT, "报告中的信息公开情况"),
        ASSETS: KnownField(_TEXT, "报告中的资产管理情况"),
        INTERNAL_CONTROL: KnownField(_TEXT, "报告中的内部控制情况"),
        PERFORMANCE: KnownField(_TEXT, "报告中的整体支出绩效"),
        PRIORITY_WORK: KnownField(_TEXT, "报告中的重点工作完成情况"),
        PROBLEMS: KnownField(_TEXT, "报告中的存在的问题"),
        IMPROVEMENTS: KnownField(_TEXT, "报告中的改进措施"),
        OTHER: KnownField(_TEXT, "报告最后的其他说明"),
    }
)
"""By id, in the order in which people think of them: who, for when, signed by whom, what."""
