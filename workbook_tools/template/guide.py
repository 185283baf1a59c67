"""The first sheet: what to do in which order, what the marks mean, and how far one has come."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.standard.contract import RESULT_NOTICE, RESULT_SHEET
from workbook_tools.standard.inputs import Sheet
from workbook_tools.template.book import TemplatePage
from workbook_tools.template.placeholder_list import ABOUT, write_placeholders
from workbook_tools.template.plan import ISSUED, OPTIONAL, REQUIRED, WHEN_NEEDED, Tally
from workbook_tools.template.styles import BAD, GOOD
from workbook_tools.template.wrap import Wrapped, row_height

_WIDTHS = (14.0, 54.0, 11.0, 11.0, 11.0)
_LAST = len(_WIDTHS) - 1
_CONTENTS = ("工作表", "内容", "必填项数", "已填项数", "完成率")
_, _ABOUT, _REQUIRED, _FILLED, _RATE = range(len(_CONTENTS))

_STEPS = (
    "按下面目录的顺序逐张填写：先填各数据表，再在“计分表”填写自评得分，最后写“报告正文”。",
    "只填浅黄色带边框的格子，其余已锁定。金额单位一律为万元，保留两位小数；比率可直接输入 95%。",
    "没有发生的项目请填 0。空白表示没有填写，不会当作 0；缺数据的指标不能计分，总分只显示区间。",
    "数字只填数字，不带单位、空格和中文数字；有下拉箭头的格子从列表中选择，不要自行输入相近的词。",
    "每格右侧显示“√”的为填好，“待填”“应填数字”等为需要处理；点选格子会出现填写说明和数据来源。",
    "填完后看下面的完成率，再核对“计分表”中的系统得分、自评得分和差异；自评扣分的写明扣分原因。",
    "移动数据请先“复制”，再“选择性粘贴—数值”；不要剪切或拖动格子，那样会毁掉格子的名称。",
    "不要删除工作表，不要改动公式。核对无误后打印“计分表”签字盖章，并把本文件报送财政部门。",
)


def write_guide(
    page: TemplatePage,
    title: str,
    sheets: tuple[Sheet, ...],
    tallies: Mapping[str, Tally],
    tool: str,
) -> None:
    """Write the guide; ``tallies`` say, by sheet id, what must be filled in."""
    _Guide(page, title).write(sheets, tallies, tool)


class _Guide:
    def __init__(self, page: TemplatePage, title: str) -> None:
        self.page, self.title = page, title
        self.row = 0

    def write(self, sheets: tuple[Sheet, ...], tallies: Mapping[str, Tally], tool: str) -> None:
        page = self.page
        for column, width in enumerate(_WIDTHS):
            page.sheet.set_column(column, column, width)
        page.text(0, 0, self.title, "title", _LAST)
        page.height(0, 36)
        page.text(1, 0, "填报说明", "about_center", _LAST)
        self._notice(2)
        self.row = 3
        self._steps()
        self._marks()
        self._contents(sheets, tallies)
        self._about(tool)
        page.print_setup(landscape=False)
        page.sheet.fit_to_pages(1, 1)
        page.sheet.print_area(0, 0, self.row - 1, _LAST)
        self._placeholders()
        page.protect()

    def _placeholders(self) -> None:
        """The names for the report's text, to look up on the screen; they are not printed."""
        if not any(one.type == "long_text" for one in self.page.book.standard.inputs):
            return
        self.row += 1
        self._section("正文中引用表中的数")
        self._line("怎样引用", ABOUT)
        self.row = write_placeholders(self.page, self.row)

    def _notice(self, row: int) -> None:
        """A blank cell in which the checking program says what it found."""
        page = self.page
        page.text(row, 0, "", "link", _LAST)
        page.name(RESULT_NOTICE, row, 0)
        page.height(row, 24)

    def _section(self, text: str) -> None:
        self.page.text(self.row, 0, text, "section", _LAST)
        self.page.height(self.row, 21)
        self.row += 1

    def _steps(self) -> None:
        self._section("怎样填")
        for number, text in enumerate(_STEPS, start=1):
            self._line(f"第 {number} 步", text)
        self.row += 1

    def _line(self, label: str, text: str) -> None:
        page = self.page
        page.text(self.row, 0, label, "center_strong")
        page.text(self.row, 1, text, "label", _LAST)
        page.height(self.row, row_height(Wrapped(text, sum(_WIDTHS[1:])), least=22))
        self.row += 1

    def _marks(self) -> None:
        page, book = self.page, self.page.book
        self._section("格子和符号")
        for sample, look, text in (
            ("填写", book.field_look("input", "choice"), "浅黄底、带边框：由单位填写，可以修改。"),
            (
                "财政预填",
                book.field_look("issued", "choice"),
                f"浅绿底，标“{ISSUED}”：财政部门已经填好，已锁定。有出入请联系财政部门。",
            ),
            (
                "财政复核",
                book.field_look("review", "choice"),
                "灰色斜纹：由财政部门复核时填写，已锁定。",
            ),
        ):
            page.sheet.write_string(self.row, 0, sample, page.book.format(look | {"locked": True}))
            page.text(self.row, 1, text, "label", _LAST)
            page.height(self.row, 22)
            self.row += 1
        page.text(self.row, 0, "自动计算", "word")
        page.text(self.row, 1, "浅灰底：由公式算出，不需要也不能填写。", "label", _LAST)
        page.height(self.row, 22)
        self.row += 1
        text = f"{REQUIRED}　{OPTIONAL}　{WHEN_NEEDED}（点选格子，提示里写明什么情况要填）"
        page.text(self.row, 0, "要求", "center_strong")
        page.text(self.row, 1, text, "label", _LAST)
        page.height(self.row, 22)
        self.row += 2

    def _contents(self, sheets: tuple[Sheet, ...], tallies: Mapping[str, Tally]) -> None:
        page = self.page
        self._section("目录和完成情况")
        for column, text in enumerate(_CONTENTS):
            page.text(self.row, column, text, "header")
        page.height(self.row, 22)
        self.row += 1
        first = self.row
        for sheet in sheets:
            self._entry(sheet.title, sheet.about, tallies[sheet.id])
        last = self.row - 1
        page.text(self.row, 0, "合计", "center_strong", 1)
        required = sum(tally.required for tally in tallies.values())
        filled = sum(tally.filled_when_blank for tally in tallies.values())
        for column, count in ((_REQUIRED, required), (_FILLED, filled)):
            area = page.reference(first, column, last, column).split("!")[1]
            page.formula(self.row, column, f"SUM({area})", "whole", blank=count)
        self._rate(required, filled)
        page.height(self.row, 24)
        rate = page.in_column(first, _RATE)
        page.words_highlighted(
            (first, _RATE, self.row, _RATE),
            {f"{rate}=1": GOOD, f"AND(ISNUMBER({rate}),{rate}<1)": BAD},
        )
        self.row += 1
        self._link(RESULT_SHEET)
        text = "财政部门或单位运行校验程序后，问题清单列在这张表里，并在相应格子加批注。"
        page.text(self.row, 1, text, "label", _LAST)
        page.height(self.row, row_height(Wrapped(text, sum(_WIDTHS[1:])), least=22))
        self.row += 2

    def _link(self, title: str) -> None:
        look = self.page.book.style("link")
        self.page.sheet.write_url(self.row, 0, f"internal:'{title}'!A1", look, title)

    def _entry(self, title: str, about: str, tally: Tally) -> None:
        page, row = self.page, self.row
        self._link(title)
        page.text(row, _ABOUT, about, "label")
        page.number(row, _REQUIRED, tally.required, "whole")
        if tally.filled:
            page.formula(
                row, _FILLED, "+".join(tally.filled), "whole", blank=tally.filled_when_blank
            )
        else:
            page.number(row, _FILLED, 0, "whole")
        self._rate(tally.required, tally.filled_when_blank)
        page.height(row, row_height(Wrapped(about, _WIDTHS[1]), least=24))
        self.row += 1

    def _rate(self, required: int, filled: int) -> None:
        required_cell, filled_cell = (
            self.page.reference(self.row, column).split("!")[1] for column in (_REQUIRED, _FILLED)
        )
        text = f'IF({required_cell}=0,"",{filled_cell}/{required_cell})'
        blank = filled / required if required else ""
        self.page.formula(self.row, _RATE, text, "whole_rate", blank=blank)

    def _about(self, tool: str) -> None:
        standard = self.page.book.standard
        self._section("版本和联系")
        for label, text in (
            ("评分标准", f"{standard.title}　{standard.version} 版"),
            ("依据", standard.basis),
            ("模板程序", f"workbook-tools {tool}"),
            ("联系", "填报中的问题请联系下发本表的财政部门绩效管理机构，电话以布置通知为准。"),
        ):
            self._line(label, text)
