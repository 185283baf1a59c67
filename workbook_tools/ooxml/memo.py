"""Results remembered from one workbook to the next, within bounds.

Thousands of workbooks made from one template carry the same names, labels and formulas: working
each out once is most of the speed of reading a folder. What is too long is worked out anew, so
that a crafted workbook cannot fill the memory of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., object])


def remembered(results: int, longest: int) -> Callable[[_Function], _Function]:
    """Decorate a pure function whose first argument is a text; arguments are positional.

    That many results are kept, of texts up to that length.
    """

    def decorate(function: _Function) -> _Function:
        kept = lru_cache(maxsize=results)(function)

        @wraps(function)
        def recall(text: bytes | str, *others: Hashable) -> object:
            return (function if len(text) > longest else kept)(text, *others)

        return cast(_Function, recall)

    return decorate
