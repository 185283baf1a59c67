"""Workbooks with departments' own indicators: their data, and how they are built."""
