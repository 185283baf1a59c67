"""Progress of what takes a while, and the files that were made."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from workbook_tools.desk.asking import making_of
from workbook_tools.desk.pages import page
from workbook_tools.desk.works import Work

_FILES = "/files/"


async def work(request: Request) -> Response:
    """How far a work is; to its outcome once there is a page of it."""
    found = _work(request)
    answer = page("work.html", here="", frame=request.app.state.frame, **_shown(found))
    # asked after the page was made, so that none says of a work with a page that it is done
    return RedirectResponse(found.leads_to, 303) if _has_page(found) else answer


async def progress(request: Request) -> Response:
    """The part of that page that changes."""
    found = _work(request)
    answer = page("progress.html", **_shown(found))
    if _has_page(found):
        answer.headers["HX-Redirect"] = found.leads_to
    return answer


async def file(request: Request) -> Response:
    """A file that was made, always to be saved and never shown in the page's place."""
    path = making_of(request).files.get(request.path_params["identity"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, filename=path.name, media_type="application/octet-stream")


def _work(request: Request) -> Work:
    found = making_of(request).works.find(request.path_params["identity"])
    if found is None:
        raise HTTPException(404)
    return found


def _has_page(work: Work) -> bool:
    return work.state == "done" and not work.leads_to.startswith(_FILES)


def _shown(work: Work) -> dict[str, Any]:
    return {"work": work, "is_file": work.leads_to.startswith(_FILES), "back": work.back}


ROUTES = [
    Route("/works/{identity}", work),
    Route("/works/{identity}/progress", progress),
    Route("/files/{identity}", file),
]
