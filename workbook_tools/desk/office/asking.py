"""What the bureau's routes ask of a request: the round and the department that it names."""

from __future__ import annotations

import datetime

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.office.store import Round, Unit
from workbook_tools.desk.refusals import DeskRefused


def round_of(request: Request) -> Round:
    """The round that the address names; not found otherwise."""
    round = hall_of(request).store.round(request.path_params["round"])
    if round is None:
        raise HTTPException(404)
    return round


def department_of(request: Request) -> Unit:
    """The department that the address names, in its round; not found otherwise."""
    unit = hall_of(request).store.unit(request.path_params["unit"])
    if unit is None or unit.round != request.path_params["round"]:
        raise HTTPException(404)
    return unit


def day_in(form: FormData, field: str) -> datetime.date | None:
    """The day that was written into a field, None where it was left empty. Raises DeskRefused."""
    written = str(form.get(field, "")).strip()
    try:
        return datetime.date.fromisoformat(written) if written else None
    except ValueError:
        raise DeskRefused(f"“{written}”不是日期。请写成 2026-04-30 的样子，或者空着。") from None
