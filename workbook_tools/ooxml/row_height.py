"""A row's tag with a height of ours, and as it was before."""

from __future__ import annotations

import re

from . import markup, scan

_OURS = re.compile(rb' ht="\d+" customHeight="1" \t>$')
_GIVEN = re.compile(rb' ht="\d+" customHeight="1">$')
_ANY = re.compile(rb"\s(?:ht|customHeight)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_TRUE = ("1", "true")


def heightened(tag: bytes, height: bytes) -> bytes | None:
    """The tag with the attributes of a height; None where the template or a person set one.

    A height that a program wrote down for a row without one (LibreOffice does) gives way and is
    remembered.
    """
    given = scan.attributes(tag)
    if "ht" not in given:
        return tag[:-1] + height + markup.SIGN + b">"
    if given.get("customHeight") in _TRUE:
        return None
    first = _ANY.search(tag)
    assert first is not None
    rest = tag[first.start() : -1]
    return tag[: first.start()] + _ANY.sub(b"", rest) + height + markup.remembering(rest) + b">"


def as_it_was(tag: bytes) -> bytes | None:
    """The tag without the height that we gave it; None where we gave it none."""
    if ours := _OURS.search(tag):
        return tag[: ours.start()] + b">"
    if (kept := markup.remembered(tag)) is None:
        return None
    whole, rest = kept
    ours = _GIVEN.search(whole)
    bare = _ANY.sub(b"", rest)
    if ours is None or not whole[: ours.start()].endswith(bare):
        return None
    return whole[: ours.start()].removesuffix(bare) + rest + b">"
