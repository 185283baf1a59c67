"""Where the charts of the summary's first sheet begin."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tests.consolidation.test_workbook import WHEN, county


def test_rates_that_are_close_are_drawn_from_where_they_differ_and_counts_from_0(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(county().write(tmp_path / "汇总.xlsx", when=WHEN)) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "chart" in name]
    begins = {
        title: float(found[1])
        for chart in charts
        if "<c:barChart>" in chart
        for title in ["".join(re.findall(r"<a:t>(.*?)</a:t>", chart))]
        if (found := re.search(r'<c:min val="([^"]*)"', chart))
    }
    (rates,) = (title for title in begins if title.startswith("各一级指标得分率"))
    assert begins.pop(rates) == pytest.approx(0.9)
    assert rates.endswith("（纵轴从 90% 起）")
    assert set(begins.values()) == {0}
