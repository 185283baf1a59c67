"""Relationships and content types, added to the parts that list them (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import re

from . import markup, scan
from .splice import Draft

_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def document(root: bytes) -> bytes:
    """A whole new part of ours around its root element."""
    return _HEAD + markup.signed(root)


def part_of_relationships(owner: str) -> str:
    """The name of the part that lists `owner`'s relationships."""
    folder, name = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relate(draft: Draft, owner: str, kind: str, target: str) -> str:
    """Add a relationship from part to part, `kind` being its type's URI; the new id."""
    part = part_of_relationships(owner)
    if not draft.has(part):
        root = markup.element("Relationships", {"xmlns": _RELATIONSHIPS}, b"")
        draft.write(part, document(root))
        declare_extension(draft, "rels", _RELATIONSHIPS_TYPE)
    xml = draft.read(part)
    masked = scan.mask(xml)
    listed = scan.first(masked, "Relationships")
    if listed is None or _RELATIONSHIPS.encode() not in masked[: listed.inner]:
        raise ValueError(f"{part} lists no relationships")
    taken = {int(number) for number in re.findall(rb"[\"']rId(\d{1,9})[\"']", masked)}
    identity = f"rId{max(taken, default=0) + 1}"
    relative = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(owner)}")
    attributes = {"Id": identity, "Type": kind, "Target": relative}
    prefix = scan.root(masked)[0].decode()
    added = markup.signed(markup.element(f"{prefix}Relationship", attributes))
    draft.write(part, markup.append(xml, listed, added))
    return identity


def declare_part(draft: Draft, part: str, content_type: str) -> None:
    """State the content type of one new part."""
    _declare(draft, "Override", {"PartName": f"/{part}", "ContentType": content_type})


def declare_extension(draft: Draft, extension: str, content_type: str) -> None:
    """State the content type of all parts with that extension, unless somebody did."""
    masked = scan.mask(draft.read(_TYPES))
    for span in scan.elements(masked, "Default"):
        given = scan.attributes(masked[span.start : span.inner])
        if given.get("Extension", "").casefold() == extension:
            return
    _declare(draft, "Default", {"Extension": extension, "ContentType": content_type})


def _declare(draft: Draft, name: str, attributes: dict[str, str]) -> None:
    xml = draft.read(_TYPES)
    masked = scan.mask(xml)
    listed = scan.first(masked, "Types")
    if listed is None:
        raise ValueError(f"{_TYPES} lists no types")
    added = markup.signed(markup.element(scan.root(masked)[0].decode() + name, attributes))
    if name == "Default":  # Excel writes these first
        draft.write(_TYPES, markup.insert(xml, listed.inner, added))
    else:
        draft.write(_TYPES, markup.append(xml, listed, added))


def undeclare(draft: Draft, *owners: str) -> None:
    """Take back what `relate` and `declare_*` added: types, and relationships of these parts."""
    for part in (_TYPES, *map(part_of_relationships, owners)):
        if draft.has(part):
            keep(draft, part, markup.unspliced(draft.read(part)))


def unrelate(draft: Draft, owner: str, target: str) -> None:
    """Remove a part that nobody else needs, what leads to it from `owner`, and its type."""
    source = part_of_relationships(owner)
    identities = {
        relation.id
        for relation in draft.package.relationships(owner)
        if relation.target == target and not relation.external
    }
    _cut(draft, source, "Relationship", "Id", identities)
    _cut(draft, _TYPES, "Override", "PartName", {f"/{target}"})
    draft.drop(target)


def _cut(draft: Draft, part: str, element: str, key: str, values: set[str]) -> None:
    """Take out of a list the elements whose attribute has one of these values, in any case."""
    xml = draft.read(part)
    wanted = {value.casefold() for value in values}
    for span in reversed(list(scan.elements(scan.mask(xml), element))):
        given = scan.attributes(xml[span.start : span.inner])
        if given.get(key, "").casefold() in wanted:
            xml = xml[: span.start] + xml[span.end :]
    draft.write(part, xml)


def keep(draft: Draft, part: str, text: bytes) -> None:
    """Write what is left of a part after cutting; nothing is left of a part that was ours."""
    old = draft.read(part)
    if markup.is_ours(old):
        draft.drop(part)
    elif text != old:
        draft.write(part, text)


def free_name(draft: Draft, stem: str, suffix: str) -> str:
    """The first part name of the form stem, number, suffix that is not taken."""
    number = 1
    while draft.has(f"{stem}{number}{suffix}"):
        number += 1
    return f"{stem}{number}{suffix}"
