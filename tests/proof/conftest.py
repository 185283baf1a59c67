from __future__ import annotations

import pytest

from tests.proof.standards import EXAMPLE
from workbook_tools.standard import Standard, load_standard


@pytest.fixture(scope="session")
def example() -> Standard:
    return load_standard(EXAMPLE)


@pytest.fixture(scope="session")
def shipped() -> Standard:
    return load_standard()
