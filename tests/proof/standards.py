"""The example standard of the tutorial, and standards with one thing changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.standard import Standard
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.rules import Rule

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "examples" / "lakeside-2023.yaml"
SECOND_EXAMPLE = DOCS / "examples" / "qingling-2024.yaml"
THIRD_EXAMPLE = DOCS / "examples" / "dongpu-2024.yaml"
TUTORIAL = DOCS / "writing-a-standard.md"


def indicator(standard: Standard, identity: str) -> Indicator:
    return next(one for one in standard.indicators if one.id == identity)


def with_rule(standard: Standard, identity: str, rule: Rule) -> Standard:
    """A copy of the standard in which one indicator is scored otherwise."""
    return with_indicator(standard, identity, rule=rule)


def with_indicator(standard: Standard, identity: str, **changes: Any) -> Standard:
    return msgspec.structs.replace(
        standard,
        indicators=tuple(
            msgspec.structs.replace(one, **changes) if one.id == identity else one
            for one in standard.indicators
        ),
    )
