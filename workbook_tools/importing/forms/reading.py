"""A form into the entries of a standard: the list, the amounts, what stands around them."""

from __future__ import annotations

from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.form import Form, Reading
from workbook_tools.importing.forms.funds import read_funds
from workbook_tools.importing.forms.labels import Labels
from workbook_tools.importing.forms.own_columns import own_columns
from workbook_tools.importing.forms.own_list import read_list


def read_form(form: Form, entries: Entries) -> frozenset[str]:
    """Put what a form says surely into the entries, and list all the rest of its words.

    Gives where those of the lines above it stand that are its title.
    """
    reading = Reading(form)
    own = own_columns(entries.standard)
    assert own is not None, "asked before: the form fits the standard"
    read_list(reading, own, entries)
    for grid in entries.standard.grids:
        if grid.type == "money":
            read_funds(reading, grid, entries)
    Labels(reading, entries).read()
    for cells in reading.left():
        words = " ".join(cell.text for cell in cells)
        reason = "表中的这些内容没有对应的填报栏目，没有填。"
        entries.refuse(Source(cells[0].place, words), reason)
    return reading.titles
