"""The one error of this layer: a file that cannot be read as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from workbook_tools.errors import WorkbookToolsError

Code = Literal["encrypted", "unreadable", "not-a-workbook"]

SAVE_AS_XLSX = "请在 WPS 或 Excel 中打开后另存为 .xlsx，再重新提交。"
SEND_ORIGINAL = "请提交填报用的 .xlsx 原件。"
SEND_AGAIN = "请在 WPS 或 Excel 中确认能正常打开，另存一份 .xlsx 后重新提交。"


class PackageError(WorkbookToolsError):
    """A file refused as a whole.

    `code` is the name of the finding it becomes, `path` the file, and `message` a sentence or two
    in Chinese: the file's name, what is wrong with it (`problem`), and what its sender should do.
    """

    def __init__(self, code: Code, path: Path, problem: str, advice: str = SEND_AGAIN) -> None:
        self.code: Code = code
        self.path = path
        self.problem = problem
        self.message = f"{path.name}：{problem}{advice}"
        super().__init__(self.message)
