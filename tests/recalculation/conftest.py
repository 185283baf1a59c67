from __future__ import annotations

from pathlib import Path

import pytest

from tests.recalculation.workbooks import Results, results_of, write


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The right results of the department's workbook."""
    return results_of(write(tmp_path_factory.mktemp("bare") / "示例局.xlsx", {}))


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, results: Results) -> Path:
    """The department's workbook with right results."""
    return write(tmp_path_factory.mktemp("sound") / "示例局.xlsx", results)
