"""Shipped standards kept as they came out of their files, beside the other caches of this user.

Reading, decoding and linting a file takes ten times as long as taking it from there, which a person
feels who checks one workbook. What is kept is known by the SHA-256 of the file and of all sources
of this room, so it cannot be out of date; where it is missing, broken or another's, the file is
read.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.files.caches import cache_folder
from workbook_tools.files.whole import whole_file
from workbook_tools.standard.defaults import defaults_of
from workbook_tools.standard.inputs import Part
from workbook_tools.standard.model import Standard

_ROOM = Path(__file__).parent
_KIND, _FRACTION, _DICT = "", "/", "{}"
"""Keys that no field of a part has: by them a part, a fraction and a dict are told apart."""


def kept(file: Path) -> Standard | None:
    """What came out of a shipped standard's file; None where that is not known."""
    try:
        key, standard = msgspec.msgpack.decode(_place(file).read_bytes())
        if key != _key(file):
            return None
        found = _restored(standard, {kind.__name__: kind for kind in _kinds(Part)})
    except (OSError, RuntimeError, ValueError, KeyError, TypeError):  # none, or none of ours
        return None
    return found if isinstance(found, Standard) else None


def keep(file: Path, standard: Standard) -> None:
    """Keep what came out of a shipped standard's file, where a file can be written."""
    with suppress(OSError, RuntimeError, OverflowError):
        place = _place(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as stream:
            stream.write(msgspec.msgpack.encode((_key(file), _packed(standard))))


def _place(file: Path) -> Path:
    return cache_folder() / "standards" / f"{file.stem}.msgpack"


def _key(file: Path) -> bytes:
    """The digest of a file and of the sources of this room, which make a standard of it."""
    digest = hashlib.sha256(file.read_bytes())
    for source in sorted(_ROOM.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.digest()


def _kinds(kind: type[Part]) -> set[type[Part]]:
    return {kind}.union(*map(_kinds, kind.__subclasses__()))


def _packed(value: object) -> object:
    """A value in lists, dicts, texts and numbers; what equals its default is left to it."""
    match value:
        case Part():
            defaults = defaults_of(type(value))
            given = {name: getattr(value, name) for name in defaults}
            said = {name: one for name, one in given.items() if one != defaults[name]}
            packed = {name: _packed(one) for name, one in said.items()}
            return {_KIND: type(value).__name__, **packed}
        case tuple():
            return [_packed(one) for one in value]
        case dict():
            return {_DICT: {name: _packed(one) for name, one in value.items()}}
        case Fraction():
            return {_FRACTION: [value.numerator, value.denominator]}
        case _:
            return value


def _restored(packed: Any, kinds: dict[str, type[Part]]) -> Any:
    """The value that was packed."""
    if isinstance(packed, list):
        return tuple([_restored(one, kinds) for one in packed])
    if not isinstance(packed, dict):
        return packed
    if _FRACTION in packed:
        return Fraction(*packed[_FRACTION])
    if _DICT in packed:
        return {name: _restored(one, kinds) for name, one in packed[_DICT].items()}
    kind = kinds[packed.pop(_KIND)]
    return kind(**{name: _restored(one, kinds) for name, one in packed.items()})
