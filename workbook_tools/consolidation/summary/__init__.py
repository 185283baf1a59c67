"""The summary as files: sheets, Parquet, JSON."""
