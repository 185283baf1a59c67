"""What the fields of a standard's parts are where a file does not say."""

from __future__ import annotations

from functools import cache

import msgspec


@cache
def defaults_of(kind: type[msgspec.Struct]) -> dict[str, object]:
    """The default of each field, by its name; NODEFAULT where it has none.

    `msgspec.structs.fields` says so too, but works out the types of all fields first, which takes
    longer than taking a whole standard from where it is kept.
    """
    given: tuple[object, ...] = kind.__struct_defaults__
    missing = len(kind.__struct_fields__) - len(given)
    made = [one.factory() if hasattr(one, "factory") else one for one in given]
    return dict(zip(kind.__struct_fields__, [msgspec.NODEFAULT] * missing + made, strict=True))
