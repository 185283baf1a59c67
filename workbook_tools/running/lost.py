"""What stands for the result of a call that brought its process down."""

from __future__ import annotations

from typing import NamedTuple


class Lost(NamedTuple):
    """Stands for the result of a call that ended its process; ``stuck``: that we had to end it."""

    stuck: bool
