"""What either desk makes of a second look: a sample of whom to review, letters."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbook_tools.consolidation import Consolidation
from workbook_tools.desk import second_look
from workbook_tools.desk.asking import drawing_of, making_of, terms_of, to_work
from workbook_tools.jobs.letters import KIND_NAMES, LetterKind

RoundOf = Callable[[Request], tuple[Callable[[Path], Consolidation], str]]
"""Gives how the round that was asked for is put together in a folder, and the page of its look."""
_PLACES: dict[LetterKind, str] = {"feedback": "letters", "reminder": "reminders"}


def making_routes(look: str, kinds: Collection[LetterKind], round_of: RoundOf) -> list[Route]:
    """Below the page of a second look, where a sample and letters of these kinds are asked for."""

    async def made(
        request: Request, title: str, write: Callable[[Consolidation, Path], Path]
    ) -> Response:
        put_together, back = round_of(request)
        work = making_of(request).make(
            title, lambda folder, _: write(put_together(folder), folder), back=back
        )
        return await to_work(work)

    async def sample(request: Request) -> Response:
        drawing = await drawing_of(request)
        return await made(request, "抽取名单", lambda one, to: second_look.sample(one, drawing, to))

    def letters(kind: LetterKind) -> Callable[[Request], object]:
        name = KIND_NAMES[kind]

        async def write(request: Request) -> Response:
            terms = await terms_of(request)
            return await made(
                request,
                f"生成{name}",
                lambda one, to: second_look.letters(one, kind, name, terms, to),
            )

        return write

    routes = [Route(f"{look}/sample", sample, methods=["POST"])]
    routes += (Route(f"{look}/{_PLACES[kind]}", letters(kind), methods=["POST"]) for kind in kinds)
    return routes
