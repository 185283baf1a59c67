"""workbook-tools: Excel workbooks for the self-evaluation of departments' overall expenditure."""

__version__ = "0.1.0"
