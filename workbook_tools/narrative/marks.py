"""What we write into a department's text, which is none of its words."""

from __future__ import annotations

CONTRADICTED = "（本段文字中有与表中数字不一致之处，待更正。）"
"""Below a text that the figures contradict, in a report that is not yet to be sent."""
