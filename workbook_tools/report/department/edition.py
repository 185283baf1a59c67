"""The two editions of a department's report: what is signed and sent, and what is worked with."""

from __future__ import annotations

from typing import Literal

Edition = Literal["formal", "working"]
"""``formal``: what the department says, and nothing that it left out; for signing and sending.

``working``: beside that our own scores with every calculation, what is missing, and the findings
that are still open; for those who check.
"""
