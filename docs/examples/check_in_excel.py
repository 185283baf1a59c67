"""A workbook that checks itself through xlwings' RunPython, and the same call while developing.

In the workbook's VBA project, with a reference to the xlwings add-in::

    Sub Check()
        RunPython "from workbook_tools.excel import check_active; check_active()"
    End Sub

``set_mock_caller`` makes Python believe that a workbook called it: ``python check_in_excel.py
BOOK.xlsx`` does what the button would do, where a debugger can watch.
"""

from __future__ import annotations

import sys

import xlwings

from workbook_tools.excel import check_active


def check(book: xlwings.Book) -> str:
    """Check the workbook as if it had called; returns what there is to say (Chinese)."""
    book.set_mock_caller()
    return check_active().message


if __name__ == "__main__":
    print(check(xlwings.Book(sys.argv[1])))
