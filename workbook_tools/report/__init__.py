"""Reports as Word documents: a department's self-evaluation, and the bureau's overview.

python-docx is imported here and nowhere else; the styles stand in ``styles.xml``, the fonts that
stand in for others in ``fonts.xml``.
"""

from workbook_tools.files.targets import TargetRefused
from workbook_tools.report.department.document import write_report
from workbook_tools.report.overview.document import write_overview
from workbook_tools.report.paper.files import check_writable

__all__ = ["TargetRefused", "check_writable", "write_overview", "write_report"]
