"""What can stand between us and an open workbook, said in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workbook_tools.errors import WorkbookToolsError

# The add-in shows these too: macros/build.py puts them into its worksheet.
NEVER_SAVED = "这个工作簿还没有保存过。请先保存为 .xlsx 文件，再试一次。"
READ_ONLY = "这个工作簿是以只读方式打开的，批注无法存进原文件。请另存一份，在另存的文件里再试一次。"
PROTECTED_VIEW = (
    "这个文件是在“受保护的视图”中打开的，还不能改动。请点上方黄色提示条里的“启用编辑”，再试一次。"
)
NO_WORKBOOK = "Excel 中没有打开的工作簿。请先打开要校验的自评工作簿。"
NO_NOTES = "这个工作簿里没有校验批注。"
SHEETS_LOCKED = "以下工作表设有密码保护，没有改动其中的批注：{}。请撤销保护后再试一次。"
SHEETS_BARE = (
    "以下工作表的保护没有能够恢复成原样：{}。请在“审阅 → 保护工作表”里重新保护（不设密码）。"
)

_BUSY = {
    -2147418111,  # RPC_E_CALL_REJECTED
    -2147417846,  # RPC_E_SERVERCALL_RETRYLATER
    -2146777998,  # VBA_E_IGNORE: Excel takes no orders while a cell is edited
}
_GONE = {
    -2147023174,  # RPC_S_SERVER_UNAVAILABLE
    -2147417848,  # RPC_E_DISCONNECTED
    -2147221021,  # MK_E_UNAVAILABLE
}


class ExcelError(WorkbookToolsError):
    """Something about Excel or the open workbook that the user can mend; the message says how."""


@contextmanager
def in_chinese() -> Iterator[None]:
    """Turn what Windows reports of Excel (COM errors) into problems that a user understands.

    Errors are known by their ``hresult``, so that pywin32 need not be there to recognise one.
    """
    try:
        yield
    except Exception as error:  # pywintypes.com_error can be named on Windows only
        codes = _codes(error)
        if codes & _BUSY:
            raise ExcelError(
                "Excel 正忙：可能有单元格正在编辑，或有对话框开着。"
                "请按 Enter 或 Esc 结束编辑、关闭对话框后重试。"
            ) from error
        if codes & _GONE:
            raise ExcelError("Excel 已经关闭。请重新打开工作簿后再试。") from error
        if codes:
            raise ExcelError(f"Excel 没有照办：{error}。请保存工作簿后重试。") from error
        raise


def _codes(error: Exception) -> set[int]:
    """The result codes of a COM error: its own and, where Excel gives one, the inner one."""
    outer = getattr(error, "hresult", None)
    if not isinstance(outer, int):
        return set()
    details = getattr(error, "excepinfo", None)
    inner = details[5] if isinstance(details, tuple) and len(details) > 5 else None
    return {outer, inner} if isinstance(inner, int) else {outer}
