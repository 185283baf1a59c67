"""The Excel add-in `workbook_tools.xlam` and the script that builds it from its sources."""
