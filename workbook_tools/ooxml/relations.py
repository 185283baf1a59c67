"""Relationships and content types, added to the parts that list them (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Set

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


def supply(draft: Draft, owner: str, identity: str) -> None:
    """Mark a relationship to a missing part that we are to write: it was there before us."""
    part = part_of_relationships(owner)
    xml = draft.read(part)
    for span in reversed(list(scan.elements(scan.mask(xml), "Relationship"))):
        given = scan.attributes(xml[span.start : span.inner])
        if given.get("Id") == identity and span.is_empty_tag:
            xml = markup.append(xml, span, b"")
    draft.write(part, xml)


def declare_part(draft: Draft, part: str, content_type: str) -> None:
    """State the content type of one new part, unless somebody did."""
    stated = scan.listed(draft.read(_TYPES), "Override")
    if not any(given.get("PartName", "").casefold() == f"/{part}".casefold() for given in stated):
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


def release(draft: Draft, owner: str, gone: set[str]) -> set[str]:
    """Let go of the relationships of `owner` that we added, once the parts `gone` were dropped.

    What leads to a part that is no longer there goes, whoever has written it anew since; what leads
    to one that stays is theirs from here on, and loses our sign: the parts are returned. Adds to
    `gone` a list of relationships that was ours and leads nowhere any more.
    """
    part = part_of_relationships(owner)
    targets = {
        found.id: found.target for found in draft.package.relationships(owner) if not found.external
    }
    before = draft.read(part)
    kept = {
        name
        for span in scan.elements(scan.mask(before), "Relationship")
        if markup.is_signed(before, span)
        and (name := targets.get(_given(before, span)["Id"], "")) not in gone
        and draft.has(name)
    }
    xml = _released(draft, part, "Relationship", gone, lambda given: targets.get(given["Id"]))
    if markup.is_ours(xml):
        if not kept:
            draft.drop(part)
            gone.add(part)
            return kept
        xml = markup.disowned(xml)
    write(draft, part, markup.unspliced(xml))
    return kept


def release_types(draft: Draft, gone: Set[str], kept: Set[str]) -> None:
    """Do the same for the content types that we stated, `kept` being what `release` returned."""
    if not draft.has(_TYPES):
        return
    of_extension = {name.rpartition(".")[2].casefold(): name for name in kept}
    for element, leads_to in (
        ("Override", lambda given: given["PartName"].lstrip("/")),
        ("Default", lambda given: of_extension.get(given["Extension"].casefold())),
    ):
        dropped = gone if element == "Override" else frozenset()
        write(draft, _TYPES, _released(draft, _TYPES, element, dropped, leads_to))
    write(draft, _TYPES, markup.unspliced(draft.read(_TYPES)))


def is_added(draft: Draft, owner: str, target: str) -> bool | None:
    """Whether we related the owner to that part; None where no sign of ours is in the list."""
    part = part_of_relationships(owner)
    xml = draft.read(part)
    if not markup.is_spliced(xml):
        return None
    known = {found.id for found in draft.package.relationships(owner) if found.target == target}
    return any(
        markup.is_signed(xml, span)
        for span in scan.elements(scan.mask(xml), "Relationship")
        if scan.attributes(xml[span.start : span.inner]).get("Id") in known
    )


def ids(draft: Draft, owner: str) -> set[str]:
    """The ids of the relationships that a part has by now."""
    part = part_of_relationships(owner)
    listed = scan.listed(draft.read(part), "Relationship") if draft.has(part) else ()
    return {given.get("Id", "") for given in listed}


def _released(
    draft: Draft,
    part: str,
    element: str,
    gone: Set[str],
    leads_to: Callable[[Mapping[str, str]], str | None],
) -> bytes:
    """A list without what leads to parts that are gone, and without signs on what stays.

    What is still signed then leads nowhere.
    """
    xml = draft.read(part)
    lower = {name.casefold() for name in gone}
    for span in reversed(list(scan.elements(scan.mask(xml), element))):
        name = leads_to(_given(xml, span)) or ""
        if draft.has(name):
            xml = markup.disowned(xml, span)
        elif name.casefold() in lower and not (
            markup.is_signed(xml, span) or markup.was_empty_tag(xml, span)
        ):
            xml = xml[: span.start] + xml[span.end :]
    return xml


def _given(xml: bytes, span: scan.Element) -> dict[str, str]:
    """The attributes of an element; those that are not there are empty."""
    return defaultdict(str, scan.attributes(xml[span.start : span.inner]))


def write(draft: Draft, part: str, xml: bytes) -> None:
    """Write a part that may be as it was."""
    if xml != draft.read(part):
        draft.write(part, xml)


def free_name(draft: Draft, stem: str, suffix: str, awaited: Set[str]) -> str:
    """The first part name of the form stem, number, suffix that is not taken.

    Nor one of those `awaited`: names, in small letters, to which relationships lead already.
    """
    number = 1
    while draft.has(name := f"{stem}{number}{suffix}") or name.casefold() in awaited:
        number += 1
    return f"{stem}{number}{suffix}"
