"""The report's text: figures put into it, and figures read out of it. No files here."""
