"""What the bureau's routes ask of a request: the round and the department that it names."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from workbook_tools.desk.office.entrance import hall_of
from workbook_tools.desk.office.store import ReportingRound, Unit


def round_of(request: Request) -> ReportingRound:
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
