"""The sample workbooks: their data, what builds them, and what they must be found to hold."""
