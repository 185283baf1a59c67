"""The fake Excel, active in xlwings while a test runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings

from tests.excel.fake_excel import FakeExcel, activated


@pytest.fixture
def fake_excel() -> Iterator[FakeExcel]:
    excel = FakeExcel()
    before = activated(excel)
    yield excel
    xlwings.engines.active = before
