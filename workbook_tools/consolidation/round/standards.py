"""Standards by what people call them: a title and a version, never an id."""

from __future__ import annotations

from workbook_tools.standard import Standard, list_standards, load_standard


def title_of(identity: str, used: Standard) -> str:
    """The title of the standard in use or of a shipped one; the id of one that is not at hand."""
    if identity == used.id:
        return used.title
    return load_standard(identity).title if identity in list_standards() else identity


def titled(identity: str, version: str, used: Standard) -> str:
    """The title with the version, as at the head of a summary."""
    return f"{title_of(identity, used)}（{version} 版）"
