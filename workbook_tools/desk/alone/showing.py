"""What the page of a batch shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook_tools.consolidation import NOTICE_NAMES
from workbook_tools.desk.alone.batch import Batch
from workbook_tools.desk.showing import line


def batch_shown(batch: Batch) -> Mapping[str, Any]:
    """The list of results, how many of each, and who is missing."""
    statuses = [one.outcome.record.status for one in batch.taken]
    notices: dict[tuple[str, str], list[str]] = {}  # those for whom the same is said, together
    for one in batch.round.notices:
        who = one.unit_name or batch.round.shown(one.path)
        of_kind = notices.setdefault((NOTICE_NAMES[one.kind], one.reason), [])
        if not one.reason.startswith(who):
            of_kind.append(who)
    return {
        "batch": batch,
        "entries": [line(one.outcome) for one in batch.taken],
        "clean": statuses.count("clean"),
        "found": statuses.count("findings"),
        "refused": statuses.count("refused"),
        "missing": (
            sum(one.kind == "missing" for one in batch.round.notices) if batch.roster else None
        ),
        "notices": [(*said, "、".join(who)) for said, who in notices.items()],
    }
