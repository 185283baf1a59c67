"""Pages from templates; what comes out of workbooks and names of files is never markup in them."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from workbook_tools.version import __version__

STATIC = Path(__file__).parent / "static"
"""The files that pages load."""


def page(template: str, status: int = HTTPStatus.OK, **shown: Any) -> HTMLResponse:
    """An answer made from a template; ``shown`` is what it names."""
    return HTMLResponse(_templates().get_template(template).render(shown), status)


def refusal(
    message: str,
    status: int = HTTPStatus.BAD_REQUEST,
    *,
    back: str = "/",
    frame: str = "base.html",
) -> HTMLResponse:
    """A page that says (in Chinese) why something was not done; ``back`` is where to go on.

    ``frame``: the template that it is set in.
    """
    return page("refused.html", status, message=message, back=back, frame=frame, here="")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("workbook_tools.desk", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["program_version"] = __version__
    return environment


def _visible(value: Any) -> Any:
    """Texts without what nobody sees and what turns the writing round; line breaks stay."""
    if type(value) is not str:  # Markup, which templates make, is another type
        return value
    return "".join(one if one.isprintable() or one == "\n" else " " for one in value)
