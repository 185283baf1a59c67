"""How the outcome of a workbook is put before people: on a terminal, on paper, on a page."""
