"""JSON on standard output, written item by item and shown when it is whole."""

from __future__ import annotations

import codecs
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

import click
import msgspec

from workbook_tools.standard import Standard, standard_hash

SCHEMA_VERSION = 1
_PIECE = 1 << 16  # characters printed at once
# Controls beyond those that JSON escapes anyway, line separators, marks of direction.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def print_document(
    standard: Standard, lists: Mapping[str, Iterable[object]], **head: object
) -> None:
    """Print an object: the version of the schema, the standard, ``head``, then the ``lists``.

    Their items are let go as they come, so they may be many; nothing is printed before all have
    come. What the console cannot show is escaped, so that no character is lost.
    """
    identity = {"id": standard.id, "version": standard.version, "hash": standard_hash(standard)}
    first = {"schema_version": SCHEMA_VERSION, "standard": identity, **head}
    # Halves of characters, as in odd file names, go through as they are.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as document:
        document.write(_json(first).removesuffix("\n}"))
        for name, items in lists.items():
            document.write(f",\n  {json.dumps(name)}: [")
            _write_items(document, items)
        document.write("\n}\n")
        document.seek(0)
        encoding = sys.stdout.encoding or "utf-8"
        while piece := document.read(_PIECE):
            click.echo(piece.encode(encoding, "json-escape").decode(encoding), nl=False)


def _write_items(document: IO[str], items: Iterable[object]) -> None:
    before = "\n    "
    for item in items:
        document.write(before + _json(msgspec.to_builtins(item)).replace("\n", "\n    "))
        before = ",\n    "
    document.write("]" if before == "\n    " else "\n  ]")


def _json(content: Any) -> str:
    """The content as JSON; what could act on a terminal or turn its text around is escaped."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _json_escape(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    return json.dumps(lost)[1:-1], error.end


codecs.register_error("json-escape", _json_escape)
