"""What tells one standard from another: the hash of all that it says.

It goes into each template that is issued, and a workbook that comes back is held against it, in
this process or in a worker to which the standard was sent. It must therefore depend on what a
standard says alone: not on its file, and not on which of two equal objects stands in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

import msgspec

from workbook_tools.standard.defaults import defaults_of
from workbook_tools.standard.inputs import Input
from workbook_tools.standard.model import Erratum, Indicator, Standard, Tolerances
from workbook_tools.standard.rules import Steps
from workbook_tools.standard.tables import ColumnSum, Count, Formula, Mean
from workbook_tools.standard.vocabulary import Vocabulary

_Fields = frozenset[tuple[type, str]]
_NONE: _Fields = frozenset()

# In early builds of version 0.1 worker processes wrote these out although they had their default,
# since a value that has been pickled equals the default without being it. The templates that they
# issued are in use, so the list stays as it is, whatever the schema becomes.
_ONCE_WRITTEN_OUT: _Fields = frozenset(
    {
        (Indicator, "zero"),
        (Steps, "partial"),
        (Standard, "rounding"),
        (Standard, "vocabulary"),
    }
)

# What changes neither a cell of a template nor a score, so that templates that are out stay known
# when it changes: how other papers call an entry, what a choice means for the summary, how a
# result is written, from where on an amount is asked about, what a mean is weighed by, what only
# those read who may rule otherwise. Keys
# that were part of the hash before (such as a table's ``also_called``) stay.
_LEFT_OUT: _Fields = frozenset(
    {
        (Input, "also_called"),
        (Input, "with_subordinates"),
        (Vocabulary, "headings"),
        (Tolerances, "implausible_amount"),
        (Tolerances, "within_year"),
        (Standard, "weighed_by"),
        (Standard, "peers"),
        (Standard, "continues"),
        (Erratum, "other_reading"),
        *((kind, "type") for kind in (Formula, Count, ColumnSum, Mean)),
    }
)

# The words of the report's text are of that kind too, but were part of the hash in schema 1, and
# stay there. Templates of schema 2 that went out with them in it stay known.
_VOCABULARY_APART = 2  # the schema
_WITH_VOCABULARY: _Fields = frozenset({(Standard, "vocabulary")})


@lru_cache(maxsize=16)
def standard_hash(standard: Standard) -> str:
    """The SHA-256 (hex) of what a standard says: one that is loaded, sent or copied has the same.

    What equals its default is left out, so that a new optional key of the schema changes no hash;
    so is what concerns neither templates nor scores.
    """
    return _hash(standard, _NONE)


def content_hash(standard: Standard) -> str:
    """The SHA-256 (hex) of a standard with what :func:`standard_hash` leaves out.

    Findings hang on that too: on the words of the vocabulary, on what amount is implausible.
    """
    return _hash(standard, _LEFT_OUT | _WITH_VOCABULARY)


def is_hash_of(text: str, standard: Standard) -> bool:
    """Whether a template that carries ``text`` as its hash was made from this standard.

    From this very one, or from an earlier edition that it says is scored alike.
    """
    return (
        text == standard_hash(standard)
        or text in standard.former
        or text in (_former_hash(standard), _hash_with_vocabulary(standard))
    )


@lru_cache(maxsize=16)
def _former_hash(standard: Standard) -> str:
    return _hash(standard, _ONCE_WRITTEN_OUT)


@lru_cache(maxsize=16)
def _hash_with_vocabulary(standard: Standard) -> str:
    return _hash(standard, _WITH_VOCABULARY)


def _hash(standard: Standard, written_out: _Fields) -> str:
    return hashlib.sha256(msgspec.json.encode(_plain(standard, written_out))).hexdigest()


def _plain(value: object, written_out: _Fields) -> object:
    """The value in lists, dicts, texts and whole numbers, without what equals its default."""
    if isinstance(value, msgspec.Struct):
        return dict(_entries(value, written_out))
    if isinstance(value, tuple):
        return [_plain(each, written_out) for each in value]
    if isinstance(value, dict):
        return {key: _plain(value[key], written_out) for key in sorted(value)}
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return value


def _is_left_out(part: msgspec.Struct, name: str) -> bool:
    if isinstance(part, Standard) and name == "vocabulary":
        return part.schema >= _VOCABULARY_APART
    return (type(part), name) in _LEFT_OUT


def _entries(part: msgspec.Struct, written_out: _Fields) -> Iterator[tuple[str, object]]:
    kind = type(part)
    config = kind.__struct_config__
    if config.tag is not None:
        yield str(config.tag_field), config.tag
    keys = zip(kind.__struct_encode_fields__, defaults_of(kind).items(), strict=True)
    for key, (name, default) in keys:
        value = getattr(part, name)
        once_written_out = (kind, name) in written_out
        if _is_left_out(part, name) and not once_written_out:
            continue
        if value == default and not once_written_out:
            continue
        said = _plain(value, written_out)
        if said == {} and isinstance(default, msgspec.Struct) and not once_written_out:
            continue  # it says nothing beyond what is left out
        yield key, said
