"""``python -m workbook_tools`` is ``workbook-tools``."""

from workbook_tools.cli import main

main()
