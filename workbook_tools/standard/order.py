"""Derived quantities in an order in which each rests only on those before it."""

from __future__ import annotations

import msgspec

from workbook_tools.standard.expression import ids
from workbook_tools.standard.model import Standard
from workbook_tools.standard.tables import Derived, Formula


def in_order(standard: Standard) -> Standard:
    """The standard with its derived quantities sorted; the file may list them in any order.

    As few change places as can be, so that a file that is in order is left as it is. There must be
    no circle: the lint refuses those.
    """
    waiting = {one.id: one for one in standard.derived}
    sorted_ones: list[Derived] = []

    def place(one: Derived) -> None:
        if waiting.pop(one.id, None) is None:
            return
        for name in ids(one.formula) if isinstance(one, Formula) else ():
            if name in waiting:
                place(waiting[name])
        sorted_ones.append(one)

    for derived in standard.derived:
        place(derived)
    if tuple(sorted_ones) == standard.derived:
        return standard
    return msgspec.structs.replace(standard, derived=tuple(sorted_ones))
