"""The widths of a sheet's columns: a file tells neighbours of the same width in one entry."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

_DIGIT = 7  # pixels


def widths_of(sheet: Worksheet) -> dict[int, float]:
    """By column, from 1, its width in pixels, the margins of a cell counted in."""
    return {
        column: one.width * _DIGIT
        for one in sheet.column_dimensions.values()
        for column in range(one.min or 1, (one.max or 0) + 1)
    }
