"""The layer of Word documents: paper, tables, charts, files, PDF."""
