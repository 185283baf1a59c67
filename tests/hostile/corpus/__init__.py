"""The crafted and broken files, built by code; what each must be answered with is in cases.yaml."""

from __future__ import annotations

from tests.hostile.corpus import archives, containers, files, formulas, markup, sheets
from tests.hostile.corpus.register import BUILDERS

__all__ = ["BUILDERS", "archives", "containers", "files", "formulas", "markup", "sheets"]
