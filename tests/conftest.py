"""A skip is a hole: with WORKBOOK_TOOLS_NO_SKIPS set, as in CI, a skipped test fails the run."""

from __future__ import annotations

import os

import pytest


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and os.environ.get("WORKBOOK_TOOLS_NO_SKIPS"):
        reporter.write_line(
            f"{len(skipped)} tests were skipped, which is not allowed here", red=True
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
