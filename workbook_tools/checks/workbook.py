"""WB: what is wrong with the workbook as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.finding import HASH_FIELD, Finding
from workbook_tools.checks.formulas import FAILURES
from workbook_tools.checks.places import label_of, places
from workbook_tools.checks.registry import declare, make, make_at, raises
from workbook_tools.checks.words import quoted
from workbook_tools.standard import (
    Standard,
    is_hash_of,
    list_standards,
    load_standard,
    standard_hash,
)
from workbook_tools.standard.contract import RESULT_ROW, RESULT_SHEET
from workbook_tools.standard.inputs import Sheet
from workbook_tools.submission.model import SubmissionRefused

_FORMATS = {".xls": "旧格式（.xls、.et）", ".ods": " OpenDocument（.ods）"}

declare(
    code="WB101",
    name="not-a-template",
    severity="error",
    title="不是本工具的填报模板",
    why="程序按模板里的名称读取数据，别的工作簿里没有这些名称，读不出任何一项。",
    fix="请使用财政部门下发的模板填报，不要把表格复制到新工作簿里。",
    example="提交的是往年自行设计的“自评表.xlsx”。",
)
declare(
    code="WB102",
    name="unknown-standard",
    severity="error",
    title="评分标准不认识",
    why="工作簿采用的评分标准本机没有，无法知道应当怎样计分。",
    fix="请使用财政部门下发的现行模板；财政部门请在校验时指定该标准的文件，或更新本工具。",
    example="模板按另一个县的评分标准制作。",
)

_NAMED = 3  # formulas that are told of those that are lost together


@raises(
    code="WB103",
    name="standard-version-differs",
    severity="warning",
    title="评分标准版本不一致",
    why="模板按旧版标准制作，单元格、公式或分值可能与现行标准不同。得分已按现行标准复算。",
    fix="请换用新版模板；确认两版差别不影响得分的，可以不换。",
    example="模板标注 1.0 版，现行标准为 1.1 版。",
)
def standard_version_differs(case: Case) -> Iterator[Finding]:
    """The template was made from another version, or another text, of the standard."""
    standard, origin = case.standard, case.submission.origin
    ours = f"{standard.title} {standard.version} 版"
    theirs = f"{_title(origin.standard, standard)} {origin.standard_version} 版"
    if ours != theirs:
        yield make(
            "standard-version-differs",
            f"工作簿的评分标准为“{theirs}”，本次按“{ours}”复算，结果可能与表内公式不同。"
            "请换用现行模板填报。",
            field="meta_standard_version",
            expected=ours,
            actual=theirs,
        )
    elif not is_hash_of(origin.standard_hash, standard):
        yield make(
            "standard-version-differs",
            f"工作簿的评分标准与现行标准同为 {standard.version} 版，内容却不相同：标准修改过，"
            "版本号没有变。得分已按现行标准复算，可能与表内公式不同。请换用现行模板填报。",
            field=HASH_FIELD,
            expected=standard_hash(standard),
            actual=origin.standard_hash,
        )


@raises(
    code="WB104",
    name="name-missing",
    severity="error",
    title="单元格的名称丢失",
    why="程序按名称找到每个单元格。删除行、列或在“名称管理器”中删除名称后，那一格就找不到了。",
    fix="请在原模板中重新填报，或把该行从原模板复制回来；不需要的行请留空，不要删除。",
    example="删掉了“编制数”所在的整行。",
)
def name_missing(case: Case) -> Iterator[Finding]:
    """Names that the workbook lacks, together where one deleted row or column took several."""
    known = places(case.standard)
    for act in case.losses:
        title, names = case.sheet(known[act.names[0]].sheet), act.names
        yield make(
            "name-missing",
            f"工作表“{title}”中{act.said}。{act.advice}",
            severity=act.severity,
            sheet=title,
            field=names[0],
            expected="、".join(act.labels),
        )
    lost = case.lost_formulas
    if lost and not case.losses and not case.removed_sheets:
        labels = list(dict.fromkeys(label_of(case.standard, name) for name in lost))
        named = "、".join(quoted(one) for one in labels[:_NAMED])
        more = f"等 {len(lost)} 处" if len(labels) > _NAMED else ""
        yield make(
            "name-missing",
            f"{named}{more}的公式找不到了，可能所在的行或列已被删除，表内得分因此不能显示或不对。"
            "复算不受影响。请从原模板恢复，或在原模板中重新填报。",
            severity="warning",
            field=lost[0],
            expected="、".join(labels),
        )


@raises(
    code="WB119",
    name="cell-moved",
    severity="error",
    title="单元格被剪切或拖动",
    why="剪切或拖动单元格，会把它的名称一起带走，并毁掉目标格的名称（工作表保护拦不住）。"
    "程序按名称读数，会把一项的数当成另一项的，所以这几项都不采用。",
    fix="请在原模板中重新填写这几项；移动数据请用“复制”，再“选择性粘贴—数值”，不要剪切或拖动。",
    example="把“年中追减预算”的格子拖到“年中追加预算”上，两项都成了同一格。",
)
def cell_moved(case: Case) -> Iterator[Finding]:
    """Cells on which the names of two fields meet."""
    moved: dict[tuple[str, str], list[Slot]] = {}
    for slot in case.unusable:
        if slot.entry.problem == "moved":
            moved.setdefault((slot.entry.sheet, slot.entry.cell), []).append(slot)
    if len(moved) > 1:
        yield _moved_together(case, moved)
        return
    for (sheet, cell), slots in moved.items():
        labels = "和".join(quoted(case.fields[slot.field].label) for slot in slots)
        content = f"“{slots[0].entry.raw}”" if slots[0].entry.raw else "内容"
        yield make(
            "cell-moved",
            f"{cell}：有单元格被剪切或拖动到这里，{labels}的名称落在同一格，"
            f"分不清{content}是哪一项的，都没有采用。请在原模板中重新填写这几项；"
            "移动数据请用“复制”和“选择性粘贴—数值”，不要剪切或拖动。",
            sheet=sheet,
            cell=cell,
            field=slots[0].field,
            actual=slots[0].entry.raw,
        )


def _moved_together(case: Case, moved: Mapping[tuple[str, str], list[Slot]]) -> Finding:
    """Several cells that were dragged onto others: whoever did it, did it in one go."""
    slots = [slot for here in moved.values() for slot in here]
    labels = "、".join(dict.fromkeys(quoted(case.fields[one.field].label) for one in slots))
    sheet, cell = next(iter(moved))
    cells = "、".join(cell if there == sheet else f"{there}!{cell}" for there, cell in moved)
    return make(
        "cell-moved",
        f"{cells}：有单元格被剪切或拖动到这里，{labels}的名称两两落在同一格，"
        "分不清内容是哪一项的，都没有采用。请在原模板中重新填写这几项；"
        "移动数据请用“复制”和“选择性粘贴—数值”，不要剪切或拖动。",
        sheet=sheet,
        cell=cell,
        field=slots[0].field,
        actual="、".join(dict.fromkeys(filter(None, (one.entry.raw for one in slots)))),
    )


@raises(
    code="WB105",
    name="not-calculated",
    severity="warning",
    title="公式没有计算结果",
    why="保存文件的程序没有计算公式，表内看不到得分，填在输入格里的公式也就没有数值可用。"
    "复算会把表内公式另算一遍来核对。",
    fix="请用 Excel、WPS 或 LibreOffice 打开，重新计算后保存再提交。",
    example="文件由其他软件导出，所有得分格都是空的。",
)
def not_calculated(case: Case) -> Iterator[Finding]:
    """Formulas without a stored result: one finding when it is the whole workbook."""
    stored = case.submission.stored.values()
    if not case.calculated and any(one.formula is not None for one in stored):
        yield make(
            "not-calculated",
            f"工作簿中的公式都没有保存计算结果，{_instead(case)}，复算得分不受影响。"
            "请用 Excel 或 WPS 打开，按 F9 重新计算并保存。",
        )
    for slot in case.unusable:
        if slot.entry.problem == "not-calculated":
            yield make_at(
                slot,
                "not-calculated",
                f"里是公式“={slot.entry.formula}”，却没有保存计算结果，无法使用。"
                "请重新计算并保存，或直接填写结果。",
                severity="error",
                actual=f"={slot.entry.formula}",
            )


declare(
    code="WB108",
    name="encrypted",
    severity="error",
    title="文件加了密码或受权限管理",
    why="设有打开密码、受权限管理（IRM）保护、被文档加密软件加密的文件都读不出内容。"
    "Excel 的“只读”保护不要密码也能打开，不算在内。",
    fix="设有打开密码的，请去掉密码；受权限管理的，请改为“无限制访问”；被文档加密软件加密的，请先解密。"
    "然后另存为 .xlsx，重新提交。",
    example="打开文件时要求输入密码，或提示没有权限。",
)
declare(
    code="WB109",
    name="unreadable",
    severity="error",
    title="文件无法读取",
    why="文件损坏、不完整或超出安全限制，读出的数据不可信。",
    fix="请在 Excel 或 WPS 中确认能正常打开，另存一份 .xlsx 后重新提交。",
    example="邮件传输中断，文件只有一半。",
)


@raises(
    code="WB110",
    name="sheet-removed",
    severity="error",
    title="工作表或填写的列被删除",
    why="该表要填的数据全部缺失，有关指标无法计算。工作表改名或调换次序不受影响。",
    fix="请从原模板恢复该工作表，或在原模板中重新填报。",
    example="“人员资产”表被删除。",
)
def sheet_removed(case: Case) -> Iterator[Finding]:
    """A sheet of the template none of whose names is left."""
    for sheet in case.standard.sheets:
        if sheet.id in case.removed_sheets:
            yield make(
                "sheet-removed",
                _removed(case, sheet),
                field=sheet.id,
                expected=sheet.title,
            )
    if RESULT_ROW in case.submission.missing_names:
        yield make(
            "sheet-removed",
            f"工作表“{RESULT_SHEET}”已被删除，问题清单没有地方写，只能写成批注。请不要删除该表。",
            severity="info",
            field=RESULT_ROW,
            expected=RESULT_SHEET,
        )


declare(
    code="WB111",
    name="not-a-workbook",
    severity="error",
    title="不是 .xlsx 工作簿",
    why="文件是别的格式，只是扩展名像工作簿，或是旧版 .xls、.et 文件。",
    fix="请在 WPS 或 Excel 中打开后另存为 .xlsx，再重新提交。",
    example="把“自评表.xls”改名为“自评表.xlsx”。",
)


@raises(
    code="WB112",
    name="package-signed",
    severity="info",
    title="文件带有数字签名",
    why="写入批注会改变文件，副本上的签名随之失效；原文件不变，签名仍然有效。",
    fix="不需要处理。需要保留签名的，请以原文件为准。",
    example="单位用电子签章对整个文件签名。",
)
def package_signed(case: Case) -> Iterator[Finding]:
    """The package carries a digital signature, which any edit voids."""
    if case.submission.origin.signed:
        yield make(
            "package-signed",
            "文件带有数字签名。加了批注的副本签名失效，原文件不受影响。",
        )


@raises(
    code="WB120",
    name="converted",
    severity="info",
    title="文件是别的格式，转换后读取",
    why="旧格式（.xls、.et）和 .ods 由 LibreOffice 转换成 .xlsx 后再读，填写的数字不变；"
    "表内公式的结果可能由转换程序重算过。批注副本是 .xlsx，原件不改。",
    fix="不需要处理。以后请在 WPS 或 Excel 中另存为 .xlsx 再报送。",
    example="单位报送“自评表.xls”。",
)
def converted(case: Case) -> Iterator[Finding]:
    """The workbook came in another format and was read as it was converted."""
    if suffix := case.submission.origin.converted_from:
        yield make(
            "converted",
            f"文件是{_FORMATS[suffix]}工作簿，已自动转换成 .xlsx 后读取；批注副本是 .xlsx，"
            "原件没有改动。以后请另存为 .xlsx 再报送。",
            actual=suffix,
            expected=".xlsx",
        )


def _title(standard_id: str, ours: Standard) -> str:
    """What people call a standard."""
    if standard_id == ours.id:
        return ours.title
    known = standard_id in list_standards()
    return load_standard(standard_id).title if known else "另一份标准"


def _removed(case: Case, sheet: Sheet) -> str:
    copies = case.submission.copies
    own = (field.name for field in case.fields.values() if field.sheet == sheet.id)
    here = next((copies[name] for name in own if name in copies), ())
    if not here and sheet.title in case.submission.origin.sheets:
        return (
            f"工作表“{sheet.title}”还在，其中要填的单元格却都找不到了：填写的一列可能已被删除，"
            "或者这一张表不是原模板里的。请从原模板恢复该表，或在原模板中重新填报。"
        )
    if not here:
        return (
            f"工作表“{sheet.title}”已被删除，其中的数据全部缺失。"
            "请从原模板恢复该表，或在原模板中重新填报。"
        )
    titles = "、".join(f"“{title}”" for title in here)
    return (
        f"工作表“{sheet.title}”的原表没有了，{titles}是复制来的，单元格的名称各有一份，"
        "不知道以哪一张为准，都没有读取。请只保留一张，或在原模板中重新填报。"
    )


def refusal(refused: SubmissionRefused) -> Finding:
    """The finding for a workbook that could not be read at all."""
    return make(refused.code, refused.message)


def _instead(case: Case) -> str:
    """How the results that the workbook lacks were checked all the same."""
    tried = case.submission.recalculated
    if tried is None:
        return "表内得分无从核对"
    if tried.failure:
        return f"表内得分无从核对（公式没有另行计算：{FAILURES[tried.failure]}）"
    return "已把表内公式另算了一遍，以下按算得的结果核对"
