"""The workbook that is open in desktop Excel: checked on a saved copy, notes written live.

``check_active``, ``clear_active`` and ``select_next_finding`` reach Excel through xlwings (extra
``excel``; its free core only). The add-in in ``macros/`` needs no xlwings: it hands over a copy
and reads the same :class:`Answer` from a file. What a note says is decided in one place for both,
by the code that annotates files.
"""

from workbook_tools.excel.active import check_active, clear_active, select_next_finding
from workbook_tools.excel.answer_file import write_answer
from workbook_tools.excel.answers import Answer, NoteChange, checked, cleared
from workbook_tools.excel.problems import ExcelError

__all__ = [
    "Answer",
    "ExcelError",
    "NoteChange",
    "check_active",
    "checked",
    "clear_active",
    "cleared",
    "select_next_finding",
    "write_answer",
]
