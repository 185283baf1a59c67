"""The words of the language that sentences about figures are made of, by kind.

What the words of a standard's figures are stands in its vocabulary; these are the same for all.
"""

from __future__ import annotations

import re
from typing import Literal

from workbook_tools.standard.vocabulary import Aspect

WordKind = Literal[
    "T",  # names a figure
    "A",  # names a figure, or says which of another's is meant: 年初预算, 全年执行数
    "N",  # a number
    "Y",  # a year: this, previous, other
    "B",  # budget or actual
    "W",  # the department itself: 我局
    "L",  # says nothing: 为, 共计
    "P",  # 其中
    "S",  # 占
    "C",  # 较上年, 同比, 比预算
    "G",  # 增长, 下降
    "D",  # 分别为
    "M",  # 合计, 三项合计: the sum of what was listed
    "X",  # 含, 不含: the figure before is more or less than its name says
    "E",  # the rest of the paragraph may be about others
    "U",  # the figures of the sentence are something else
    "O",  # other
    "+",  # 和
    ",",
    "、",
    ";",
    ":",
    "(",
    ")",
]

PLAIN: dict[WordKind, str] = {
    "W": "我局 我委 我办 我院 我校 我馆 我站 我队 我所 我中心 我单位 我部门 "
    "本局 本委 本办 本院 本校 本馆 本站 本中心 本单位 本部门 全局",
    "L": "为 是 共 计 共计 达 达到 总额 金额 数 数额 的 人民币 总数 数为 总额为 总数为 合计为 "
    "年末 年底 截至年末 截至年底 12月底 12月末 12月31日 截至 "
    "核定 实有 现有 共有 年末实有 现有实有 全口径 "
    "部门 单位 经费 资金 财政 财政批复 了 比重 比例 比重为 比例为",
    "P": "其中",
    "S": "占 占比 占比为 占到 所占比重 所占比例",
    "D": "分别为 分别是 分别",
    "M": "合计 总计",
    "X": "含 包含 包括 不含 不包括 扣除 其余 另有 另外 加上",
    "+": "和 及 与 以及",
    ",": "， ,",
    "、": "、",
    ";": "； ;",
    ":": "： :",
    "(": "（ ( 〔 [",
    ")": "） ) 〕 ]",
}
SUMS = {
    f"{before}{number}{what}{total}": count
    for number, count in (("两", 2), ("三", 3), ("四", 4), ("五", 5))
    for what in ("项", "者")
    for before in ("", "以上")
    for total in ("合计", "共计", "总计")
}
"""Words for the sum of what was listed, and how many terms it has."""
ASPECTS: dict[Aspect, str] = {
    "budget": "预算 预算数 预算额 预算安排 预算安排数 安排 支出预算 支出预算数 "
    "年初安排 预算批复 预算为 预算总额",
    "actual": "支出 实际 实际支出 实际支出数 实际使用 使用 实际发生 发生 决算 决算数 支出决算 "
    "支出决算数 实际完成 支出数 支出额 实际执行 实际支出总额 开支 支出总额为 全年",
}
"""全年 is among them because 全年预算 is the adjusted budget, which is neither."""
YEARS: dict[Literal["this", "previous"], str] = {
    "this": "本年 本年度 当年 今年",
    "previous": "上年 上年度 去年 上一年 上一年度",
}
COMPARED: dict[Aspect | None, str] = {
    None: "同比 较上年 比上年 较上年度 比上年度 较去年 比去年 与上年相比 与上年度相比 与去年相比 "
    "较上年同期 比上年同期 比去年同期 较去年同期 较上年决算 比上年决算 较上年支出 比上年支出",
    "budget": "较年初预算 比年初预算 较预算 比预算 较预算数 比预算数 较年初预算数 比年初预算数 "
    "与年初预算相比 与预算相比",
}
DIRECTIONS = {
    1: "增长 增加 上升 提高 增长了 增加了 上升了 提高了",
    -1: "下降 减少 降低 压减 压缩 下降了 减少了 降低了 压减了",
}
PURPOSES = ("用于", "主要用于", "主要是", "全部用于")
"""What may follow an amount and says nothing of it."""
EARLY = "年初"
ITEM = (
    r"(?<![^\s。；;：:，,])(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．](?!\d)"
    r"|[一二三四五六七八九十]是)"
)
"""The number of an item in a list: 1. （2） 一、 三是."""

_BODY = re.compile(r"(局|院|校|所|站|中心|办|队|馆|公司|镇|乡|街道|园|场|委|会|单位|本级|机关)$")
_NAME_LENGTH = 12
_CIRCUMSTANCES = tuple("受按经为由根因据从在对通随")
_HEADING = re.compile(
    rf"(?:{PLAIN['W'].replace(' ', '|')}|部门|单位|[（）()]"
    r"|整体|收入|收支|支出|预算|决算|总体|基本|主要|具体|资金|执行|使用|管理|构成|安排"
    r"|批复|下达|金额|年初|年度|本年度?|20\d\d年度?|绩效|评价|自评|报告|及|和|与|的|\s)*"
    r"(?:情况|如下|方面|构成|概况|规模|说明|展示)?"
)
_ABOUT = re.compile(r"的?(?:基本|支出|收支)*(?:情况|概况|方面)$")
_NAMED_ALREADY = re.compile(r"基本支出")
_GENERAL = re.compile(
    r"(?:年初|年中|年末|本年度?|全年|上年末?|批复|调整后?|追加|追减|预算|决算|支出|收入|总|额|数|合计"
    r"|安排|全部|基本|项目|结转|结余|资金|和|的|年度|当年|执行|实际|财政|拨款|其他|率)+"
)
_BEHIND = re.compile(r"[（(][^（）()]*[）)]$")
_MATTER = re.compile(r"项目|工程|专项|资金|经费|补助|补贴|任务")


def introduces_another(words: str, begins: bool) -> bool:
    """Whether words that are not understood may make somebody else the subject of what follows.

    They do when they end like the name of a body, or when, at the beginning of a sentence, they are
    short enough for a name and do not begin like a circumstance (受疫情影响).
    """
    if names_a_body(words):
        return True
    return begins and len(words) <= _NAME_LENGTH and not begins_like_a_circumstance(words)


def begins_like_a_circumstance(words: str) -> bool:
    """Whether words say under what something was done, and not what: 受疫情影响."""
    return words.startswith(_CIRCUMSTANCES)


def whole_name(name: str) -> str:
    """A name as texts have it, without what is put behind it in brackets."""
    return _BEHIND.sub("", name.strip())


def names_a_matter(words: str) -> bool:
    """Whether words speak of something that has money of its own: 加快公路项目建设."""
    return _MATTER.search(words) is not None


def names_a_body(words: str) -> bool:
    """Whether words end like the name of a body, or of a part of the department: 局本级."""
    return _BODY.search(_ABOUT.sub("", words)) is not None


def is_heading(words: str) -> bool:
    """Whether words before a colon only announce figures: 整体支出情况."""
    return _HEADING.fullmatch(words) is not None and not _NAMED_ALREADY.search(words)


def is_general(name: str) -> bool:
    """Whether every item, project or body has a figure of that name: 年初预算, 本年支出合计.

    部门整体支出 is the department's alone, 公务接待费 says itself what it is.
    """
    return _GENERAL.fullmatch(name) is not None
