"""The sheets of the summary workbook, one module each: what stands in it, and how it looks."""
