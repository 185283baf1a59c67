from __future__ import annotations

from pathlib import Path

import pytest

from tests.template.department import FILLED
from workbook_tools.standard.loader import load_standard
from workbook_tools.standard.model import Standard
from workbook_tools.template import build_template


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load_standard()


@pytest.fixture(scope="session")
def blank(standard: Standard, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "blank.xlsx"
    build_template(standard, path)
    return path


@pytest.fixture(scope="session")
def filled(standard: Standard, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "filled.xlsx"
    build_template(standard, path, filling=FILLED)
    return path
