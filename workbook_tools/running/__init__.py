"""Processes, bounds of time and memory, machines. Knows no workbook."""
