"""What routes ask of a request: the room, a batch or a workbook of it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from workbook_tools.desk.alone.batch import Batch, Taken
from workbook_tools.desk.alone.room import Room


def room_of(request: Request) -> Room:
    """The room of the running desk."""
    room = request.app.state.room
    assert isinstance(room, Room)
    return room


def batch_of(request: Request) -> Batch:
    """The batch that the address names; not found otherwise."""
    batch = room_of(request).batches.get(request.path_params["batch"])
    if batch is None:
        raise HTTPException(404)
    return batch


def taken_of(request: Request) -> tuple[int, Taken]:
    """The workbook of a batch that the address names, with its number; not found otherwise."""
    taken = batch_of(request).taken
    number = request.path_params["number"]
    if not 1 <= number <= len(taken):
        raise HTTPException(404)
    return number, taken[number - 1]
