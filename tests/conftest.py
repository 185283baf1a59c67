"""Rules of every run.

A skip is a hole: with WORKBOOK_TOOLS_NO_SKIPS set, as in CI, a skipped test fails the run. No test
sees what another or the user has cached. What starts LibreOffice is slow. Files with slow tests
come first, so that at the end no process waits for the long file of another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def not_the_users_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_TOOLS_CACHE", str(tmp_path_factory.mktemp("cache") / "all.sqlite"))
        yield


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("WORKBOOK_TOOLS_CACHE", str(folder / f"{os.urandom(6).hex()}.sqlite"))


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("libreoffice"):
            item.add_marker(pytest.mark.slow)
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


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
