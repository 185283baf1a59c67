"""XlsxWriter in one place: texts that are never markup, a stream that endures."""
