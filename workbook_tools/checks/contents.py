"""WB, second part: what travels in the file beside figures and could act on who opens it.

Nothing of it is run, opened or asked while reading, and none of it gets into a summary or report.
An annotated copy is the same file with notes in it, so it still holds what the original held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make, raises
from workbook_tools.standard.contract import GUIDE_SHEET, META_SHEET, RESULT_SHEET
from workbook_tools.standard.severity import Severity

_NAMED, _LISTED = 3, 10  # things named in a message, and in what was found
_IN_THE_COPY = "批注副本原样保留原件的内容，打开时请勿启用。"
_WPS_PICTURES = "wpsreserved_cellimglist"
"""A sheet that WPS hides behind pictures in cells; it holds nothing else."""


@raises(
    code="WB106",
    name="macros-present",
    severity="warning",
    title="工作簿带有宏",
    why="模板不含宏和加载项。来历不明的宏可能改动数据或带来安全风险；复算时不会运行。",
    fix="请另存为 .xlsx（不含宏）后重新提交。",
    example="文件中有 VBA 代码。",
)
def macros_present(case: Case) -> Iterator[Finding]:
    """The package carries code: macros, macro sheets, add-ins."""
    yield from _found(
        "macros-present",
        case.submission.origin.contents.code,
        "工作簿带有宏或加载项（{named}），模板中原本没有；复算时没有运行。"
        "请另存为 .xlsx 后重新提交。" + _IN_THE_COPY,
    )


@raises(
    code="WB107",
    name="external-links",
    severity="warning",
    title="链接了其他文件",
    why="链接的数值或图片存在别的文件里，换一台电脑就无法更新，也无法核实。",
    fix="请把链接得来的数值改为直接填写，并在“数据—编辑链接”中断开链接。",
    example="某格写着 =[2020决算.xlsx]支出!B7。",
)
def external_links(case: Case) -> Iterator[Finding]:
    """Values or pictures are taken from other files; they are never opened."""
    yield from _found(
        "external-links",
        case.submission.origin.contents.links,
        "工作簿链接了 {number} 个外部文件（{named}）；复算时没有打开。"
        "请改为直接填写数值，并断开链接。",
    )


@raises(
    code="WB113",
    name="dde-links",
    severity="warning",
    title="向其他程序取数（DDE）",
    why="DDE 链接会让打开文件的电脑启动或询问别的程序，常被用来夹带命令。复算时从不理会。",
    fix="请删除该链接，直接填写数值后重新提交；不是本单位所加的，请查明来历。",
    example="外部链接写着 cmd|/c calc。",
)
def dde_links(case: Case) -> Iterator[Finding]:
    """The workbook asks programs for values."""
    yield from _found(
        "dde-links",
        case.submission.origin.contents.dde,
        "工作簿向 {number} 个程序取数（DDE：{named}）；复算时没有理会。"
        "请删除后直接填写数值，并查明来历。" + _IN_THE_COPY,
    )


@raises(
    code="WB114",
    name="embedded-objects",
    severity="warning",
    title="嵌入了对象或控件",
    why="嵌入的文件和控件双击后由别的程序打开，内容无法核对，也可能夹带程序。",
    fix="请删除对象；作为佐证的材料请另行报送，并在“佐证材料”栏写明名称。",
    example="表中嵌入了一个“明细.docx”。",
)
def embedded_objects(case: Case) -> Iterator[Finding]:
    """OLE objects, embedded files, ActiveX controls."""
    yield from _found(
        "embedded-objects",
        case.submission.origin.contents.objects,
        "工作簿嵌入了 {number} 个对象或控件（{named}）；复算时没有打开。"
        "请删除，佐证材料请另行报送。" + _IN_THE_COPY,
    )


@raises(
    code="WB115",
    name="data-connections",
    severity="warning",
    title="带有数据连接或查询",
    why="连接和查询会在打开或刷新时访问网络、数据库或别的文件，数值随之变化，无法核实。",
    fix="请把查询得来的数值改为直接填写，并在“数据—查询和连接”中删除连接。",
    example="某表用“自网站”查询取数。",
)
def data_connections(case: Case) -> Iterator[Finding]:
    """Connections, query tables, data models."""
    yield from _found(
        "data-connections",
        case.submission.origin.contents.data,
        "工作簿带有 {number} 项数据连接或查询（{named}）；复算时没有访问。"
        "请改为直接填写数值，并删除连接。",
    )


@raises(
    code="WB116",
    name="file-hyperlinks",
    severity="warning",
    title="超链接指向程序或文件",
    why="点击链接会打开程序、网络文件夹或本机文件；换一台电脑打不开，也可能被用来夹带程序。",
    fix="请删除该超链接；佐证材料请另行报送。指向网页和邮箱的链接不受影响。",
    example="某格的链接指向 \\\\server\\共享\\安装.exe。",
)
def file_hyperlinks(case: Case) -> Iterator[Finding]:
    """Links that a click follows out of the workbook, to anything but web pages and mail."""
    found = case.submission.origin.contents
    yield from _found(
        "file-hyperlinks",
        found.hyperlinks,
        "工作簿有 {number} 个超链接指向程序、网络文件夹或其他位置（{named}），点击会打开它们。"
        "请删除。" + _IN_THE_COPY,
    )
    yield from _found(
        "file-hyperlinks",
        found.documents,
        "工作簿有 {number} 个超链接指向文件（{named}），在别的电脑上打不开。请另行报送所指的材料。",
        severity="info",
    )


@raises(
    code="WB117",
    name="hidden-sheets",
    severity="warning",
    title="多出隐藏的工作表",
    why="隐藏的工作表里可能有公式引用的数据或不属于填报内容的资料，收表的人看不到。",
    fix="请取消隐藏后核对，不需要的请删除。“_meta”表是模板自带的，请保留。",
    example="工作簿里有一张隐藏的“底稿”表。",
)
def hidden_sheets(case: Case) -> Iterator[Finding]:
    """Sheets that do not show and are none of the template's."""
    hidden = case.submission.origin.contents.hidden
    if not hidden:
        return
    own = _template_sheets(case)
    yield from _found(
        "hidden-sheets",
        [name for name in hidden if name.casefold() not in own],
        "工作簿有 {number} 张隐藏的工作表不是模板的（{named}），复算不读取其中的内容。"
        "请取消隐藏核对，不需要的请删除。",
    )


def contents(case: Case) -> Iterator[Finding]:
    """All that travels in the file beside figures."""
    for one in (
        macros_present,
        external_links,
        dde_links,
        embedded_objects,
        data_connections,
        file_hyperlinks,
        hidden_sheets,
    ):
        yield from one(case)


def _template_sheets(case: Case) -> frozenset[str]:
    """The template's sheets, by title or by what is named in them, in small letters."""
    submission = case.submission
    named = {one.sheet for one in submission.entries.values()}
    named |= {one.sheet for one in submission.stored.values()}
    named |= {area.sheet for area in submission.columns.values()}
    titles = {sheet.title for sheet in case.standard.sheets}
    own = named | titles | {GUIDE_SHEET, RESULT_SHEET, META_SHEET, _WPS_PICTURES}
    return frozenset(name.casefold() for name in own)


def _found(
    kind: str, things: Sequence[str], message: str, severity: Severity | None = None
) -> Iterator[Finding]:
    """One finding for all things of a kind; ``message`` has places for their number and names."""
    if not things:
        return
    more = " 等" if len(things) > _NAMED else ""
    named = "、".join(things[:_NAMED]) + more
    yield make(
        kind,
        message.format(number=len(things), named=named),
        severity=severity,
        actual="、".join(things[:_LISTED]) + (" 等" if len(things) > _LISTED else ""),
    )
