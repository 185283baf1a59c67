"""How much a finding, or a fault of a standard, weighs."""

from __future__ import annotations

from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "warning": "警告", "info": "提示"}
"""From the worst on."""
SEVERITY_ORDER: dict[Severity, int] = {
    severity: place for place, severity in enumerate(SEVERITY_NAMES)
}
