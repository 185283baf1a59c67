"""Findings -> comments (批注) and the sheet 校验结果, in a copy of the workbook."""

from workbook_tools.annotation.copies import (
    Annotation,
    ChangedCopyError,
    NotOurCopyError,
    annotate,
    clean,
)

__all__ = ["Annotation", "ChangedCopyError", "NotOurCopyError", "annotate", "clean"]
