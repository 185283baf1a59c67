"""A worksheet whose formulas are written as they are."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # ships no types


class PlainSheet(Worksheet):  # type: ignore[misc]  # the base has no type
    """XlsxWriter's worksheet without its search for functions that came after Excel 2007.

    It looks for thirty names in each formula, which takes half of the time of a template; the
    template's vocabulary has none of them. Without this class a template is the same, only later.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")
